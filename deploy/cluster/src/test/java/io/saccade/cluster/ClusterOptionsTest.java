package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOptionsTest {
  @TempDir Path folder;

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> new ClusterOptions(folder, 0, -1, 1, 8081, 256, 1))
        .hasMessageContaining("TaskManagers must be within [1, 64], but was 0")
        .hasMessageContaining("spare TaskManagers must be within [0, 64], but was -1")
        .hasMessageContaining("heap of a TaskManager in MB must be within [64, 65536], but was 1");
  }

  @Test
  void becomeWhatFlinkReads() throws Exception {
    Path awkward = folder.resolve("it's here");
    Layout layout = new Layout(awkward);
    layout.prepare();
    Settings settings =
        new Settings(new ClusterOptions(awkward, 2, 1, 3, 8081, 256, 200), layout, 8081, 2181);
    Files.writeString(layout.conf().resolve("config.yaml"), settings.flink());

    Configuration read = GlobalConfiguration.loadConfiguration(layout.conf().toString());

    assertThat(read.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(3);
    assertThat(read.get(TaskManagerOptions.TASK_HEAP_MEMORY).getMebiBytes()).isEqualTo(200);
    assertThat(read.get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL).toMillis()).isEqualTo(500);
    assertThat(read.get(HighAvailabilityOptions.HA_STORAGE_PATH))
        .isEqualTo("file:" + layout.leader());
    assertThat(read.get(TaskManagerOptions.BIND_HOST)).isEqualTo("127.0.0.1");
  }
}
