package io.saccade.simulate.measure;

import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.RunLog.Answer;
import io.saccade.simulate.trace.Trace;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What came of a run, in numbers. Shares are of all frames offered; ages are in seconds from true
 * capture to answer, of classified frames.
 *
 * @param used CPU seconds per second, over the whole run
 * @param share spent of the budget, whole run
 * @param least10 least used in any 10 s after the first ten, over the budget
 * @param most10 most used in any 10 s after the first ten, over the budget
 * @param least60 as above, in any 60 s
 * @param most60 as above, in any 60 s
 * @param ageP50 median age
 * @param ageP99 99th percentile of the age
 * @param ageMax greatest age
 * @param looks mean number of looks of a classified frame
 * @param looksOfOthers focus looks for each offered frame of all cameras but number 0, whatever
 *     became of it; of frames captured in the last third
 * @param accuracy share of right answers among classified frames
 * @param yield share of right answers among all frames offered
 * @param oracle what fixed points would have reached, see {@link Oracle}
 * @param shed share of frames that were too old when their turn came
 * @param thinned share of frames that were left out although young enough
 * @param leastShed share of frames that had to be left out, see {@link LeastShed}
 * @param settled seconds after the trouble begins until the decided cost of a frame stays within a
 *     tenth of where it ends up; tells something where frames are evenly spaced
 * @param recovered the same after the trouble
 * @param ageSettled seconds after the trouble begins until no frame waits longer than the target
 * @param unrest highest less lowest mean cost of a frame, in the last third, over the mean
 * @param swing highest less lowest mean cost of the frames classified in a second, as recorded, in
 *     the last third, over the mean: a fixed point has what chance and content make of it
 * @param unaccounted frames that left no record
 */
public record Measures(
    double used,
    double share,
    double least10,
    double most10,
    double least60,
    double most60,
    double ageP50,
    double ageP99,
    double ageMax,
    double looks,
    double looksOfOthers,
    double accuracy,
    double yield,
    Oracle oracle,
    double shed,
    double thinned,
    double leastShed,
    double settled,
    double recovered,
    double ageSettled,
    double unrest,
    double swing,
    long unaccounted) {

  /** Start-up is not judged. */
  private static final double START_SECONDS = 10;

  public static Measures of(RunLog log, Trace trace, double leastShed) {
    Scenario scenario = log.scenario();
    double end = scenario.seconds();
    double[] ages = log.answers().stream().mapToDouble(Answer::ageSeconds).sorted().toArray();
    long right =
        log.answers().stream()
            .filter(answer -> answer.frame().content().right(answer.looks()))
            .count();
    double offered = Math.max(1, log.offered().size());
    double late = end * 2 / 3;
    double classified = Math.max(1, log.answers().size());
    Windows ten = Windows.of(log, START_SECONDS, end, 10);
    Windows sixty = Windows.of(log, START_SECONDS, end, 60);
    Settling settling = new Settling(log);
    return new Measures(
        log.used(0, end),
        log.share(0, end),
        ten.least(),
        ten.most(),
        sixty.least(),
        sixty.most(),
        at(ages, 0.5),
        at(ages, 0.99),
        at(ages, 1),
        log.answers().stream().mapToInt(Answer::looks).sum() / classified,
        looksOfOthers(log, late),
        right / classified,
        right / offered,
        Oracle.of(log, trace),
        log.shed() / offered,
        log.thinned() / offered,
        leastShed,
        settling.settled(),
        settling.recovered(),
        settling.ageSettled(),
        settling.unrest(late, end),
        swing(log, late, end),
        log.offered().size() - log.waiting() - log.shed() - log.thinned() - log.answers().size());
  }

  private static double looksOfOthers(RunLog log, double from) {
    Predicate<Frame> counts = frame -> frame.camera() > 0 && frame.captured() / 1e9 >= from;
    long focuses =
        log.answers().stream()
            .filter(answer -> counts.test(answer.frame()))
            .mapToLong(answer -> answer.looks() - 1L)
            .sum();
    long frames = log.offered().stream().filter(counts).count();
    return frames == 0 ? 0 : focuses / (double) frames;
  }

  private static double swing(RunLog log, double from, double until) {
    Map<Integer, Double> costs =
        log.answers().stream()
            .filter(answer -> answer.seconds() >= from && answer.seconds() < Math.floor(until))
            .collect(
                Collectors.groupingBy(
                    answer -> (int) answer.seconds(),
                    Collectors.averagingDouble(
                        answer -> answer.frame().content().nanos(answer.looks()))));
    DoubleSummaryStatistics seconds =
        costs.values().stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return seconds.getCount() == 0
        ? 0
        : (seconds.getMax() - seconds.getMin()) / seconds.getAverage();
  }

  /** Share of frames that were not looked at. */
  public double unseen() {
    return shed + thinned;
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  /** Least and most used in any window of a length, as shares of the budget. */
  private record Windows(double least, double most) {
    static Windows of(RunLog log, double from, double until, double length) {
      double[] used =
          java.util.stream.IntStream.range(0, (int) ((until - from - length) * 10) + 1)
              .mapToDouble(tenth -> from + tenth / 10.0)
              .map(start -> log.share(start, start + length))
              .toArray();
      return new Windows(Arrays.stream(used).min().orElse(0), Arrays.stream(used).max().orElse(0));
    }
  }
}
