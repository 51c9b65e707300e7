package io.saccade.budget.share;

/**
 * The news of one subtask: what it could spend. Published about once a second, and at once when it
 * changed or when {@code deaf} did.
 *
 * @param subtask who says so, from 0
 * @param parallelism number of subtasks it knows of; news from before a rescale does not count
 * @param atMillis when, by its own clock; of two news of a subtask the later counts
 * @param framesPerSecond offered to it
 * @param glanceCores CPU seconds per second to glance at all of them
 * @param fullCores CPU seconds per second to take every look at all of them
 * @param mostCores what its core gives at most, at least 0.01
 * @param weight mean weight of its cameras, by frames, above 0
 * @param deaf whether it did not hear its own news of late, and therefore takes the equal share
 */
public record Demand(
    int subtask,
    int parallelism,
    long atMillis,
    double framesPerSecond,
    double glanceCores,
    double fullCores,
    double mostCores,
    double weight,
    boolean deaf) {

  /** More than any core does in a second, and small enough to add up. */
  private static final double MOST = 1e15;

  /** Less than {@link DemandMeter} takes any core to give, and large enough to be a budget. */
  private static final double LEAST = 0.01;

  /** More than any subtask is offered, a million times a second. */
  private static final double MOST_FRAMES = 1e6;

  /** Beyond any weight and its mean, either way. */
  private static final double MOST_WEIGHT = 1e6;

  public Demand {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, but was " + parallelism);
    }
    if (subtask < 0 || subtask >= parallelism) {
      throw new IllegalArgumentException(
          "subtask must be within [0, %d), but was %d".formatted(parallelism, subtask));
    }
    finite("frames per second", framesPerSecond, framesPerSecond >= 0, "at least 0");
    atMost("frames per second", framesPerSecond, MOST_FRAMES);
    finite("cores to glance at all", glanceCores, glanceCores >= 0, "at least 0");
    finite(
        "cores for every look",
        fullCores,
        fullCores >= glanceCores,
        "at least the %s to glance at all".formatted(glanceCores));
    finite("most cores", mostCores, mostCores >= LEAST, "at least " + LEAST);
    finite("weight", weight, weight > 0, "above 0");
    atMost("cores for every look", fullCores, MOST);
    atMost("most cores", mostCores, MOST);
    atMost("weight", weight, MOST_WEIGHT);
  }

  /**
   * The same news in multiply-adds per second, for a budget of that kind. What the core gives at
   * most is converted at the price of every look.
   *
   * @param glance multiply-adds of a glance, above 0
   * @param full multiply-adds of every look at a frame, at least those of a glance
   */
  public Demand inMultiplyAdds(double glance, double full) {
    if (!(glance > 0 && full >= glance)) {
      throw new IllegalArgumentException(
          "multiply-adds must be above 0 and no fewer for every look, but were %s and %s"
              .formatted(glance, full));
    }
    double demanded = Math.min(MOST, framesPerSecond * full);
    // Without frames there is no price; most is then bounded by the budget alone.
    double most = demanded > 0 && fullCores > 0 ? mostCores * demanded / fullCores : MOST;
    return new Demand(
        subtask,
        parallelism,
        atMillis,
        framesPerSecond,
        Math.min(demanded, framesPerSecond * glance),
        demanded,
        Math.max(LEAST, Math.min(MOST, most)),
        weight,
        deaf);
  }

  /** What is added up and multiplied must stay finite, whatever a neighbour says. */
  private static void atMost(String what, double value, double most) {
    if (value > most) {
      throw new IllegalArgumentException(
          "%s must be at most %s, but was %s".formatted(what, most, value));
    }
  }

  private static void finite(String what, double value, boolean right, String expected) {
    if (!right || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s must be %s and finite, but was %s".formatted(what, expected, value));
    }
  }
}
