package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.job.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {
  @Test
  void sayAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                new ChaosOptions(
                    Path.of("x"),
                    1,
                    0,
                    EnumSet.noneOf(FaultKind.class),
                    Delivery.EXACTLY_ONCE,
                    1,
                    0,
                    2,
                    0.8,
                    Duration.ZERO,
                    Duration.ZERO,
                    Path.of("b"),
                    Path.of("c")))
        .hasMessageContaining("faults must be within [1, 10000], but was 0")
        .hasMessageContaining("kinds must be at least one")
        .hasMessageContaining("cameras must be at least the parallelism, but was 1")
        .hasMessageContaining("frames per second must be above 0")
        .hasMessageContaining("time between faults must be at least 1 s")
        .hasMessageContaining("freezing must last at least 100 ms");
  }
}
