package io.saccade.budget.drift;

import java.util.TreeMap;

/** A mean over samples that come in clusters of like ones, and how sure it is. */
final class Clusters {
  private final TreeMap<Double, Sums> clusters = new TreeMap<>();
  private double samples;
  private double sum;
  private double squares;

  private static final class Sums {
    double samples;
    double sum;
  }

  void add(double cluster, double value) {
    Sums sums = clusters.computeIfAbsent(cluster, name -> new Sums());
    sums.samples++;
    sums.sum += value;
    samples++;
    sum += value;
    squares += value * value;
  }

  /** Mean of the samples; 0 without any. */
  double mean() {
    return samples == 0 ? 0 : sum / samples;
  }

  /**
   * Standard error of the mean, from the spread between clusters, never less than independent
   * samples would have; infinite with fewer than two clusters.
   */
  double standardError() {
    int count = clusters.size();
    if (count < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double between = 0;
    for (Sums cluster : clusters.values()) {
      double off = cluster.sum - cluster.samples * mean();
      between += off * off;
    }
    double clustered = between / (samples * samples) * count / (count - 1.0);
    return Math.sqrt(Math.max(clustered, variance() / samples));
  }

  /** How many independent samples would be as sure: at most all, at least one for two clusters. */
  double effectiveSamples() {
    double variance = variance();
    if (variance == 0) {
      // All alike: clusters tell nothing of their spread, so each counts once.
      return clusters.size();
    }
    double error = standardError();
    return Math.max(0.5, Math.min(samples, variance / (error * error)));
  }

  private double variance() {
    return samples == 0 ? 0 : Math.max(0, squares / samples - mean() * mean());
  }
}
