package io.saccade.bench.camera;

import java.util.List;

/** Medians, percentiles and spreads. */
final class Figures {
  private Figures() {}

  /** The value that this share of all is not above. */
  static double percentile(List<Double> values, double share) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must be at least one, but were none");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  static double median(List<Double> values) {
    return percentile(values, 0.5);
  }

  static double spread(List<Double> values) {
    return percentile(values, 1) - percentile(values, 0);
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
