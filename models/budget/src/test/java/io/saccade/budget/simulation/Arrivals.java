package io.saccade.budget.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the frames of a scenario. */
final class Arrivals {
  private static final double FETCH_SECONDS = 0.03;
  private static final double TRANSPORT_SECONDS = 0.005;
  private static final double FUTURE_SECONDS = 600;

  private Arrivals() {}

  /**
   * A frame on its way.
   *
   * @param captured seconds, true
   * @param stamped seconds, as the camera says
   * @param available seconds, when the source hands it over
   * @param difficulty within [0, 1): the lower, the more looks
   */
  record Frame(double captured, double stamped, double available, int camera, double difficulty) {}

  /** The frames of a scenario, in the order they become available. */
  static List<Frame> of(Scenario scenario, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Frame> frames = new ArrayList<>();
    double captured = 0;
    while (captured < scenario.seconds()) {
      double rate = scenario.rate().at(captured);
      if (rate <= 0) {
        captured += 0.01;
      } else if (scenario.arrivals() == Scenario.Spacing.TOGETHER) {
        for (int n = 0; n < rate / 5; n++) {
          frames.add(frame(scenario, captured, n % scenario.cameras(), random.nextDouble()));
        }
        captured += 0.2;
      } else {
        // Camera 0 sends most: the square leans towards low numbers.
        double lot = random.nextDouble();
        int camera = (int) (lot * lot * scenario.cameras());
        frames.add(frame(scenario, captured, camera, random.nextDouble()));
        boolean even = scenario.arrivals() == Scenario.Spacing.EVEN;
        captured += even ? 1 / rate : -Math.log(1 - random.nextDouble()) / rate;
      }
    }
    // A fetch brings one partition after the other, so capture times go back and forth.
    frames.sort(Comparator.comparingDouble(Frame::available).thenComparingInt(Frame::camera));
    return frames;
  }

  private static Frame frame(Scenario scenario, double captured, int camera, double difficulty) {
    double sent = captured + TRANSPORT_SECONDS;
    double available = Math.ceil(sent / FETCH_SECONDS) * FETCH_SECONDS;
    if (captured >= scenario.outage().from() && captured < scenario.outage().until()) {
      available = scenario.outage().until();
    }
    double ahead = scenario.futureCamera() && camera == 0 ? FUTURE_SECONDS : 0;
    return new Frame(captured, captured + ahead, available, camera, difficulty);
  }
}
