package io.saccade.simulate.contest;

import io.saccade.simulate.contest.Contender.Setting;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.LeastShed;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.measure.Series;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** All contenders in one scenario, with the same frames. */
public record Contest(Scenario scenario, List<Run> runs) {

  /** One contender's run. */
  public record Run(Contender contender, Measures measures, Series series) {}

  public Contest {
    runs = List.copyOf(runs);
  }

  public static Contest of(Scenario scenario, Trace trace, long seed) {
    List<Frame> frames = Arrivals.of(scenario, trace, seed);
    double leastShed = LeastShed.share(scenario, frames);
    Setting setting = new Setting(scenario, trace, frames, seed + 2);
    List<Run> runs = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      RunLog log = contender.run(setting);
      runs.add(new Run(contender, Measures.of(log, trace, leastShed), Series.of(log)));
    }
    return new Contest(scenario, runs);
  }

  /** What came of a contender. */
  public Measures measures(Contender contender) {
    return runs.stream()
        .filter(run -> run.contender() == contender)
        .findAny()
        .orElseThrow()
        .measures();
  }
}
