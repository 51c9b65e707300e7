package io.saccade.camera.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.CapturedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BacklogsTest {
  private static Backlog.Waiting waiting(String camera, long sequence, int length) {
    return new Backlog.Waiting(
        new CapturedFrame(camera, sequence, 0, CapturedFrame.JPEG, new byte[length]),
        new Receipts(),
        sequence);
  }

  @Example
  void camerasTakeTurnsHoweverManyFramesOneHas() {
    Backlogs backlogs = new Backlogs();
    for (int i = 0; i < 5; i++) {
      backlogs.add(waiting("busy", i, 1));
    }
    backlogs.add(waiting("calm", 0, 1));

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      order.add(Objects.requireNonNull(backlogs.take(it -> true)).frame().camera());
    }

    assertThat(order).containsExactly("busy", "calm", "busy");
  }

  @Example
  void aCameraThatMayNotSendHoldsUpNoOther() {
    Backlogs backlogs = new Backlogs();
    backlogs.add(waiting("waits", 0, 1));
    backlogs.add(waiting("goes", 0, 1));

    Backlog.Waiting next = backlogs.take(it -> !it.frame().camera().equals("waits"));

    assertThat(Objects.requireNonNull(next).frame().camera()).isEqualTo("goes");
    assertThat(backlogs.take(it -> false)).isNull();
    assertThat(backlogs.isEmpty()).isFalse();
  }

  @Example
  void takesOutWhatCameBeforeATime() {
    Backlogs backlogs = new Backlogs();
    for (int i = 0; i < 5; i++) {
      backlogs.add(waiting("gate", i, 1));
      backlogs.add(waiting("yard", i, 1));
    }

    assertThat(backlogs.takeBefore(3)).hasSize(6);
    assertThat(Objects.requireNonNull(backlogs.take(it -> true)).frame().sequence()).isEqualTo(3);
  }

  /** Each frame comes out once, displaced or taken, in its camera's order; memory is bounded. */
  @Property(tries = 300)
  void nothingIsLostDoubledOrKeptBeyondTheBounds(
      @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 400_000) Integer> lengths) {
    Backlogs backlogs = new Backlogs();
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    Map<String, Long> kept = new HashMap<>();
    for (int i = 0; i < lengths.size(); i++) {
      String camera = i % 3 == 0 ? "a" : "b";
      kept.merge(camera, (long) lengths.get(i), Long::sum);
      for (Backlog.Waiting displaced : backlogs.add(waiting(camera, i, lengths.get(i)))) {
        assertThat(displaced.frame().camera()).isEqualTo(camera);
        (camera.equals("a") ? first : second).add(displaced.frame().sequence());
        kept.merge(camera, (long) -displaced.length(), Long::sum);
      }
      assertThat(kept.get(camera)).isLessThanOrEqualTo(Backlog.MAX_BYTES);
    }
    for (Backlog.Waiting next = backlogs.take(it -> true);
        next != null;
        next = backlogs.take(it -> true)) {
      (next.frame().camera().equals("a") ? first : second).add(next.frame().sequence());
    }

    assertThat(first).isSorted().doesNotHaveDuplicates();
    assertThat(second).isSorted().doesNotHaveDuplicates();
    assertThat(first.size() + second.size()).isEqualTo(lengths.size());
    assertThat(backlogs.isEmpty()).isTrue();
  }

  @Example
  void aFrameLargerThanTheBoundIsKeptAlone() {
    Backlogs backlogs = new Backlogs();
    backlogs.add(waiting("gate", 0, 100));

    assertThat(backlogs.add(waiting("gate", 1, (int) Backlog.MAX_BYTES + 1))).hasSize(1);

    assertThat(Objects.requireNonNull(backlogs.take(it -> true)).frame().sequence()).isEqualTo(1);
  }
}
