package io.saccade.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuickstartOptionsTest {

  private static QuickstartOptions options(int cameras, double fps, double cores, int port) {
    return options(cameras, fps, cores, port, 0);
  }

  private static QuickstartOptions options(
      int cameras, double fps, double cores, int port, int framePartitions) {
    return new QuickstartOptions(
        Path.of("."),
        10,
        cameras,
        fps,
        cores,
        200,
        800,
        Path.of("bundle"),
        false,
        null,
        port,
        framePartitions,
        0,
        null,
        24,
        true,
        false,
        0);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> options(0, -1, 0, 70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cameras must be within [1, 1000], but was 0")
        .hasMessageContaining("fps must be above 0 and at most 1000, but was -1.0")
        .hasMessageContaining("budget-cores must be above 0 and at most ")
        .hasMessageContaining("(0.95 of each core here), but was 0.0")
        .hasMessageContaining("port must be within [0, 65535], but was 70000");
  }

  @Test
  void hasAPartitionForEachSubtaskUnlessToldOtherwise() {
    double cores = 0.95 * Runtime.getRuntime().availableProcessors();
    assertThat(options(10, 15, cores, 0, 0).partitions())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(options(10, 15, cores, 0, 4).partitions()).isEqualTo(4);
    assertThatThrownBy(() -> options(10, 15, cores, 0, -1))
        .hasMessageContaining("frame-partitions must be within [1, 1000], but was -1");
  }

  @Test
  void asksForAsManySubtasksAsTheBudgetNeedsCores() {
    assertThat(options(10, 15, 0.8, 0).parallelism()).isEqualTo(1);
    assertThat(options(10, 15, 0.95, 0).parallelism()).isEqualTo(1);
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(options(10, 15, 0.95 * cores, 0).parallelism()).isEqualTo(cores);
  }
}
