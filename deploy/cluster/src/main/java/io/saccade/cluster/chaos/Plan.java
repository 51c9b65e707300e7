package io.saccade.cluster.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which faults come, in which order, and who is hit: the same for the same seed. */
record Plan(List<Strike> strikes) {
  /**
   * One fault to come.
   *
   * @param draw within [0, 1): which of those that can be hit
   */
  record Strike(FaultKind kind, double draw) {
    /** The one of several that it hits. */
    <T> T choose(List<T> several) {
      return several.get((int) (draw * several.size()));
    }
  }

  /** Equal numbers of each kind, as far as the number of faults allows, in random order. */
  static Plan of(long seed, int faults, Set<FaultKind> kinds) {
    List<FaultKind> inTurn = kinds.stream().sorted().toList();
    List<FaultKind> order = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      order.add(inTurn.get(i % inTurn.size()));
    }
    Random random = new Random(seed);
    Collections.shuffle(order, random);
    return new Plan(order.stream().map(kind -> new Strike(kind, random.nextDouble())).toList());
  }
}
