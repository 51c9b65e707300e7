package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.cluster.chaos.Samples.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void areMeansOfQuartersOfTheRun() {
    List<Sample> samples =
        IntStream.range(0, 8)
            .mapToObj(i -> new Sample(100 * i, 10 * i, i < 2 ? Double.NaN : i))
            .toList();

    assertThat(Samples.quarters(samples, Sample::taskManagerMegabytes))
        .containsExactly(50.0, 250.0, 450.0, 650.0);
    assertThat(Samples.quarters(samples, Sample::jobManagerMegabytes))
        .containsExactly(5.0, 25.0, 45.0, 65.0);
    assertThat(Samples.quarters(samples, Sample::nativeHandles))
        .containsExactly(null, 2.5, 4.5, 6.5);
    assertThat(Samples.quarters(List.of(), Sample::nativeHandles)).hasSize(4).containsOnlyNulls();
  }
}
