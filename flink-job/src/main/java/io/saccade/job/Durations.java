package io.saccade.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 200ms}, {@code 1.5s}, {@code 2m}. */
public final class Durations implements ITypeConverter<Duration> {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");

  @Override
  public Duration convert(String text) {
    Matcher duration = DURATION.matcher(text.strip());
    if (!duration.matches()) {
      throw new TypeConversionException(
          "expected a number and ms, s or m, such as 200ms or 1.5s, but was '" + text + "'");
    }
    double millis =
        Double.parseDouble(duration.group(1))
            * switch (duration.group(2)) {
              case "ms" -> 1;
              case "s" -> 1_000;
              default -> 60_000;
            };
    return Duration.ofMillis(Math.round(millis));
  }
}
