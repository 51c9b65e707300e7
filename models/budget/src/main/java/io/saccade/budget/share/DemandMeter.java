package io.saccade.budget.share;

import static java.lang.Math.abs;
import static java.lang.Math.max;

import io.saccade.budget.Observation;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import java.util.Arrays;

/**
 * Measures what a subtask could spend, for its {@link Demand}. Called at every tick after the law,
 * with the same observation. A pure function of its memory, a flat array for the operator's state.
 *
 * <p>Memory: layout, 1 when the rate jumped at the last tick, the steady rate, share of the core,
 * then for decoding, glance, focus and what comes on top: CPU nanoseconds, times; last the rate,
 * and the cores for glances and for every look, as published.
 */
public final class DemandMeter {
  private static final double LAYOUT = 6_002;
  private static final double HORIZON_SECONDS = 20;

  /** A smaller change is not worth publishing. */
  private static final double LEAST_STEP = 0.02;

  /** The nominal costs count as so many frames. */
  private static final double PRIOR_FRAMES = 20;

  private static final double OVERHEAD_NANOS = 100_000;

  private static final int JUMPED = 1;
  private static final int RATE = 2;
  private static final int CORE = RATE + SteadyRate.SLOTS;
  private static final int DECODE = CORE + 2;
  private static final int GLANCE = DECODE + 2;
  private static final int FOCUS = GLANCE + 2;
  private static final int REST = FOCUS + 2;
  private static final int HELD_RATE = REST + 2;
  private static final int HELD_GLANCE = HELD_RATE + 1;
  private static final int HELD_FULL = HELD_RATE + 2;
  private static final int SLOTS = HELD_RATE + 3;

  private final SteadyRate rate = new SteadyRate(RATE);
  private final StageCosts nominal;
  private final int mostFocuses;

  /**
   * Measures for a network.
   *
   * @param nominal stage costs measured on this host at start
   * @param looks T, the most looks at a frame, at least 1
   */
  public DemandMeter(StageCosts nominal, int looks) {
    if (looks < 1) {
      throw new IllegalArgumentException("looks must be at least 1, but were " + looks);
    }
    this.nominal = nominal;
    mostFocuses = looks - 1;
  }

  /** The memory before anything was seen. */
  public double[] initialMemory() {
    double[] memory = new double[SLOTS];
    memory[0] = LAYOUT;
    start(memory, CORE, 1);
    start(memory, DECODE, nominal.decodeNanos());
    start(memory, GLANCE, nominal.glanceNanos());
    start(memory, FOCUS, nominal.focusNanos());
    start(memory, REST, OVERHEAD_NANOS);
    return memory;
  }

  /**
   * The memory to go on with where another network was looked with before: its costs are forgotten,
   * the rate of frames and the share of the core are not.
   *
   * @param before memory of the other network's meter
   */
  public double[] after(double[] before) {
    double[] memory = initialMemory();
    if (accepts(before)) {
      System.arraycopy(before, RATE, memory, RATE, DECODE - RATE);
      hold(memory);
    }
    return memory;
  }

  /** Whether a memory is of this layout and finite; start from {@link #initialMemory} otherwise. */
  public boolean accepts(double[] memory) {
    return memory.length == SLOTS
        && memory[0] == LAYOUT
        && Arrays.stream(memory).allMatch(Double::isFinite);
  }

  /**
   * The memory after a tick. Changes neither argument.
   *
   * @param offeredPerSecond as the law estimates it
   * @param seconds since the last tick, above 0
   */
  public double[] next(double[] memory, Observation seen, double offeredPerSecond, double seconds) {
    if (!accepts(memory)) {
      throw new IllegalArgumentException(
          "memory must have layout %s and %d finite entries, but was %s"
              .formatted(LAYOUT, SLOTS, Arrays.toString(memory)));
    }
    double[] next = memory.clone();
    next[JUMPED] = rate.observe(next, offeredPerSecond, seconds) ? 1 : 0;
    stage(next, DECODE, seen.decodeNanos(), seen.decodes(), seconds);
    stage(next, GLANCE, seen.glanceNanos(), seen.glances(), seconds);
    stage(next, FOCUS, seen.focusNanos(), seen.focuses(), seconds);
    long stages = seen.decodeNanos() + seen.glanceNanos() + seen.focusNanos();
    stage(next, REST, max(0, seen.spentNanos() - stages), seen.arrivals(), seconds);
    if (seen.busyNanos() > seconds * 1e8) {
      // In units that weigh a fully busy second like the prior's frames.
      double busy = PRIOR_FRAMES * seen.busyNanos() / 1e9;
      add(next, CORE, PRIOR_FRAMES * seen.spentNanos() / 1e9, busy, seconds);
    }
    hold(next);
    return next;
  }

  /** What is published moves only when it is off by more than chance: shares are at rest then. */
  private void hold(double[] memory) {
    double frames = rate.rate(memory);
    double perGlance = mean(memory, DECODE) + mean(memory, GLANCE) + mean(memory, REST);
    double glance = frames * perGlance / 1e9;
    double full = frames * (perGlance + mostFocuses * mean(memory, FOCUS)) / 1e9;
    double band = max(LEAST_STEP, rate.doubt(memory));
    if (memory[JUMPED] == 1
        || abs(glance - memory[HELD_GLANCE]) > band * memory[HELD_GLANCE]
        || abs(full - memory[HELD_FULL]) > band * memory[HELD_FULL]) {
      memory[HELD_RATE] = frames;
      memory[HELD_GLANCE] = glance;
      memory[HELD_FULL] = full;
    }
  }

  /** Whether the rate jumped at the last tick: publish at once rather than with the next second. */
  public boolean jumped(double[] memory) {
    return memory[JUMPED] == 1;
  }

  /**
   * The news of this subtask.
   *
   * @param weight mean weight of its cameras, by frames; 1 when there are none
   */
  public Demand demand(
      double[] memory, int subtask, int parallelism, long nowMillis, double weight, boolean deaf) {
    double core = Math.min(1, mean(memory, CORE));
    return new Demand(
        subtask,
        parallelism,
        nowMillis,
        memory[HELD_RATE],
        memory[HELD_GLANCE],
        memory[HELD_FULL],
        Settings.USABLE_CORE * max(0.05, core),
        weight,
        deaf);
  }

  private static void start(double[] memory, int at, double mean) {
    memory[at] = PRIOR_FRAMES * mean;
    memory[at + 1] = PRIOR_FRAMES;
  }

  private static double mean(double[] memory, int at) {
    return memory[at] / memory[at + 1];
  }

  private static void stage(double[] memory, int at, long nanos, long times, double seconds) {
    add(memory, at, (double) nanos, (double) times, seconds);
  }

  /** Sums fade only while there is something to put in their place. */
  private static void add(double[] memory, int at, double sum, double times, double seconds) {
    if (times > 0) {
      double kept = HORIZON_SECONDS / (HORIZON_SECONDS + seconds);
      memory[at] = memory[at] * kept + sum;
      memory[at + 1] = memory[at + 1] * kept + times;
    }
  }
}
