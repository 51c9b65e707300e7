package io.saccade.simulate.load;

import io.saccade.simulate.load.Load.Spacing;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the frames of a scenario. */
public final class Arrivals {
  private static final double FETCH_SECONDS = 0.03;
  private static final double TRANSPORT_SECONDS = 0.005;
  private static final double LATE_SECONDS = 0.2;
  private static final double FUTURE_SECONDS = 600;

  /** All cameras at once, this often. */
  private static final double TOGETHER_SECONDS = 0.2;

  private final Scenario scenario;
  private final Programme programme;
  private final SplittableRandom random;
  private final long[] sequences;
  private final double[] stamps;
  private final List<Frame> frames = new ArrayList<>();

  private Arrivals(Scenario scenario, Trace trace, long seed) {
    int cameras = scenario.load().cameras();
    this.scenario = scenario;
    programme = new Programme(trace, cameras, seed + 1);
    random = new SplittableRandom(seed);
    sequences = new long[cameras];
    stamps = new double[cameras];
  }

  /** The frames of a scenario, in the order they become available. */
  public static List<Frame> of(Scenario scenario, Trace trace, long seed) {
    Arrivals arrivals = new Arrivals(scenario, trace, seed);
    arrivals.capture();
    // A fetch brings one partition after the other, so capture times go back and forth.
    arrivals.frames.sort(
        Comparator.comparingLong(Frame::available)
            .thenComparingInt(Frame::camera)
            .thenComparingLong(Frame::sequence));
    return arrivals.frames;
  }

  private void capture() {
    Load load = scenario.load();
    double captured = 0;
    int turn = 0;
    while (captured < scenario.seconds()) {
      double rate = load.rate().at(captured);
      if (rate <= 0) {
        captured += 0.01;
      } else if (load.spacing() == Spacing.TOGETHER) {
        for (int n = 0; n < Math.round(rate * TOGETHER_SECONDS); n++) {
          send(captured, n % load.cameras());
        }
        captured += TOGETHER_SECONDS;
      } else if (load.spacing() == Spacing.EVEN) {
        send(captured, turn++ % load.cameras());
        captured += 1 / rate;
      } else {
        // Camera 0 sends most: the square leans towards low numbers.
        double lot = random.nextDouble();
        send(captured, (int) (lot * lot * load.cameras()));
        captured += -Math.log(1 - random.nextDouble()) / rate;
      }
    }
  }

  private void send(double captured, int camera) {
    Transport transport = scenario.transport();
    double late =
        random.nextDouble() < transport.lateShare() ? LATE_SECONDS * random.nextDouble() : 0;
    boolean duplicate = random.nextDouble() < transport.duplicateShare();
    double sent = captured + TRANSPORT_SECONDS + late;
    double available = Math.ceil(sent / FETCH_SECONDS) * FETCH_SECONDS;
    if (transport.cut().contains(captured)) {
      available = Math.max(available, transport.cut().until());
    }
    double stamped = captured;
    if (transport.futureCamera() && camera == 0) {
      stamped += FUTURE_SECONDS;
    }
    if (duplicate && sequences[camera] > 0) {
      stamped = stamps[camera];
    }
    stamps[camera] = stamped;
    frames.add(
        new Frame(
            nanos(captured),
            Math.floorDiv(nanos(stamped), 1_000_000L) * 1_000_000L,
            nanos(available),
            camera,
            sequences[camera]++,
            programme.next(camera, scenario.load().content().of(camera, captured))));
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }
}
