package io.saccade.simulate.trace;

import java.util.List;

/** Frames of one recording, in its order: neighbours look alike, so they are hard or easy alike. */
public record Clip(String name, String label, List<TracedFrame> frames) {
  public Clip {
    frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("clip " + name + " must have frames, but had none");
    }
  }

  /** Mean number of looks its frames take under these thresholds. */
  double meanLooks(float[] thresholds) {
    return frames.stream().mapToInt(frame -> frame.looksUnder(thresholds)).average().orElse(0);
  }
}
