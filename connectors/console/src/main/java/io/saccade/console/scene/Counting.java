package io.saccade.console.scene;

import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.Arrays;

/** Counts what one second brings. Not thread-safe. */
final class Counting {
  private long[] ages = new long[64];
  private int labels;
  private int served;
  private int shed;
  private int unreadable;
  private long looks;
  private int decisions;
  private double positions;
  private double spentSeconds;

  void count(Note note) {
    if (labels == ages.length) {
      ages = Arrays.copyOf(ages, 2 * labels);
    }
    ages[labels++] = note.ageMillis();
    switch (note.outcome()) {
      case Label.CLASSIFIED -> {
        served++;
        looks += note.looks();
      }
      case Label.UNREADABLE -> unreadable++;
      default -> shed++;
    }
  }

  void count(Status decision) {
    Status.Decided decided = decision.decided();
    Status.Seen seen = decision.seen();
    if (decided != null) {
      decisions++;
      positions += decided.position();
    }
    if (seen != null) {
      spentSeconds += seen.spentNanos() / 1e9;
    }
  }

  /**
   * The second that is over.
   *
   * @param offered frames per second offered to all subtasks now
   * @param budgetCores of all subtasks now; NaN when no job runs
   */
  Second sum(long atMillis, double offered, double budgetCores) {
    Arrays.sort(ages, 0, labels);
    return new Second(
        atMillis,
        offered,
        served,
        shed,
        unreadable,
        served == 0 ? Double.NaN : (double) looks / served,
        age(0.5),
        age(0.99),
        decisions == 0 ? Double.NaN : positions / decisions,
        budgetCores,
        decisions == 0 ? Double.NaN : spentSeconds);
  }

  /** Nearest rank. */
  private double age(double share) {
    return labels == 0 ? Double.NaN : ages[(int) Math.ceil(share * labels) - 1];
  }
}
