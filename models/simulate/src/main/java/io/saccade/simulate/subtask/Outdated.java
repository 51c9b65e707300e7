package io.saccade.simulate.subtask;

import io.saccade.simulate.load.Frame;
import java.util.Arrays;
import java.util.List;

/** For each frame, whether a newer one of the same camera is there already. */
final class Outdated {
  private final long[] succeeded;

  Outdated(List<Frame> frames, int cameras) {
    succeeded = new long[frames.size()];
    long[] newest = new long[cameras];
    Arrays.fill(newest, Long.MAX_VALUE);
    for (int index = frames.size() - 1; index >= 0; index--) {
      Frame frame = frames.get(index);
      succeeded[index] = newest[frame.camera()];
      newest[frame.camera()] = frame.available();
    }
  }

  boolean at(int index, long now) {
    return succeeded[index] <= now;
  }
}
