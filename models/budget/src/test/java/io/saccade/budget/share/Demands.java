package io.saccade.budget.share;

/** Demands for tests. */
final class Demands {
  private Demands() {}

  static Demand of(int subtask, int parallelism, double glance, double full) {
    return new Demand(subtask, parallelism, 1_000, 50, glance, full, 0.95, 1, false);
  }

  static Demand at(long millis, Demand demand) {
    return new Demand(
        demand.subtask(),
        demand.parallelism(),
        millis,
        demand.framesPerSecond(),
        demand.glanceCores(),
        demand.fullCores(),
        demand.mostCores(),
        demand.weight(),
        demand.deaf());
  }

  static Demand weighing(double weight, Demand demand) {
    return new Demand(
        demand.subtask(),
        demand.parallelism(),
        demand.atMillis(),
        demand.framesPerSecond(),
        demand.glanceCores(),
        demand.fullCores(),
        demand.mostCores(),
        weight,
        demand.deaf());
  }

  static Demand deaf(Demand demand) {
    return new Demand(
        demand.subtask(),
        demand.parallelism(),
        demand.atMillis(),
        demand.framesPerSecond(),
        demand.glanceCores(),
        demand.fullCores(),
        demand.mostCores(),
        demand.weight(),
        true);
  }
}
