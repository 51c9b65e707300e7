package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.saccade.budget.ControllerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOptionsTest {

  @Test
  void theDefaultsAreAccepted() {
    JobOptions options = JobOptions.builder().build();
    assertThat(options.budgetCores()).isEqualTo(0.8);
    assertThat(options.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(options.topics().frames()).isEqualTo("saccade.frames");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                JobOptions.builder()
                    .budgetCores(-1)
                    .parallelism(0)
                    .targetAgeMillis(900)
                    .topicPrefix("no spaces")
                    .build())
        .withMessageContaining("budget must be above 0 cores, but was -1.0")
        .withMessageContaining("parallelism must be within [1, 1024], but was 0")
        .withMessageContaining("maximum age in ms must be within [900,")
        .withMessageContaining("topic prefix must be")
        .withMessageContaining("but was 'no spaces'");
  }

  @Test
  void aBudgetThatTheSubtasksCannotUseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobOptions.builder().budgetCores(2).parallelism(2).build())
        .withMessage(
            "budget must be at most 1.9 cores for 2 subtasks (0.95 of a core each), but was 2.0");
    assertThat(JobOptions.builder().budgetCores(1.9).parallelism(2).build().budgetCores())
        .isEqualTo(1.9);
  }

  @Test
  void exactlyOnceNeedsTransactionsThatOutliveADowntime() {
    JobOptionsBuilder builder =
        JobOptions.builder().transactionTimeoutMillis(60_000).longestDowntimeMillis(60_000);
    assertThat(builder.build().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.delivery(Delivery.EXACTLY_ONCE).build())
        .withMessageContaining(
            "transaction timeout must be above two checkpoints at their slowest + longest downtime (2 x 30250 ms + 60000 ms)")
        .withMessageContaining("but was '60000 ms'");
  }

  @Test
  void aTransactionOutlivesAllFailedCheckpointsThatAreTolerated() {
    for (long interval : new long[] {10, 500, 5_000, 60_000, 100_000}) {
      JobOptions options =
          JobOptions.builder()
              .delivery(Delivery.EXACTLY_ONCE)
              .checkpointIntervalMillis(interval)
              .build();
      CheckpointLimits limits = options.checkpointLimits();
      int tolerated = limits.tolerated(options.transactionTimeoutMillis());
      long open = (2 + tolerated) * limits.slowestMillis() + options.longestDowntimeMillis();
      assertThat(open)
          .as("with a checkpoint every %d ms, %d failures tolerated", interval, tolerated)
          .isLessThan(options.transactionTimeoutMillis())
          .isGreaterThanOrEqualTo(options.transactionTimeoutMillis() - limits.slowestMillis() - 1);
    }
  }

  @Test
  void eachJobHasAFolderOfItsOwnInTheCheckpointDirectory() {
    JobOptionsBuilder builder = JobOptions.builder().checkpointDirectory("s3://bucket/x");
    assertThat(builder.build().checkpointFolder()).isEqualTo("s3://bucket/x/saccade-saccade");
    assertThat(builder.topicPrefix("other").groupId("a/b ü").build().checkpointFolder())
        .isEqualTo("s3://bucket/x/other-a_2Fb+_C3_BC");
    assertThat(JobOptions.builder().build().checkpointFolder()).isNull();
  }

  @Test
  void noTwoJobsHaveTheSameFolderInTheCheckpointDirectory() {
    List<JobOptionsBuilder> jobs =
        List.of(
            JobOptions.builder().topicPrefix("site").groupId("north-1"),
            JobOptions.builder().topicPrefix("site-north").groupId("1"),
            JobOptions.builder().topicPrefix("site_2Dnorth").groupId("1"),
            JobOptions.builder().groupId("a/b"),
            JobOptions.builder().groupId("a_2Fb"));
    assertThat(jobs)
        .extracting(job -> job.checkpointDirectory("s3://bucket/x").build().checkpointFolder())
        .doesNotHaveDuplicates();
  }

  @Test
  void aJobGoesOnFromTheFolderOfBeforeUntilItHasACheckpointInItsOwn(@TempDir Path folder)
      throws Exception {
    JobOptions options =
        JobOptions.builder()
            .topicPrefix("site-north")
            .groupId("day_1")
            .checkpointDirectory(folder)
            .build();
    assertThat(options.newestCheckpoint()).isEmpty();

    Path former = complete(folder.resolve("site-north-day_1/run/chk-9"));
    assertThat(options.newestCheckpoint()).contains(former);

    Path own = complete(folder.resolve("site_2Dnorth-day_5F1/run/chk-1"));
    assertThat(options.newestCheckpoint()).contains(own);
    assertThat(options.checkpointFolder()).isEqualTo("file:" + folder + "/site_2Dnorth-day_5F1");
  }

  private static Path complete(Path checkpoint) throws IOException {
    Files.writeString(Files.createDirectories(checkpoint).resolve("_metadata"), "x");
    return checkpoint;
  }

  @Test
  void aCheckpointDirectoryIsAnAddressOrAPath() {
    for (String address :
        new String[] {"s3://bucket/x", "file:///c", "hdfs://name:9000/c", "s3://bucket/a b"}) {
      assertThat(JobOptions.builder().checkpointDirectory(address).build().checkpointDirectory())
          .isEqualTo(address);
    }
    for (String path : new String[] {"here/it is", "c:d", "/c"}) {
      assertThat(
              JobOptions.builder()
                  .checkpointDirectory(path, Path.of("/w"))
                  .build()
                  .checkpointDirectory())
          .isEqualTo("file:" + Path.of("/w").resolve(path));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobOptions.builder().checkpointDirectory("s3://[bucket/x").build())
        .withMessage(
            "checkpoint directory must be a path or an address such as s3://bucket/folder, but was 's3://[bucket/x'");
  }

  @Test
  void aPositionGoesWithTheFixedControllerAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobOptions.builder().fixedAt(2).controller(ControllerKind.AIMD).build())
        .withMessage("a position goes with the controller FIXED alone, but was AIMD");
  }

  @Test
  void checkpointsComeOftenWhenLabelsWaitForThem() {
    assertThat(JobOptions.builder().build().checkpointIntervalMillis()).isEqualTo(5_000);
    assertThat(
            JobOptions.builder().delivery(Delivery.EXACTLY_ONCE).build().checkpointIntervalMillis())
        .isEqualTo(500);
  }

  @Test
  void canBeSentToAJobManager() throws Exception {
    JobOptions options =
        JobOptions.builder().checkpointDirectory(Path.of("/some/where")).fixedAt(1).build();
    byte[] sent = InstantiationUtil.serializeObject(options);
    JobOptions back = InstantiationUtil.deserializeObject(sent, JobOptions.class.getClassLoader());
    assertThat(back).isEqualTo(options);
  }
}
