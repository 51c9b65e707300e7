package io.saccade.job.control;

import io.saccade.budget.Controller;
import io.saccade.budget.LookDeadline;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import io.saccade.wire.Status;

/**
 * Keeps one subtask within its budget: holds the controller's memory, the settings in force and the
 * operating point, and writes a status record of each decision. Not safe to share between threads.
 */
public final class Governor {
  private final Place place;
  private final Law law;

  /** As asked for; more subtasks may be able to use all of it later. */
  private JobBudget budget;

  private Settings settings;
  private long epoch;
  private double[] memory;
  private OperatingPoint point;
  private LookDeadline deadline;

  /**
   * A control law and what it was made from.
   *
   * @param name as the configuration knows it
   * @param nominal CPU time of each stage, measured on this host
   * @param model SHA-256 of the model
   * @param last last position of its frontier
   */
  public record Law(
      String name, Controller controller, StageCosts nominal, String model, int last) {}

  /** Starts as if nothing had been seen for a while. */
  public Governor(Place place, Law law, JobBudget budget, long nowNanos) {
    this.place = place;
    this.law = law;
    this.budget = budget;
    this.settings = share(budget, place);
    this.memory = law.controller().initialMemory();
    this.point = law.controller().next(memory, settings, Observation.silence(nowNanos)).point();
    this.deadline = LookDeadline.at(settings, law.nominal(), point);
  }

  private static Settings share(JobBudget budget, Place place) {
    return budget.within(place.parallelism()).share(place.parallelism());
  }

  /** Goes on from what the subtasks kept; nothing changes when they kept nothing. */
  public void restore(Iterable<GovernorState> kept) {
    Heritage heritage = Heritage.of(kept, place);
    heritage
        .budget()
        .ifPresent(
            inForce -> {
              budget = inForce;
              settings = share(budget, place);
              epoch = heritage.epoch();
            });
    heritage
        .memory(law)
        .ifPresent(
            state -> {
              memory = state.memory().clone();
              point =
                  new OperatingPoint(
                      state.position(),
                      state.keep(),
                      state.offeredPerSecond(),
                      state.demandPerSecond(),
                      state.costNanos(),
                      state.slowdown());
            });
    deadline = LookDeadline.at(settings, law.nominal(), point);
  }

  /** What is to be kept. */
  public GovernorState kept() {
    return new GovernorState(
        place.subtask(),
        place.parallelism(),
        law.name(),
        law.model(),
        memory.clone(),
        epoch,
        budget.cores(),
        budget.targetAgeMillis(),
        budget.maxAgeMillis(),
        point.position(),
        point.keep(),
        point.offeredPerSecond(),
        point.demandPerSecond(),
        point.costNanos(),
        point.slowdown());
  }

  /** Decides on what was seen since the last tick. */
  public Status decide(Observation seen) {
    double[] before = memory;
    Controller.Decision decision = law.controller().next(before, settings, seen);
    memory = decision.memory();
    point = decision.point();
    deadline = LookDeadline.at(settings, law.nominal(), point);
    return Statuses.decision(place, epoch, law, settings, seen, before, point);
  }

  /** Follows a control record, or refuses it; the answer says which. */
  public Status follow(byte[] control, long nowNanos) {
    ControlReading reading = ControlReading.of(control, epoch, place.parallelism());
    if (reading instanceof ControlReading.Accepted accepted) {
      budget = accepted.budget();
      settings = share(budget, place);
      epoch = accepted.epoch();
      deadline = LookDeadline.at(settings, law.nominal(), point);
      return Statuses.answer(place, Status.CONTROL_ACCEPTED, epoch, null, nowNanos);
    }
    String reason = ((ControlReading.Refused) reading).reason();
    return Statuses.answer(place, Status.CONTROL_REFUSED, epoch, reason, nowNanos);
  }

  /** What this subtask is asked for now. */
  public Settings settings() {
    return settings;
  }

  public OperatingPoint point() {
    return point;
  }

  /** Whether a frame may be looked at once more, at the operating point in force. */
  public LookDeadline deadline() {
    return deadline;
  }

  public long epoch() {
    return epoch;
  }

  public Law law() {
    return law;
  }
}
