package io.saccade.job;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares as people write them: {@code 1%} or {@code 0.01}. */
public final class Share implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      return parse(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "expected a share such as 1% or 0.01, but was '" + text + "'");
    }
  }

  /** The share that a text says. */
  public static double parse(String text) {
    return text.endsWith("%")
        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
        : Double.parseDouble(text);
  }
}
