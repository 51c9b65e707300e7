package io.saccade.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Observations to feed a controller with, without a plant behind them. */
final class Histories {
  static final long START_NANOS = 1_767_225_600_000_000_000L;
  static final long TICK_NANOS = 100_000_000L;

  private Histories() {}

  /**
   * Valid observations of every kind. For every other seed a plausible day: a steady rate, nominal
   * costs. For the others floods, silence, late ticks, clocks set forth and back.
   */
  static List<Observation> wild(long seed, int ticks) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean calm = random.nextBoolean();
    int rate = 1 + random.nextInt(40);
    List<Observation> seen = new ArrayList<>();
    long now = START_NANOS;
    for (int tick = 0; tick < ticks; tick++) {
      now += calm ? TICK_NANOS + random.nextLong(20_000_000L) : wildTick(random);
      seen.add(calm ? calm(random, now, rate) : wild(random, now));
    }
    return seen;
  }

  private static long wildTick(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> 1;
      case 1 -> -random.nextLong(3_600_000_000_000L);
      case 2 -> random.nextLong(3_600_000_000_000L);
      case 3 -> random.nextLong(2_000_000_000L);
      default -> TICK_NANOS + random.nextLong(20_000_000L);
    };
  }

  private static Observation calm(SplittableRandom random, long now, int rate) {
    long arrivals = 1L + rate / 2 + random.nextInt(rate);
    long age = random.nextInt(4) == 0 ? random.nextLong(600_000_000) : random.nextLong(200_000_000);
    long decodes = Math.min(arrivals, 10);
    return tick(now, arrivals, age, decodes, random.nextLong(2 * decodes + 1));
  }

  private static Observation wild(SplittableRandom random, long now) {
    if (random.nextInt(6) == 0) {
      return Observation.silence(now);
    }
    long arrivals = 1 + (rarely(random) ? random.nextLong(3_000) : random.nextLong(30));
    long decodes = random.nextLong(arrivals + 1);
    long focuses = random.nextLong(2 * decodes + 1);
    double slow = rarely(random) ? 20 * random.nextDouble() : 0.8 + 0.4 * random.nextDouble();
    long decodeNanos = (long) (decodes * slow * SmallNetwork.COSTS.decodeNanos());
    long glanceNanos = (long) (decodes * slow * SmallNetwork.COSTS.glanceNanos());
    long focusNanos = (long) (focuses * slow * SmallNetwork.COSTS.focusNanos());
    long spent = decodeNanos + glanceNanos + focusNanos + random.nextLong(10_000_000);
    return new Observation(
        now,
        arrivals,
        random.nextLong(rarely(random) ? 3_600_000_000_000L : 200_000_000),
        random.nextLong(rarely(random) ? 10_000_000_000L : 300_000_000),
        decodes,
        decodeNanos,
        decodes,
        glanceNanos,
        focuses,
        focusNanos,
        spent,
        spent + random.nextLong(50_000_000));
  }

  private static boolean rarely(SplittableRandom random) {
    return random.nextInt(8) == 0;
  }

  /** A tick in which frames came evenly and were looked at as nominal. */
  static Observation tick(long now, long arrivals, long ageNanos, long decodes, long focuses) {
    long decodeNanos = (long) (decodes * SmallNetwork.COSTS.decodeNanos());
    long glanceNanos = (long) (decodes * SmallNetwork.COSTS.glanceNanos());
    long focusNanos = (long) (focuses * SmallNetwork.COSTS.focusNanos());
    long spent = decodeNanos + glanceNanos + focusNanos + arrivals * 50_000;
    return new Observation(
        now,
        arrivals,
        TICK_NANOS,
        ageNanos,
        decodes,
        decodeNanos,
        decodes,
        glanceNanos,
        focuses,
        focusNanos,
        spent,
        spent);
  }

  /** The memory after a history. */
  static double[] remember(Controller controller, Settings settings, List<Observation> history) {
    double[] memory = controller.initialMemory();
    for (Observation seen : history) {
      memory = controller.next(memory, settings, seen).memory();
    }
    return memory;
  }

  static Controller controller(ControllerKind kind) {
    return kind.create(SmallNetwork.reach(), SmallNetwork.COSTS, SmallNetwork.WORK);
  }

  /** The law on another frontier. */
  static Controller controller(double[][] reach) {
    return ControllerKind.LAW.create(reach, SmallNetwork.COSTS, SmallNetwork.WORK);
  }
}
