package io.saccade.bench.control;

import java.util.List;

/**
 * What the simulator has no word for, of one run.
 *
 * @param lateness99 the cameras captured 99 % of the frames at most this much later than planned,
 *     seconds
 * @param duplicates labels of frames that had one already
 * @param idleCores CPU seconds per second of the classifying thread when nothing comes: the
 *     controller, its status records and Flink's own turning
 * @param theft wall time over CPU time of a frame while others were on the cores, against before; 1
 *     without theft
 * @param secondsToForce from writing a budget until every subtask has said that it follows, for
 *     each change
 * @param secondsToFollow from a change until the CPU time of the second after is within a tenth of
 *     the new budget, for each change
 */
public record Beside(
    double lateness99,
    long duplicates,
    double idleCores,
    double theft,
    List<Double> secondsToForce,
    List<Double> secondsToFollow) {
  public Beside {
    secondsToForce = List.copyOf(secondsToForce);
    secondsToFollow = List.copyOf(secondsToFollow);
  }
}
