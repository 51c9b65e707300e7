package io.saccade.bench.control;

import io.saccade.budget.ControllerKind;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Scenario;
import java.util.List;

/**
 * One run.
 *
 * @param scenario what the cameras send and what happens to the machine, as the simulator knows it
 * @param contender who is at the dial
 * @param deed what the bench does to make it happen
 * @param changes of the budget by the control topic, in order
 */
record Trial(Scenario scenario, Contender contender, Deed deed, List<Change> changes) {

  /** What is done beside showing pictures. */
  enum Deed {
    NOTHING,
    /** A busy process for each core, while the trouble lasts. */
    THEFT,
    /** The job is cancelled and started again from its checkpoint. */
    OUTAGE
  }

  /** Another budget from a moment on. */
  record Change(double atSeconds, double cores) {}

  static Trial of(Scenario scenario, Contender contender) {
    return new Trial(scenario, contender, Deed.NOTHING, List.of());
  }

  Trial with(Deed deed) {
    return new Trial(scenario, contender, deed, changes);
  }

  Trial changing(List<Change> changes) {
    return new Trial(scenario, contender, deed, List.copyOf(changes));
  }

  /** The contender as the job knows it. */
  ControllerKind controller() {
    return ControllerKind.valueOf(contender.name());
  }

  /** As progress tells it. */
  String title() {
    return contender == Contender.LAW
        ? scenario.name()
        : scenario.name() + ", " + contender.label();
  }
}
