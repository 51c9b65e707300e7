package io.saccade.budget;

import static java.lang.Math.max;
import static java.lang.Math.min;

/**
 * The law of Saccade. Feed-forward: the budget divided by the demand is what one frame may cost,
 * and the frontier says how far to look for that. Feedback: waiting time counts as demand, and the
 * purse takes back what was overspent. No gains to tune, no integrator to wind up.
 *
 * <p>Saturation goes in this order: fewer looks, then borrowing within the purse, then frames
 * beyond the maximum age shed by the operator, then thinning. Recovery goes the other way, gently:
 * thinning ends before looks come back.
 *
 * <p>Memory: layout, time of the last tick (0 before the first), position, keep, seconds with
 * frames so far, seconds the core is occupied, then the parts in the order of the constructor.
 */
final class BudgetLaw implements Controller {
  private static final double LAYOUT = 1_005;

  /** Time of a tick that cannot be told: the first, or after the clock was set back. */
  private static final double NOMINAL_TICK_SECONDS = 0.1;

  /** While the JVM still interprets: measured times say little about those to come. */
  private static final double WARM_UP_SECONDS = 5;

  private static final double MOST_SLOWDOWN_WARMING_UP = 3;
  private static final double MOST_SLOWDOWN = 20;
  private static final double LEAST_SLOWDOWN = 0.1;

  /** All of the frontier in one second, at most, on the way up. */
  private static final double RISE_PER_SECOND = 1;

  /** Share of a tick; what is missing to one is for timers and for taking frames over. */
  private static final double FULLY_OCCUPIED = 0.9;

  /** The job was down, or stopped: whatever came waited for it. */
  private static final double LONGEST_TICK_SECONDS = 1;

  /** Seconds; beyond any maximum age. */
  private static final double MOST_OCCUPIED = 3_600;

  /** Thinning ends by doubling what is kept every quarter of a second, at most. */
  private static final double KEEP_RISE_PER_SECOND = 3;

  private static final double LEAST_KEEP = 0.001;

  /** Cores. */
  private static final double LEAST_USABLE = 0.001;

  private static final double LEAST_OVERHEAD_NANOS = 1_000;

  private static final int TIME = 1;
  private static final int POSITION = 2;
  private static final int KEEP = 3;
  private static final int WARM = 4;
  private static final int OCCUPIED = 5;
  private static final int PARTS = 6;

  private final CostCurve curve;
  private final StageCosts nominal;
  private final LookWork work;
  private final SteadyMean decode = new SteadyMean(PARTS, 1);
  private final SteadyMean glance = new SteadyMean(PARTS + SteadyMean.SLOTS, 1);
  private final SteadyMean focus = new SteadyMean(PARTS + 2 * SteadyMean.SLOTS, 1);
  private final SteadyMean overhead = new SteadyMean(PARTS + 3 * SteadyMean.SLOTS, 3);
  private final SteadyMean share = new SteadyMean(PARTS + 4 * SteadyMean.SLOTS, 0.5);
  private final LookDrift drift = new LookDrift(PARTS + 5 * SteadyMean.SLOTS);
  private final Purse purse = new Purse(PARTS + 5 * SteadyMean.SLOTS + LookDrift.SLOTS);
  private final OfferedRate offered =
      new OfferedRate(PARTS + 5 * SteadyMean.SLOTS + LookDrift.SLOTS + Purse.SLOTS);

  BudgetLaw(CostCurve curve, StageCosts nominal, LookWork work) {
    this.curve = curve;
    this.nominal = nominal;
    this.work = work;
  }

  @Override
  public double[] initialMemory() {
    double[] memory =
        new double
            [PARTS + 5 * SteadyMean.SLOTS + LookDrift.SLOTS + Purse.SLOTS + OfferedRate.SLOTS];
    memory[0] = LAYOUT;
    memory[KEEP] = 1;
    decode.start(memory, nominal.decodeNanos());
    glance.start(memory, nominal.glanceNanos());
    focus.start(memory, nominal.focusNanos());
    overhead.start(memory, 0.02 * (nominal.decodeNanos() + nominal.glanceNanos()));
    share.start(memory, 1);
    purse.start(memory);
    return memory;
  }

