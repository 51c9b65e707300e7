package io.saccade.evaluate;

import io.saccade.gfnet.Sight.Look;
import java.util.List;

/**
 * One picture, looked at as often as the network can: what any thresholds would have led to is in
 * it.
 *
 * @param decodeNanos CPU time from encoded picture to view
 * @param looks all T of them
 */
record Sighting(Picture picture, long decodeNanos, List<Look> looks) {
  Sighting {
    looks = List.copyOf(looks);
  }

  /** Whether the answer after {@code look} looks is the right one. */
  boolean isRight(int look) {
    return looks.get(look - 1).best() == picture.label();
  }

  float confidence(int look) {
    return looks.get(look - 1).confidence();
  }

  /** How many looks these thresholds allow: as the product decides, in float32. */
  int looksTaken(float[] thresholds) {
    for (int look = 1; look <= thresholds.length; look++) {
      if (confidence(look) >= thresholds[look - 1]) {
        return look;
      }
    }
    return looks.size();
  }

  /** CPU time of decoding and of the first {@code taken} looks. */
  long cpuNanos(int taken) {
    return decodeNanos + lookNanos(taken);
  }

  /** The same without decoding. */
  long lookNanos(int taken) {
    return looks.subList(0, taken).stream().mapToLong(Look::cpuNanos).sum();
  }
}
