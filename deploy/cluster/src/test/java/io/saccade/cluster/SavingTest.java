package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of Flink's answers while a savepoint is made. */
@Timeout(60)
class SavingTest {
  private static final String PROGRESS = "/jobs/a1/savepoints/t1";
  private static final String GOES_ON = "{\"status\":{\"id\":\"IN_PROGRESS\"}}";
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  private static String completed(String operation) {
    return "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":" + operation + "}";
  }

  private Saving saving(URI address, boolean stop, Duration atMost, Duration unknownAtMost) {
    return new Saving(new Rest(address), PROGRESS, folder, stop, atMost, unknownAtMost);
  }

  @Test
  void isFoundThoughNobodyHasAnsweredForAWhile() throws Exception {
    String there = completed("{\"location\":\"file:/savepoint-1\"}");
    try (ScriptedFlink flink = new ScriptedFlink()) {
      flink
          .on("/jobs/a1/stop", "{\"request-id\":\"t1\"}")
          .on(PROGRESS, GOES_ON, ScriptedFlink.NOBODY_LEADS, "not JSON", GOES_ON, there);
      Cluster cluster = new Cluster(new Layout(folder), new Setup(flink.port(), 1));

      assertThat(new Jobs(cluster, said -> {}).savepoint("a1", true))
          .isEqualTo("file:/savepoint-1");
    }
  }

  @Test
  void saysWhyItHasFailedAndThatTheJobMayHaveStopped() throws Exception {
    String failed =
        completed("{\"failure-cause\":{\"stack-trace\":\"a.B: b\\nCaused by: c.D: no room\"}}");
    try (ScriptedFlink flink = new ScriptedFlink().on(PROGRESS, failed)) {
      assertThatThrownBy(() -> saving(flink.address(), true, LONG, LONG).await())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the savepoint has failed: no room")
          .hasMessageContaining("the job may have stopped")
          .hasMessageContaining(folder.toString());
      assertThatThrownBy(() -> saving(flink.address(), false, LONG, LONG).await())
          .hasMessageNotContaining("stopped");
    }
  }

  @Test
  void isGivenUpWhenItStaysUnknown() throws Exception {
    try (ScriptedFlink flink = new ScriptedFlink()) {
      assertThatThrownBy(() -> saving(flink.address(), true, LONG, SHORT).await())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("perhaps another has taken its place")
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void isGivenUpInTheEndWhenNobodyAnswers() throws Exception {
    URI nobody;
    try (ScriptedFlink flink = new ScriptedFlink()) {
      nobody = flink.address();
    }
    assertThatThrownBy(() -> saving(nobody, true, SHORT, LONG).await())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must be complete within")
        .hasMessageContaining("gives no answer")
        .hasMessageContaining(folder.toString());
  }
}
