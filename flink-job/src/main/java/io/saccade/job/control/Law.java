package io.saccade.job.control;

import io.saccade.budget.Controller;
import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;

/**
 * A control law and what it was made from.
 *
 * @param name as the configuration knows it
 * @param controller the law itself
 * @param nominal CPU time of each stage, measured on this host
 * @param work multiply-adds of the looks
 * @param model SHA-256 of the model
 * @param reach of the model's frontier: for each point, the share of frames that take look 1, 2, ..
 */
public record Law(
    String name,
    Controller controller,
    StageCosts nominal,
    LookWork work,
    String model,
    double[][] reach) {

  /** Last position of the frontier. */
  public int last() {
    return reach.length - 1;
  }

  /** T, the most looks at a frame. */
  public int looks() {
    return reach[0].length;
  }
}
