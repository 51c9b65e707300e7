package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.job.Durations;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  private final Durations converter = new Durations();

  @ParameterizedTest
  @CsvSource({"200ms, 200", "1s, 1000", "1.5s, 1500", "2m, 120000", "0.25s, 250"})
  void readsDurationsAsPeopleWriteThem(String text, long millis) {
    assertThat(converter.convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "ms", "-1s", "1h", "1,5s", "PT1S", "", "99999999999s"})
  void saysWhatItExpectedOtherwise(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("such as 200ms or 1.5s, but was '" + text + "'");
  }
}
