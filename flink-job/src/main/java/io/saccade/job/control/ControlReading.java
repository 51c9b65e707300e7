package io.saccade.job.control;

import io.saccade.budget.Budget;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;

/** What a control record says: settings to follow, or why they are refused. */
sealed interface ControlReading {

  /** Settings that can be followed. */
  record Accepted(JobBudget budget, long epoch) implements ControlReading {}

  /** What was expected and what was found. */
  record Refused(String reason) implements ControlReading {}

  /**
   * Reads a record's value as it came.
   *
   * @param epochInForce a record whose epoch is not above this one is refused
   */
  static ControlReading of(byte[] value, long epochInForce, int parallelism) {
    Control control;
    try {
      control = JsonCodec.CONTROL.decode(value);
    } catch (MalformedRecordException e) {
      String why = e.getMessage();
      return new Refused(why == null ? "unreadable" : why);
    }
    if (control.epoch() <= epochInForce) {
      return new Refused(
          "epoch must be above %d, which is in force, but was %d"
              .formatted(epochInForce, control.epoch()));
    }
    JobBudget budget = JobBudget.of(control);
    double asked = budget.budget().perSecond();
    if (budget.budget().unit() != Budget.Unit.NONE && asked < JobBudget.LEAST_BUDGET) {
      return new Refused(
          "budget must be at least %s a second, but was %s"
              .formatted(JobBudget.LEAST_BUDGET, asked));
    }
    if (!budget.fits(parallelism)) {
      return new Refused(JobBudget.expectation(parallelism) + ", but was " + control.budgetCores());
    }
    if (control.maxAgeMillis() > JobBudget.LONGEST_AGE_MILLIS) {
      return new Refused(
          "maxAgeMillis must be at most %d, but was %d"
              .formatted(JobBudget.LONGEST_AGE_MILLIS, control.maxAgeMillis()));
    }
    return new Accepted(budget, control.epoch());
  }
}
