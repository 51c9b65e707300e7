package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Path FOLDER = Path.of("/home/me/my programs/100% cluster");

  @Test
  void flinkFindsAFolderWhateverSignsItsNameHas() {
    Path checkpoints = new Layout(FOLDER).checkpoints();

    assertThat(new org.apache.flink.core.fs.Path(Layout.toldToFlink(checkpoints)).getPath())
        .isEqualTo(checkpoints.toString());
    assertThat(new org.apache.flink.core.fs.Path(checkpoints.toUri()).getPath())
        .isEqualTo(checkpoints.toString());
    assertThat(new org.apache.flink.core.fs.Path(checkpoints.toUri().toString()).getPath())
        .as("what a URI's text would be")
        .isNotEqualTo(checkpoints.toString());
  }

  @Test
  void whatIsKeptIsInTheClustersFolder() {
    ClusterOptions options = ClusterOptions.in(FOLDER);

    assertThat(new Settings(options, new Layout(FOLDER), 8081, 2181).flink())
        .contains("high-availability.storageDir: 'file:%s/ha'".formatted(FOLDER))
        .contains("execution.checkpointing.dir: 'file:%s/checkpoints'".formatted(FOLDER))
        .contains("execution.checkpointing.savepoint-dir: 'file:%s/savepoints'".formatted(FOLDER));
  }
}
