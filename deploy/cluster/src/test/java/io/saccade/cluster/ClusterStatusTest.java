package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of Flink's answers. */
@Timeout(60)
class ClusterStatusTest {
  private static final String OVERVIEW =
      "{\"taskmanagers\":2,\"slots-total\":2,\"slots-available\":1}";
  private static final String RUNNING =
      "{\"jid\":\"a1\",\"name\":\"saccade\",\"state\":\"RUNNING\",\"end-time\":-1,\"tasks\":{\"total\":3,\"running\":3}}";
  private static final String FAILED =
      "{\"jid\":\"b2\",\"name\":\"saccade\",\"state\":\"FAILED\",\"end-time\":1700000000000,\"tasks\":{\"total\":3,\"running\":0}}";
  private static final String FINISHED =
      "{\"jid\":\"c3\",\"name\":\"saccade\",\"state\":\"FINISHED\",\"end-time\":1700000000000,\"tasks\":{\"total\":3,\"running\":0}}";

  @TempDir Path folder;

  private Cluster cluster(ScriptedFlink flink) {
    return new Cluster(new Layout(folder), new Setup(flink.port(), 2));
  }

  private static String jobs(String... jobs) {
    return "{\"jobs\":[" + String.join(",", jobs) + "]}";
  }

  private void check(String overview, String jobs, Consumer<ClusterStatus> expected)
      throws Exception {
    try (ScriptedFlink flink =
        new ScriptedFlink().on("/overview", overview).on("/jobs/overview", jobs)) {
      expected.accept(cluster(flink).status());
    }
  }

  @Test
  void isWellWhenAllJobsThatHaveNotEndedAreAtWork() throws Exception {
    check(
        OVERVIEW,
        jobs(RUNNING, FINISHED),
        status -> {
          assertThat(status.well()).isTrue();
          assertThat(status.jobs()).extracting(ClusterStatus.Job::id).containsExactly("a1");
          assertThat(status.freeSlots()).isEqualTo(1);
        });
  }

  @Test
  void isNotWellWhenAJobHasFailed() throws Exception {
    check(
        OVERVIEW,
        jobs(RUNNING, FAILED),
        status -> {
          assertThat(status.answers()).isTrue();
          assertThat(status.well()).isFalse();
          assertThat(status.jobs())
              .filteredOn(ClusterStatus.Job::failed)
              .extracting(ClusterStatus.Job::id)
              .containsExactly("b2");
        });
  }

  @Test
  void isNotWellWhenNobodyTellsTheJobs() throws Exception {
    check(
        OVERVIEW,
        ScriptedFlink.NOBODY_LEADS,
        status -> {
          assertThat(status.answers()).isFalse();
          assertThat(status.well()).isFalse();
        });
  }

  @Test
  void isNotWellWhenNobodyTellsTheTaskManagers() throws Exception {
    check(
        ScriptedFlink.NOBODY_LEADS,
        jobs(RUNNING),
        status -> assertThat(status.answers()).isFalse());
  }

  @Test
  void aJobThatHasFailedIsNotTakenForTheOneToBeKept() throws Exception {
    try (ScriptedFlink flink =
        new ScriptedFlink()
            .on("/overview", OVERVIEW)
            .on("/jobs/overview", jobs(FAILED, RUNNING), jobs(FAILED))) {
      Jobs jobs = new Jobs(cluster(flink), said -> {});

      assertThat(jobs.only()).isEqualTo("a1");
      assertThatThrownBy(jobs::only).hasMessageContaining("but there are none");
    }
  }
}
