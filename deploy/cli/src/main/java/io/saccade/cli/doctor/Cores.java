package io.saccade.cli.doctor;

import java.util.List;
import java.util.Locale;

/**
 * Cores that may be used, and whether others use them already.
 *
 * @param usable as Java counts them: a container's quota and affinity included
 * @param load mean number of threads that want to run, of the last minute; negative: unknown
 */
public record Cores(int usable, double load) implements Check {
  private static final int WANTED = 2;

  @Override
  public List<Finding> look() {
    String found =
        load < 0
            ? "%d usable".formatted(usable)
            : String.format(Locale.ROOT, "%d usable, load average %.1f", usable, load);
    if (usable < WANTED) {
      return List.of(
          Finding.warning(
              "cores",
              found,
              "at least " + WANTED,
              "give the container or machine more, or a smaller budget: --budget-cores 0.3"));
    }
    if (load > 2 * usable) {
      return List.of(
          Finding.warning(
              "cores",
              found,
              "a load average below " + 2 * usable,
              "end something else: a budget can be kept, but frames get old on the way"));
    }
    return List.of(Finding.ok("cores", found));
  }
}
