package io.saccade.budget;

/**
 * What looking costs, in any unit.
 *
 * @param frame of a frame that is glanced at
 * @param look of each further look
 */
record Price(double frame, double look) {

  static Price of(StageCosts costs) {
    return new Price(costs.decodeNanos() + costs.glanceNanos(), costs.focusNanos());
  }

  static Price of(LookWork work) {
    return new Price(work.glance(), work.focus());
  }
}
