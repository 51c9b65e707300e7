package io.saccade.console.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunningTest {
  private static Status decision(
      @Nullable String job, int subtask, int parallelism, long millis, long epoch) {
    return Status.decision(
        new Status.From(subtask, parallelism, millis, epoch, job),
        "LAW",
        new Status.Settings(0.5, 200_000_000, 800_000_000, 1, 1),
        new Status.Seen(millis * 1_000_000, 5, 0, 0, 5, 0, 5, 0, 2, 0, 40_000_000, 60_000_000),
        List.of(),
        null,
        null);
  }

  /** A tick of 100 ms after the other, in each of which every subtask spends 40 ms. */
  private static List<Status> ticks(int parallelismOfNight) {
    List<Status> said = new ArrayList<>();
    for (long millis = 1_000; millis <= 1_500; millis += 100) {
      said.add(decision("day", 0, 1, millis, 3));
      for (int subtask = 0; subtask < parallelismOfNight; subtask++) {
        said.add(decision("night", subtask, parallelismOfNight, millis + 50, 4));
      }
    }
    return said;
  }

  @Test
  void whatOneJobSpendsIsNotTheOthers() {
    Running running = Running.of(ticks(1));

    assertThat(running.jobs()).extracting(it -> it.name().name()).containsExactly("day", "night");
    assertThat(running.jobs())
        .allSatisfy(
            job ->
                assertThat(job.spent().values())
                    .singleElement()
                    .satisfies(it -> assertThat(it.cores()).isCloseTo(0.4, within(1e-9))));
  }

  @Test
  void jobsOfOtherParallelismDoNotHideEachOther() {
    Running running = Running.of(ticks(3));

    assertThat(running.jobs()).extracting(Running.Job::parallelism).containsExactly(1, 3);
    assertThat(running.jobs()).extracting(it -> it.decisions().size()).containsExactly(1, 3);
    assertThat(running.mostParallelism()).isEqualTo(3);
    assertThat(running.epoch()).isEqualTo(4);
  }

  @Test
  void whatAJobSaidBeforeARescaleIsForgotten() {
    Running running =
        Running.of(
            List.of(
                decision("day", 0, 2, 1_000, 1),
                decision("day", 1, 2, 1_000, 1),
                decision("day", 0, 1, 2_000, 1)));

    assertThat(running.jobs())
        .singleElement()
        .satisfies(it -> assertThat(it.decisions()).hasSize(1));
  }

  @Test
  void namesJobsOnlyWhenThereAreSeveral() {
    Running running =
        Running.of(List.of(decision(null, 0, 1, 1_000, 1), decision("day", 0, 1, 1_000, 1)));

    assertThat(running.jobs())
        .extracting(it -> it.name().among(2))
        .containsExactly("the job without a name", "job day");
    assertThat(running.jobs()).extracting(it -> it.name().among(1)).containsOnly("the job");
  }

  @Test
  void noneRunsWhenNobodyDecides() {
    Status answer = Status.answer(new Status.From(0, 1, 1, 1), Status.CONTROL_ACCEPTED, null);

    assertThat(Running.of(List.of(answer)).none()).isTrue();
    assertThat(Running.of(List.of()).mostParallelism()).isZero();
  }
}
