package io.saccade.simulate.scale;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a crew came through a mishap.
 *
 * @param mishap its name
 * @param words what happens
 * @param struck share of the subtasks that it happens to
 * @param mostOver most that all shares together were above the budget, as a share of it
 * @param leastUnder most that they were below it
 * @param settledSeconds from the mishap, or from its end where it passes, until every share was
 *     what full knowledge would give, within 2 % of an equal share, and stayed so
 */
public record Convergence(
    String mishap,
    String words,
    double struck,
    double mostOver,
    double leastUnder,
    double settledSeconds) {
  private static final double BEGIN_SECONDS = 4;
  private static final double LAST_SECONDS = 10;
  private static final double WATCH_SECONDS = 6;
  private static final double CLOSE = 0.02;

  /** Shares are looked at so often; at each of the steps would take five times as long. */
  private static final int STEPS_BETWEEN_LOOKS = 5;

  /** Plays one. */
  public static Convergence of(Mishap mishap, int subtasks, double delaySeconds, long seed) {
    Crew crew = new Crew(subtasks, delaySeconds, seed);
    run(crew, BEGIN_SECONDS);
    crew.begin(mishap);
    Watch watch = new Watch(crew);
    if (mishap.passes()) {
      watch.until(BEGIN_SECONDS + LAST_SECONDS);
      crew.end(mishap);
      watch.restart();
    }
    watch.until(crew.seconds() + WATCH_SECONDS);
    double struck = mishap == Mishap.CUT ? 1 : Math.ceil(subtasks / 10.0) / subtasks;
    return new Convergence(
        mishap.name().toLowerCase(Locale.ROOT),
        mishap.words(),
        struck,
        watch.over,
        watch.under,
        watch.settled());
  }

  private static void run(Crew crew, double until) {
    while (crew.seconds() < until) {
      crew.step();
    }
  }

  /** Looks at the shares while time passes. */
  private static final class Watch {
    private final Crew crew;
    private double since;
    private double lastOff;
    private double over;
    private double under;

    private Watch(Crew crew) {
      this.crew = crew;
      restart();
    }

    private void restart() {
      since = crew.seconds();
      lastOff = since;
    }

    private void until(double seconds) {
      double[] ideal = crew.ideal();
      for (int step = 1; crew.seconds() < seconds; step++) {
        crew.step();
        if (step % STEPS_BETWEEN_LOOKS == 0) {
          look(ideal);
        }
      }
    }

    private void look(double[] ideal) {
      double[] shares = crew.shares();
      double sum = Arrays.stream(shares).sum() / crew.budget() - 1;
      over = Math.max(over, sum);
      under = Math.max(under, -sum);
      if (crew.off(shares, ideal) > CLOSE) {
        lastOff = crew.seconds() + STEPS_BETWEEN_LOOKS * Crew.STEP_SECONDS;
      }
    }

    private double settled() {
      return lastOff - since;
    }
  }
}
