package io.saccade.simulate.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.simulate.load.Capacity;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceFile;
import io.saccade.simulate.trace.TracedFrame;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What nobody can do who does not know which frames come: a law that knows the rate, the mean cost
 * at every position and, without delay, what was spent, and may go anywhere at every tick. Frames
 * come at random and content is independent, which is kinder than clips are.
 */
class BestLawTest {
  private static final Trace TRACE = TraceFile.shipped();
  private static final double TICK_SECONDS = 0.1;
  private static final int TICKS = 900;
  private static final int WINDOW = 100;
  private static final int RUNS = 20;

  private static final double[] NANOS =
      IntStream.rangeClosed(0, TRACE.last()).mapToDouble(TRACE::nanos).toArray();

  private static final List<TracedFrame> FRAMES =
      TRACE.clips().stream().flatMap(clip -> clip.frames().stream()).toList();

  @Test
  void fiftyFramesASecondAreTooFewForThreePerCentOverTenSeconds() {
    assertThat(Capacity.of(TRACE, 0.3).midway()).isBetween(40.0, 60.0);
    assertThat(error(0.3, Double.MAX_VALUE)).isGreaterThan(0.03);
    assertThat(error(0.8, Double.MAX_VALUE)).isLessThan(0.03);
  }

  @Test
  void whoMovesTheCostByFivePerCentOnlyCannotHoldTheBudgetOfRandomFrames() {
    assertThat(error(0.8, 0.025)).isGreaterThan(0.05);
    // Either way by a sixth is what the law does, see Purse.
    assertThat(error(0.8, 0.16)).isBetween(0.02, 0.03);
  }

  /**
   * Mean over some runs of how far the worst window of 10 s is off.
   *
   * @param pull the most by which the cost of a frame may differ from the budget's, either way
   */
  private static double error(double cores, double pull) {
    return LongStream.range(0, RUNS)
        .mapToDouble(seed -> worst(cores, pull, seed))
        .average()
        .orElse(0);
  }

  private static double worst(double cores, double pull, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = Capacity.of(TRACE, cores).midway();
    double[] spent = new double[TICKS];
    double saved = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      double wanted = Math.max(-pull, Math.min(pull, saved / cores / TICK_SECONDS));
      double position = position(cores * (1 + wanted) / rate);
      for (double at = wait(random, rate); at < TICK_SECONDS; at += wait(random, rate)) {
        spent[tick] += cost(position, random);
      }
      saved += cores * TICK_SECONDS - spent[tick];
    }
    double worst = 0;
    for (int from = WINDOW; from + WINDOW <= TICKS; from++) {
      double used = Arrays.stream(spent, from, from + WINDOW).sum();
      worst = Math.max(worst, Math.abs(used / (cores * WINDOW * TICK_SECONDS) - 1));
    }
    return worst;
  }

  private static double wait(SplittableRandom random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  private static double cost(double position, SplittableRandom random) {
    TracedFrame frame = FRAMES.get(random.nextInt(FRAMES.size()));
    float[] thresholds = TRACE.frontier().thresholds(position, random.nextLong());
    return (frame.nanos(frame.looksUnder(thresholds)) + Capacity.OVERHEAD_NANOS) / 1e9;
  }

  /** Where a frame costs so much on average. */
  private static double position(double seconds) {
    double nanos = seconds * 1e9 - Capacity.OVERHEAD_NANOS;
    int point = 0;
    while (point < TRACE.last() && NANOS[point + 1] <= nanos) {
      point++;
    }
    double cheap = NANOS[point];
    double dear = NANOS[Math.min(TRACE.last(), point + 1)];
    return dear <= cheap
        ? point
        : point + Math.max(0, Math.min(1, (nanos - cheap) / (dear - cheap)));
  }
}
