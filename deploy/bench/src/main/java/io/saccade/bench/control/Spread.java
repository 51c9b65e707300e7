package io.saccade.bench.control;

import java.util.Arrays;
import java.util.Locale;

/** A figure over several runs. */
public record Spread(double median, double least, double most) {

  static Spread of(double[] figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("a spread must be of at least 1 figure, but was of 0");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** The median, and the extremes when they differ in what is printed. */
  String printed(String format) {
    String middle = String.format(Locale.ROOT, format, median);
    String low = String.format(Locale.ROOT, format, least);
    String high = String.format(Locale.ROOT, format, most);
    return low.equals(high) ? middle : "%s (%s to %s)".formatted(middle, low, high);
  }
}
