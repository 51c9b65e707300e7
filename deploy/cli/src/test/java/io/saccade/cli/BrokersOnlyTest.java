package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker for jobs of one's own, whose parallelism it cannot know. */
@Timeout(120)
class BrokersOnlyTest {
  @TempDir Path folder;

  private int partitionsOfFrames(String options) throws Exception {
    int port = EmbeddedBroker.freePort();
    try (Terminal terminal = new Terminal(folder)) {
      terminal.startUntil(
          "./saccade quickstart --brokers-only --port %d%s &".formatted(port, options),
          "Kafka broker at");
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
        String frames = Topics.DEFAULT.frames();
        return admin
            .describeTopics(List.of(frames))
            .topicNameValues()
            .values()
            .iterator()
            .next()
            .get(20, TimeUnit.SECONDS)
            .partitions()
            .size();
      }
    }
  }

  @Test
  void hasEnoughPartitionsForAFewSubtasks() throws Exception {
    assertThat(partitionsOfFrames("")).isEqualTo(4);
  }

  @Test
  void hasAsManyPartitionsAsAskedFor() throws Exception {
    assertThat(partitionsOfFrames(" --frame-partitions 7")).isEqualTo(7);
  }

  @Test
  void wantsAtLeastOnePartition() {
    Run run = Run.saccade("quickstart", "--brokers-only", "--frame-partitions", "0");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("frame-partitions must be at least 1, but was 0");
  }
}
