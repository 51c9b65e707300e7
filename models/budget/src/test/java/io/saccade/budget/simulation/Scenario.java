package io.saccade.budget.simulation;

/**
 * What happens to one subtask.
 *
 * @param name for the table
 * @param seconds of virtual time
 * @param budgetCores to hold
 * @param rate frames captured per second, over time
 * @param arrivals how captures are spaced
 * @param cameras among which the frames are shared, unequally
 * @param slowness CPU time over nominal CPU time, over time
 * @param theft wall time over CPU time, over time
 * @param hardness 1 as calibrated; above 1 more frames need more looks
 * @param outage frames captured meanwhile arrive only when it ends
 * @param pauseEverySeconds a garbage collection of 150 ms; 0 for none
 * @param futureCamera whether camera 0 stamps its frames ten minutes ahead
 */
record Scenario(
    String name,
    double seconds,
    double budgetCores,
    Course rate,
    Spacing arrivals,
    int cameras,
    Course slowness,
    Course theft,
    Course hardness,
    Outage outage,
    double pauseEverySeconds,
    boolean futureCamera) {

  /** How captures are spaced. */
  enum Spacing {
    POISSON,
    EVEN,
    /** All cameras at the same instant, five times a second. */
    TOGETHER
  }

  /** A break of the transport, in seconds. */
  record Outage(double from, double until) {
    static final Outage NONE = new Outage(0, 0);
  }

  static Scenario of(String name, double budgetCores, Course rate) {
    return new Scenario(
        name,
        90,
        budgetCores,
        rate,
        Spacing.POISSON,
        10,
        Course.steady(1),
        Course.steady(1),
        Course.steady(1),
        Outage.NONE,
        0,
        false);
  }

  Scenario spaced(Spacing spacing, int cameras) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        spacing,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        pauseEverySeconds,
        futureCamera);
  }

  Scenario slow(Course slowness) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        pauseEverySeconds,
        futureCamera);
  }

  Scenario stolen(Course theft) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        pauseEverySeconds,
        futureCamera);
  }

  Scenario hard(Course hardness) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        pauseEverySeconds,
        futureCamera);
  }

  Scenario cutOff(double from, double until) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        new Outage(from, until),
        pauseEverySeconds,
        futureCamera);
  }

  Scenario pausing(double everySeconds) {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        everySeconds,
        futureCamera);
  }

  Scenario withFutureCamera() {
    return new Scenario(
        name,
        seconds,
        budgetCores,
        rate,
        arrivals,
        cameras,
        slowness,
        theft,
        hardness,
        outage,
        pauseEverySeconds,
        true);
  }
}
