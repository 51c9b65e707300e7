package io.saccade.evaluate;

import io.saccade.gfnet.Sight.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sightings as they are written down: what was said, and how sure. */
final class Sightings {
  private Sightings() {}

  /** Decoding takes 1 ms, look t takes t ms. */
  static Sighting of(String clip, int label, int[] answers, float... confidences) {
    List<Look> looks = new ArrayList<>();
    for (int look = 0; look < answers.length; look++) {
      looks.add(new Look(0, 0, 10, 10, confidences[look], answers[look], (look + 1) * 1_000_000L));
    }
    return new Sighting(new Picture(Path.of(clip + ".jpg"), label, clip), 1_000_000, looks);
  }

  /** Of one look, right or wrong. */
  static Sighting one(String clip, boolean right, float confidence) {
    return of(clip, 0, new int[] {right ? 0 : 1}, confidence);
  }
}
