package io.saccade.job.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.OperatingPoint;
import io.saccade.budget.share.Cameras;
import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraViewsTest {
  private static double[] share(String camera) {
    return new double[] {camera.length()};
  }

  /** As long as what is kept of a camera's share. */
  private static double[] account(String camera) {
    return new Cameras(new double[][] {{1, 0}, {1, 1}}, new OperatingPoint(1, 1, 0, 0, 0, 1))
        .state(camera);
  }

  private final Eventful world = new Eventful();

  @Test
  void aCameraWithoutFramesFallsSilentOnce() {
    world.shows("gate", 0, 0.9f);
    world.pass(2_999);
    assertThat(world.events).isEmpty();
    world.pass(1);
    world.pass(10_000);

    assertThat(world.events).hasSize(1);
    Event silent = world.events.get(0);
    assertThat(silent.kind()).isEqualTo(Event.SILENT);
    assertThat(silent.to()).isNull();
    assertThat(silent.sinceMillis()).isEqualTo(Eventful.START_MILLIS);
    assertThat(silent.atMillis()).isEqualTo(Eventful.START_MILLIS + 3_000);
  }

  @Test
  void oneCameraFallsSilentWhileAnotherGoesOn() {
    world.shows("gate", 0, 0.9f);
    for (int second = 0; second < 5; second++) {
      world.shows("yard", 1, 0.9f);
      world.pass(1_000);
    }
    assertThat(world.events)
        .filteredOn(event -> event.kind().equals(Event.SILENT))
        .singleElement()
        .extracting(Event::camera)
        .isEqualTo("gate");
  }

  @Test
  void aBacklogMakesNoCameraSilent() {
    // Captured 100 ms apart, but the job reads a frame only every 4 s.
    for (int frame = 0; frame < 5; frame++) {
      world.shows("gate", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.shows("yard", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.nowMillis += 4_000;
      world.shows("door", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.pass(0);
    }
    assertThat(world.kinds()).doesNotContain(Event.SILENT);
  }

  @Test
  void aCameraWithAWrongClockFallsSilentLikeAnyOther() {
    for (long captured : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      Eventful other = new Eventful();
      other.shows("gate", 0, captured, 0, 0.9f);
      other.pass(1_000);
      other.shows("gate", 0, captured, 0, 0.9f);
      assertThat(other.events).isEmpty();
      other.pass(3_000);
      assertThat(other.kinds()).containsExactly(Event.SILENT);
    }
  }

  @Test
  void whatItShowedIsNoNewsWhenACameraComesBack() {
    showLong(world, 2);
    world.pass(5_000);
    showLong(world, 2);
    assertThat(world.kinds()).containsExactly(Event.CHANGED, Event.SILENT, Event.BACK);
  }

  @Test
  void beyondTheMostCamerasTheOneSilentLongestIsForgotten() {
    Eventful small = new Eventful(3);
    for (String camera : List.of("a", "b", "c", "a", "d")) {
      small.shows(camera, 0, 0.9f);
    }
    assertThat(small.cameras.kept(0, 1, CameraViewsTest::share))
        .extracting(CameraState::camera)
        .containsExactly("c", "a", "d");
  }

  /** Bytes of all cameras in a checkpoint. */
  private static int bytes(List<CameraState> kept) throws IOException {
    TypeSerializer<CameraState> serializer =
        TypeInformation.of(CameraState.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(1 << 20);
    for (CameraState state : kept) {
      serializer.serialize(state, out);
    }
    return out.length();
  }

  @ParameterizedTest
  @CsvSource({
    "23, wooden crate, camera-, 10000",
    "1000, k, camera-, 850",
    "1000, \u9580, \u9580, 700"
  })
  void aFloodOfNamesLeavesStateThatFitsIntoMemory(
      int classes, String className, String camera, int least) throws IOException {
    List<String> names = IntStream.range(0, classes).mapToObj(k -> className + k).toList();
    CameraViews.Terms terms = new CameraViews.Terms(500, 3_000, "a1".repeat(32), names);
    CameraViews flooded = new CameraViews(terms);
    float[] probabilities = new float[classes];
    probabilities[1] = 1;
    for (int k = 0; k < 12_000; k++) {
      String name = camera.length() > 1 ? camera + k : camera.repeat(250) + k;
      Frame frame = new Frame(name, k, 1_000, null, new byte[0], 0, k);
      CameraView view = flooded.of(frame, 1_000 + k, event -> {});
      // Shows one class, and is about to show another.
      for (int best : new int[] {1, 1, 1, 2}) {
        var unused = view.sees(names, probabilities, best, 1_000 + k);
      }
    }

    List<CameraState> kept = flooded.kept(0, 1, CameraViewsTest::account);
    assertThat(kept).hasSizeGreaterThanOrEqualTo(least);
    assertThat(kept.get(kept.size() - 1).camera()).endsWith("11999");
    assertThat(kept.get(0).candidate()).isNotNull();
    assertThat(bytes(kept)).isLessThan(CameraViews.MOST_BYTES);
  }

  @Test
  void whoGetsTheCamerasOfManySubtasksForgetsThoseThatWereSilentLongest() {
    List<CameraState> kept = new ArrayList<>();
    for (String camera : List.of("a", "b", "c", "d")) {
      Eventful other = new Eventful();
      // In the order d, c, b, a.
      other.nowMillis -= camera.charAt(0);
      other.shows(camera, 0, 0.9f);
      kept.addAll(other.cameras.kept(0, 4, CameraViewsTest::share));
    }
    CameraViews few = new CameraViews(Eventful.terms("a1"), 2);
    few.restore(kept, 0, 1, world.nowMillis, (camera, share) -> {});
    assertThat(few.kept(0, 1, CameraViewsTest::share))
        .extracting(CameraState::camera)
        .containsExactly("b", "a");
  }

  @Test
  void aCameraSilentForLongIsForgotten() {
    world.shows("gate", 0, 0.9f);
    world.pass(CameraViews.FORGET_AFTER_MILLIS - 1);
    assertThat(world.cameras.size()).isEqualTo(1);
    world.pass(1);
    assertThat(world.cameras.size()).isZero();
    assertThat(world.kinds()).containsExactly(Event.SILENT);
  }

  @Test
  void aRestartWhileACameraIsSilentDoesNotSaySoTwice() {
    showLong(world, 1);
    world.pass(5_000);
    assertThat(world.kinds()).endsWith(Event.SILENT);
    CameraViews restored = new CameraViews(Eventful.terms("a1"));
    restored.restore(
        world.cameras.kept(0, 1, CameraViewsTest::share),
        0,
        1,
        world.nowMillis,
        (camera, share) -> {});
    List<Event> events = new ArrayList<>();
    restored.listen(world.nowMillis + 10_000, events::add);
    assertThat(events).isEmpty();
  }

  @Test
  void timeWithoutTheJobIsNotTheCamerasSilence() {
    showLong(world, 1);
    List<CameraState> kept = world.cameras.kept(0, 1, CameraViewsTest::share);
    CameraViews restored = new CameraViews(Eventful.terms("a1"));
    long back = world.nowMillis + 60_000;
    restored.restore(kept, 0, 1, back, (camera, share) -> {});
    List<Event> events = new ArrayList<>();
    restored.listen(back + 2_000, events::add);
    assertThat(events).isEmpty();
    restored.listen(back + 3_500, events::add);
    assertThat(events).extracting(Event::kind).containsExactly(Event.SILENT);
  }

  @Test
  void anotherModelSmoothsAnewButKnowsWhatWasShown() {
    showLong(world, 1);
    CameraViews restored = new CameraViews(Eventful.terms("b2"));
    restored.restore(
        world.cameras.kept(0, 1, CameraViewsTest::share),
        0,
        1,
        world.nowMillis,
        (camera, share) -> {});
    CameraState state = restored.kept(0, 1, CameraViewsTest::share).get(0);
    assertThat(state.weight()).isZero();
    assertThat(state.shows()).isEqualTo("basalt");
  }

  private static void showLong(Eventful world, int kind) {
    for (int frame = 0; frame < 20; frame++) {
      world.shows("gate", kind, 0.9f);
      world.pass(50);
    }
  }
}
