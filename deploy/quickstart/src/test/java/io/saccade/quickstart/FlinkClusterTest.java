package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlinkClusterTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static StreamExecutionEnvironment endless(FlinkCluster flink) {
    StreamExecutionEnvironment environment = flink.environment();
    environment.configure(
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50))
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100));
    environment.setParallelism(1);
    environment.fromSequence(0, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
    return environment;
  }

  @Test
  void showsItsWebPageOnLoopbackOnly() throws Exception {
    try (FlinkCluster flink = FlinkCluster.start(1, 0, folder)) {
      assertThat(InetAddress.getByName(flink.web().getHost()).isLoopbackAddress()).isTrue();
      HttpURLConnection page =
          (HttpURLConnection) flink.web().resolve("/").toURL().openConnection();
      assertThat(page.getResponseCode()).isEqualTo(200);
    }
  }

  @Test
  void goesOnWithANewTaskManagerAfterLosingOne() throws Exception {
    try (FlinkCluster flink = FlinkCluster.start(1, 0, folder)) {
      JobID job = flink.submit(endless(flink), "endless");
      Waiting.until("running", SOON, () -> flink.everyTaskRuns(job));

      flink.loseTaskManager(0);
      Waiting.until("interrupted", SOON, () -> !flink.everyTaskRuns(job));
      flink.addTaskManager();

      Waiting.until("running again", SOON, () -> flink.everyTaskRuns(job));
      flink.cancel(job);
      assertThat(flink.status(job)).isEqualTo(JobStatus.CANCELED);
    }
  }
}
