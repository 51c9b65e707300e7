package io.saccade.job.control;

import io.saccade.budget.Budget;
import io.saccade.budget.LookWork;
import io.saccade.budget.Observation;
import io.saccade.budget.share.Demand;
import io.saccade.budget.share.DemandMeter;
import io.saccade.budget.share.Neighbours;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This subtask among the others: measures what it could spend, tells them once a second, hears what
 * they could, and knows its share of the budget by that. Times are of a clock that never goes back.
 * Not safe to share between threads.
 */
public final class Neighbourhood {
  /** Time between news, unless the load jumps or the news of others is cut. */
  private static final long NEWS_NANOS = 1_000_000_000;

  /** Even when the load jumps at every tick. */
  private static final long SOONEST_NEWS_NANOS = 250_000_000;

  private final Place place;
  private final LookWork work;
  private final int looks;
  private final DemandMeter meter;
  private final Neighbours neighbours;
  private double[] memory;

  /** Volatile, since the metrics' reporters read it from their threads. */
  private volatile Demand demand;

  private long tickNanos;
  private long newsNanos;
  private boolean saidDeaf;

  /** Starts alone. */
  Neighbourhood(Place place, Law law, long nowNanos) {
    this(place, law, new Neighbours(place.subtask(), place.parallelism(), nowNanos), nowNanos);
  }

  private Neighbourhood(Place place, Law law, Neighbours neighbours, long nowNanos) {
    this.place = place;
    this.work = law.work();
    this.looks = law.looks();
    this.neighbours = neighbours;
    meter = new DemandMeter(law.nominal(), looks);
    memory = meter.initialMemory();
    tickNanos = nowNanos;
    newsNanos = nowNanos - NEWS_NANOS;
    demand = meter.demand(memory, place.subtask(), place.parallelism(), 0, 1, true);
  }

  /** The same place with another network: frames are those before, each costs something else. */
  Neighbourhood with(Law other) {
    Neighbourhood next = new Neighbourhood(place, other, neighbours, tickNanos);
    next.memory = next.meter.after(memory);
    next.demand =
        next.meter.demand(
            next.memory,
            place.subtask(),
            place.parallelism(),
            demand.atMillis(),
            demand.weight(),
            demand.deaf());
    next.newsNanos = newsNanos;
    next.saidDeaf = saidDeaf;
    return next;
  }

  /** Goes on from a predecessor's memory, unless that was measured otherwise. */
  void restore(double @Nullable [] kept) {
    if (kept != null && meter.accepts(kept)) {
      memory = kept.clone();
      demand = meter.demand(memory, place.subtask(), place.parallelism(), 0, 1, true);
    }
  }

  /** Somebody's news; alone, it is its own, and all of the budget is there anyway. */
  void hear(Demand news, long nowNanos) {
    if (place.parallelism() > 1) {
      neighbours.hear(news, nowNanos);
    }
  }

  /**
   * Takes in a tick.
   *
   * @param weight mean weight of the cameras, by frames
   */
  void see(Observation seen, double offeredPerSecond, double weight, long nowNanos) {
    double seconds = Math.max(1e-3, (nowNanos - tickNanos) / 1e9);
    tickNanos = nowNanos;
    memory = meter.next(memory, seen, offeredPerSecond, seconds);
    demand =
        meter.demand(
            memory,
            place.subtask(),
            place.parallelism(),
            seen.nowNanos() / 1_000_000,
            weight,
            neighbours.deaf(nowNanos));
  }

  /** What is to be told now, if it is time. */
  Optional<Demand> news(long nowNanos) {
    long since = nowNanos - newsNanos;
    boolean changed = meter.jumped(memory) || demand.deaf() != saidDeaf;
    if (since < NEWS_NANOS && !(changed && since >= SOONEST_NEWS_NANOS)) {
      return Optional.empty();
    }
    newsNanos = nowNanos;
    saidDeaf = demand.deaf();
    return Optional.of(demand);
  }

  /**
   * This subtask's share of what may be spent.
   *
   * @param usable of all subtasks together, see {@link JobBudget#usable}
   */
  double share(Budget.Unit unit, double usable, long nowNanos) {
    return neighbours.share(usable, nowNanos, in(unit));
  }

  /** What it could spend, in the unit of a budget. */
  Demand demand(Budget.Unit unit) {
    return in(unit).of(demand);
  }

  private Neighbours.Unit in(Budget.Unit unit) {
    return unit == Budget.Unit.MULTIPLY_ADDS
        ? Neighbours.Unit.multiplyAdds(work.glance(), work.glance() + (looks - 1) * work.focus())
        : Neighbours.Unit.CORES;
  }

  /** What it could spend, as measured at the last tick. */
  public Demand demand() {
    return demand;
  }

  /** Age of the oldest news that counts. */
  public double newsAgeSeconds(long nowNanos) {
    return neighbours.newsAgeSeconds(nowNanos);
  }

  double[] memory() {
    return memory.clone();
  }
}
