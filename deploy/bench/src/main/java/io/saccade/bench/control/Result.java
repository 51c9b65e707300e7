package io.saccade.bench.control;

import io.saccade.simulate.measure.Measures;
import java.util.List;

/**
 * One run of the real job, measured, beside runs of the simulator with the same programme.
 *
 * @param scenario its name
 * @param controller who was at the dial
 * @param round from 1
 * @param seconds the run took
 * @param real of the job
 * @param simulated of the simulator, first with the very frames that the job got, then with others
 *     drawn alike; empty where it cannot play the scenario
 * @param beside what the simulator has no word for
 */
public record Result(
    String scenario,
    String controller,
    int round,
    double seconds,
    Measures real,
    List<Measures> simulated,
    Beside beside) {
  public Result {
    simulated = List.copyOf(simulated);
  }
}
