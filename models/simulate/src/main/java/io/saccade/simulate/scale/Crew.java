package io.saccade.simulate.scale;

import io.saccade.budget.share.Demand;
import io.saccade.budget.share.Neighbours;
import io.saccade.budget.share.WaterFilling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Subtasks that share one budget by news, in virtual time. Nothing but sharing is played: each
 * knows at once what it could spend, tells it once a second, or a quarter of a second after the
 * last time when it has jumped, and computes its share from what it has heard, by the classes that
 * the job runs.
 */
final class Crew {
  static final double STEP_SECONDS = 0.05;
  private static final long STEP_NANOS = (long) (STEP_SECONDS * 1e9);
  private static final long NEWS_NANOS = 1_000_000_000;
  private static final long SOONEST_NEWS_NANOS = 250_000_000;

  /** A budget is short, or there would be nothing to share out. */
  private static final double BUDGET_OF_DEMAND = 0.6;

  private static final double JUMP = 3;

  private final int size;
  private final long delayNanos;
  private final double budget;
  private final double[] cores;
  private final boolean[] gone;
  private final boolean[] mute;
  private final boolean[] deaf;
  private final boolean[] saidDeaf;
  private final boolean[] jumped;
  private final long[] newsNanos;
  private final List<Neighbours> neighbours = new ArrayList<>();
  private final Deque<News> underWay = new ArrayDeque<>();
  private long nowNanos;

  private record News(Demand demand, long dueNanos) {}

  Crew(int size, double delaySeconds, long seed) {
    this.size = size;
    delayNanos = (long) (delaySeconds * 1e9);
    cores = Demands.cores(size, seed);
    budget = BUDGET_OF_DEMAND * Arrays.stream(cores).map(it -> Math.min(0.95, it)).sum();
    gone = new boolean[size];
    mute = new boolean[size];
    deaf = new boolean[size];
    saidDeaf = new boolean[size];
    jumped = new boolean[size];
    newsNanos = new long[size];
    SplittableRandom random = new SplittableRandom(seed + 1);
    for (int subtask = 0; subtask < size; subtask++) {
      neighbours.add(new Neighbours(subtask, size, 0));
      newsNanos[subtask] = -random.nextLong(NEWS_NANOS);
    }
  }

  /** Budget of all, cores. */
  double budget() {
    return budget;
  }

  double seconds() {
    return nowNanos / 1e9;
  }

  /** Every tenth of them, or all. */
  private int[] struck(Mishap mishap) {
    int every = mishap == Mishap.CUT ? 1 : 10;
    return IntStream.range(0, size).filter(subtask -> subtask % every == 0).toArray();
  }

  void begin(Mishap mishap) {
    for (int subtask : struck(mishap)) {
      switch (mishap) {
        case JUMP -> {
          cores[subtask] *= JUMP;
          jumped[subtask] = true;
        }
        case VANISH -> gone[subtask] = true;
        case MUTE, CUT -> mute[subtask] = true;
        case DEAF -> deaf[subtask] = true;
      }
    }
  }

  void end(Mishap mishap) {
    for (int subtask : struck(mishap)) {
      mute[subtask] = false;
      deaf[subtask] = false;
    }
  }

  /** A step of virtual time: news goes out, news comes in. */
  void step() {
    nowNanos += STEP_NANOS;
    for (int subtask = 0; subtask < size; subtask++) {
      if (!gone[subtask]) {
        publish(subtask);
      }
    }
    List<Demand> due = new ArrayList<>();
    while (!underWay.isEmpty() && underWay.element().dueNanos() <= nowNanos) {
      due.add(underWay.remove().demand());
    }
    IntStream.range(0, size)
        .parallel()
        .filter(subtask -> !gone[subtask] && !deaf[subtask])
        .forEach(subtask -> due.forEach(news -> neighbours.get(subtask).hear(news, nowNanos)));
  }

  private void publish(int subtask) {
    boolean hearsNothing = neighbours.get(subtask).deaf(nowNanos);
    boolean eager = jumped[subtask] || hearsNothing != saidDeaf[subtask];
    if (nowNanos - newsNanos[subtask] < (eager ? SOONEST_NEWS_NANOS : NEWS_NANOS)) {
      return;
    }
    newsNanos[subtask] = nowNanos;
    jumped[subtask] = false;
    saidDeaf[subtask] = hearsNothing;
    if (!mute[subtask]) {
      underWay.add(new News(demand(subtask, hearsNothing), nowNanos + delayNanos));
    }
  }

  private Demand demand(int subtask, boolean hearsNothing) {
    return Demands.of(subtask, size, nowNanos / 1_000_000, cores[subtask], hearsNothing);
  }

  /** What each takes for its share now; nothing for those that are gone. */
  double[] shares() {
    return IntStream.range(0, size)
        .parallel()
        .mapToDouble(subtask -> gone[subtask] ? 0 : neighbours.get(subtask).share(budget, nowNanos))
        .toArray();
  }

  /** What each should take, if everyone knew everything. */
  double[] ideal() {
    int[] there = IntStream.range(0, size).filter(subtask -> !gone[subtask]).toArray();
    double[] shares =
        WaterFilling.shares(
            budget, Arrays.stream(there).mapToObj(subtask -> demand(subtask, false)).toList());
    double[] ideal = new double[size];
    for (int at = 0; at < there.length; at++) {
      ideal[there[at]] = shares[at];
    }
    return ideal;
  }

  /** The furthest that a share is from what it should be, in equal shares. */
  double off(double[] shares, double[] ideal) {
    double off = 0;
    for (int subtask = 0; subtask < size; subtask++) {
      off = Math.max(off, Math.abs(shares[subtask] - ideal[subtask]));
    }
    return off * size / budget;
  }
}
