package io.saccade.simulate.measure;

import io.saccade.simulate.measure.RunLog.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * A run second by second, for charts.
 *
 * @param age greatest age of a frame classified in that second; 0 without any
 * @param spent of the budget, per cent
 * @param looks looks per frame, counting those that were not looked at
 */
public record Series(List<Double> age, List<Double> spent, List<Double> looks) {

  public static Series of(RunLog log) {
    int seconds = (int) Math.ceil(log.scenario().seconds());
    double[] age = new double[seconds];
    int[] answers = new int[seconds];
    int[] looks = new int[seconds];
    for (Answer answer : log.answers()) {
      int second = Math.min(seconds - 1, (int) answer.seconds());
      age[second] = Math.max(age[second], answer.ageSeconds());
      answers[second]++;
      looks[second] += answer.looks();
    }
    Series series = new Series(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int second = 0; second < seconds; second++) {
      int taken = answers[second] + log.dropped(second, second + 1);
      series.age.add(age[second]);
      series.spent.add(100 * log.share(second, second + 1));
      series.looks.add(taken == 0 ? 0 : looks[second] / (double) taken);
    }
    return series;
  }
}