  @Override
  public Decision next(double[] memory, Settings settings, Observation seen) {
    double[] next = Memories.copy(this, memory);
    double seconds = elapsed(next, settings, seen);

    // Overhead and share of the core as they were before this tick: they are shares, and one more
    // arrival, or one more nanosecond of CPU time, would make them look better.
    double overheadNanos = overhead.mean(next);
    double core = Settings.USABLE_CORE * share.mean(next);
    boolean first = next[TIME] == 0;
    if (!first) {
      purse.settle(next, settings, settings.budget().spent(seen, work), seconds);
    }
    double lookDrift = drift.observe(next, seen, curve.looks(next[POSITION]), seconds);
    boolean untold = first || seen.nowNanos() <= next[TIME];
    double before = untold ? seen.nowNanos() - seconds * 1e9 : next[TIME];
    Arrivals.Rates rates = offered.observe(next, seen, before, seconds, next[KEEP]);
    double rate = rates.steady();
    StageCosts costs = measure(next, seen, seconds);
    next[TIME] = seen.nowNanos();

    // What is older than the maximum is shed: it is no work.
    double waited = (double) min(seen.waitedNanos(), settings.maxAgeNanos());
    double late = max(0, min(waited, occupied(next, seen, seconds)) - settings.targetAgeNanos());
    double demand = rates.swift() * (1 + late / settings.drainHorizonNanos());
    Price price = Price.of(costs);
    double upkeep = rate * overheadNanos / 1e9;
    Constraint machine = cpu(core, core, upkeep, price);
    Constraint asked = asked(next, settings, upkeep, price);
    double keep = min(machine.keep(curve, demand, lookDrift), asked.keep(curve, rate, lookDrift));
    double kept = max(LEAST_KEEP, min(keep, next[KEEP] * (1 + KEEP_RISE_PER_SECOND * seconds)));
    double wanted =
        kept < 1
            ? 0
            : min(
                machine.position(curve, demand, lookDrift), asked.position(curve, rate, lookDrift));
    double rise = RISE_PER_SECOND * seconds * curve.last();
    double position = min(wanted, next[POSITION] + rise);
    next[KEEP] = kept;
    next[POSITION] = position;

    double cost = curve.cost(position, price, lookDrift);
    purse.plan(next, rate * kept * planned(settings, position, cost + overheadNanos, lookDrift));
    double slowdown = curve.cost(position, price, 1) / curve.cost(position, Price.of(nominal), 1);
    return new Decision(
        new OperatingPoint(position, kept, rate, demand, cost + overheadNanos, slowdown), next);
  }

  /**
   * For how long the core has been occupied without a break, nanoseconds. Nothing can have waited
   * for it for longer: what was late before was late on its way, or by another clock.
   */
  private static double occupied(double[] memory, Observation seen, double seconds) {
    long stages = seen.decodeNanos() + seen.glanceNanos() + seen.focusNanos();
    double worked = seen.busyNanos() + max(0, (double) seen.spentNanos() - stages);
    boolean idled = worked < FULLY_OCCUPIED * seconds * 1e9;
    boolean away = seconds > LONGEST_TICK_SECONDS;
    memory[OCCUPIED] =
        away ? MOST_OCCUPIED : idled ? 0 : min(MOST_OCCUPIED, memory[OCCUPIED] + seconds);
    return memory[OCCUPIED] * 1e9;
  }

  private static double elapsed(double[] memory, Settings settings, Observation seen) {
    double seconds = (seen.nowNanos() - memory[TIME]) / 1e9;
    if (memory[TIME] == 0 || seconds <= 0) {
      return NOMINAL_TICK_SECONDS;
    }
    return min(seconds, settings.windowNanos() / 1e9);
  }

  /** The budget as a limit on looks: CPU time carries everything, multiply-adds looks only. */
  private Constraint asked(double[] memory, Settings settings, double upkeep, Price price) {
    double allowance = purse.allowance(memory, settings);
    double credit = purse.credit(memory, settings);
    return settings.budget().unit() == Budget.Unit.CORES
        ? cpu(allowance, credit, upkeep, price)
        : new Constraint(allowance, max(allowance, credit), Price.of(work));
  }

  /** What a frame is expected to cost, in the unit of the budget. */
  private double planned(Settings settings, double position, double cpuNanos, double drift) {
    return settings.budget().unit() == Budget.Unit.CORES
        ? cpuNanos / 1e9
        : curve.cost(position, Price.of(work), drift);
  }

  /** What is left for looking, and never nothing: one frame in a while shows when things change. */
  private static Constraint cpu(double allowance, double credit, double upkeep, Price price) {
    double usable = max(LEAST_USABLE, allowance - upkeep);
    double borrowed = max(usable, credit - upkeep);
    return new Constraint(usable * 1e9, borrowed * 1e9, price);
  }

  private StageCosts measure(double[] memory, Observation seen, double seconds) {
    boolean warm = memory[WARM] >= WARM_UP_SECONDS;
    double most = warm ? MOST_SLOWDOWN : MOST_SLOWDOWN_WARMING_UP;
    if (seen.decodes() > 0) {
      memory[WARM] = min(WARM_UP_SECONDS, memory[WARM] + seconds);
    }
    stage(memory, decode, nominal.decodeNanos(), seen.decodeNanos(), seen.decodes(), seconds, most);
    stage(memory, glance, nominal.glanceNanos(), seen.glanceNanos(), seen.glances(), seconds, most);
    stage(memory, focus, nominal.focusNanos(), seen.focusNanos(), seen.focuses(), seconds, most);
    if (seen.arrivals() > 0) {
      long stages = seen.decodeNanos() + seen.glanceNanos() + seen.focusNanos();
      double rest = max(0, (double) seen.spentNanos() - stages) / seen.arrivals();
      double dearest = nominal.decodeNanos() + nominal.glanceNanos();
      overhead.observe(memory, rest, seconds, LEAST_OVERHEAD_NANOS, dearest);
    }
    if (seen.busyNanos() > seconds * 1e9 / 10) {
      double stolenFrom = seen.spentNanos() / (double) seen.busyNanos();
      share.observe(memory, stolenFrom, seconds, 0.05, 1);
    }
    return new StageCosts(decode.mean(memory), glance.mean(memory), focus.mean(memory));
  }

  private static void stage(
      double[] memory,
      SteadyMean mean,
      double nominal,
      long nanos,
      long times,
      double seconds,
      double most) {
    if (times > 0) {
      double sample = nanos / (double) times;
      mean.observe(memory, sample, seconds, LEAST_SLOWDOWN * nominal, most * nominal);
    }
  }
}
