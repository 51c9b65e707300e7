package io.saccade.simulate.load;

/** A quantity over virtual time, in seconds. */
@FunctionalInterface
public interface Course {
  double at(double seconds);

  static Course steady(double value) {
    return seconds -> value;
  }

  /** {@code inside} from {@code from} until {@code until}, {@code outside} before and after. */
  static Course between(double from, double until, double inside, double outside) {
    return seconds -> seconds >= from && seconds < until ? inside : outside;
  }

  static Course alternating(double halfPeriod, double first, double second) {
    return seconds -> (long) (seconds / halfPeriod) % 2 == 0 ? first : second;
  }

  static Course wave(double period, double mean, double swing) {
    return seconds -> mean + swing * Math.sin(2 * Math.PI * seconds / period);
  }

  /** From {@code start} down to 1, halving every {@code halfLife} seconds. */
  static Course warmingUp(double start, double halfLife) {
    return seconds -> 1 + (start - 1) * Math.pow(0.5, seconds / halfLife);
  }
}
