package io.saccade.job.control;

import io.saccade.budget.Controller;
import io.saccade.budget.LookDeadline;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.share.Demand;
import io.saccade.wire.Status;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one subtask within its share of the budget: holds the controller's memory, what is asked
 * for and the operating point, and writes a status record of each decision. Not safe to share
 * between threads.
 *
 * <p>{@code nowNanos} is of a clock that never goes back; observations bring the time since 1970.
 */
public final class Governor {
  private final Place place;
  private final Law law;
  private final Neighbourhood neighbourhood;
  private final CameraShares cameras;

  // Volatile is what the metrics' reporters read, from their threads.
  /** As asked for; more subtasks may be able to use all of it later. */
  private volatile JobBudget budget;

  private byte @Nullable [] control;
  private volatile double share;
  private volatile Settings settings;
  private volatile long epoch;
  private double[] memory;
  private volatile OperatingPoint point;
  private LookDeadline deadline;

  /**
   * Starts as if nothing had been seen for a while.
   *
   * @param epochNanos wall clock
   */
  public Governor(Place place, Law law, JobBudget budget, long epochNanos, long nowNanos) {
    this(place, law, budget, new Neighbourhood(place, law, nowNanos), epochNanos, nowNanos);
  }

  private Governor(
      Place place,
      Law law,
      JobBudget budget,
      Neighbourhood neighbourhood,
      long epochNanos,
      long nowNanos) {
    this.place = place;
    this.law = law;
    this.neighbourhood = neighbourhood;
    this.budget = budget;
    this.share = share(nowNanos);
    this.settings = budget.settings(share);
    this.memory = law.controller().initialMemory();
    this.point = law.controller().next(memory, settings, Observation.silence(epochNanos)).point();
    this.deadline = LookDeadline.at(settings, law.nominal(), point);
    this.cameras = new CameraShares(law, point, nowNanos);
    cameras.follow(budget);
  }

  /**
   * What governs another model from now on: what is asked for and what is known of others goes on,
   * the law's memory starts anew.
   *
   * @param epochNanos wall clock
   */
  public Governor with(Law other, long epochNanos, long nowNanos) {
    Governor next =
        new Governor(place, other, budget, neighbourhood.with(other), epochNanos, nowNanos);
    next.control = control;
    next.epoch = epoch;
    next.shareOut(nowNanos);
    return next;
  }

  private double share(long nowNanos) {
    return neighbourhood.share(
        budget.budget().unit(), budget.usable(place.parallelism()), nowNanos);
  }

  /** What is asked of this subtask from now on. */
  private void ask(JobBudget asked, long nowNanos) {
    budget = asked;
    cameras.follow(asked);
    settle(nowNanos);
  }

  private void settle(long nowNanos) {
    share = share(nowNanos);
    settings = budget.settings(share);
    deadline = LookDeadline.at(settings, law.nominal(), point);
  }

  /**
   * Goes on from what the subtasks kept; nothing changes when they kept nothing.
   *
   * @return why settings that were kept are not followed, one line that prints; empty when they are
   */
  public Optional<String> restore(Iterable<GovernorState> kept, long nowNanos) {
    Heritage heritage = Heritage.of(kept, place);
    heritage.news().forEach(news -> neighbourhood.hear(news, nowNanos));
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
              neighbourhood.restore(state.meter());
            });
    JobBudget asked = budget;
    ControlReading settings = heritage.settings();
    if (settings instanceof ControlReading.Accepted accepted) {
      control = heritage.control();
      epoch = accepted.epoch();
      asked = accepted.budget();
    }
    ask(asked, nowNanos);
    shareOut(nowNanos);
    return settings instanceof ControlReading.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
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
        0,
        0,
        0,
        point.position(),
        point.keep(),
        point.offeredPerSecond(),
        point.demandPerSecond(),
        point.costNanos(),
        point.slowdown(),
        control,
        neighbourhood.memory(),
        neighbourhood.demand());
  }

  /** Decides on what was seen since the last tick. */
  public Status decide(Observation seen, long nowNanos) {
    settle(nowNanos);
    double[] before = memory;
    Controller.Decision decision = law.controller().next(before, settings, seen);
    memory = decision.memory();
    point = decision.point();
    deadline = LookDeadline.at(settings, law.nominal(), point);
    neighbourhood.see(seen, point.offeredPerSecond(), cameras.weight(), nowNanos);
    shareOut(nowNanos);
    return Statuses.decision(place, epoch, law, settings, seen, before, point);
  }

  private void shareOut(long nowNanos) {
    cameras.tick(
        point,
        share,
        budget.usable(place.parallelism()),
        neighbourhood.demand(budget.budget().unit()),
        nowNanos);
  }

  /** Follows a control record, or refuses it; the answer says which. */
  public Status follow(byte[] record, long epochNanos, long nowNanos) {
    ControlReading reading = ControlReading.of(record, epoch, place.parallelism());
    if (reading instanceof ControlReading.Accepted accepted) {
      control = record.clone();
      epoch = accepted.epoch();
      ask(accepted.budget(), nowNanos);
      return Statuses.answer(place, Status.CONTROL_ACCEPTED, epoch, null, epochNanos);
    }
    String reason = ((ControlReading.Refused) reading).reason();
    return Statuses.answer(place, Status.CONTROL_REFUSED, epoch, reason, epochNanos);
  }

  /**
   * The answer to an order for another model.
   *
   * @param order its epoch
   * @param refusal why it is not in force; null when it is
   */
  public Status answer(long order, @Nullable String refusal, long epochNanos) {
    String kind = refusal == null ? Status.MODEL_IN_FORCE : Status.MODEL_REFUSED;
    return Statuses.answer(place, kind, order, refusal, epochNanos);
  }

  /** Hears what a subtask could spend. */
  public void hear(Demand news, long nowNanos) {
    neighbourhood.hear(news, nowNanos);
  }

  /** What is to be told to the others and to people, if it is time. */
  public Optional<Status> news(long nowNanos, Supplier<Status.@Nullable Accuracy> accuracy) {
    return neighbourhood
        .news(nowNanos)
        .map(demand -> Statuses.news(place, epoch, demand, accuracy.get()));
  }

  /** What this subtask is asked for now. */
  public Settings settings() {
    return settings;
  }

  /** What this subtask may spend, of all that the job may: within [0, 1]. */
  public double shareOfBudget() {
    return share / budget.usable(place.parallelism());
  }

  /** What is asked of the job now. */
  public JobBudget budget() {
    return budget;
  }

  public OperatingPoint point() {
    return point;
  }

  /** Whether a frame may be looked at once more, at the operating point in force. */
  public LookDeadline deadline() {
    return deadline;
  }

  /** What each camera gets. */
  public CameraShares cameras() {
    return cameras;
  }

  /** This subtask among the others. */
  public Neighbourhood neighbourhood() {
    return neighbourhood;
  }

  public long epoch() {
    return epoch;
  }

  public Law law() {
    return law;
  }
}
