package io.saccade.bench;

/**
 * Frames classified in a stretch of time.
 *
 * @param frames number of frames
 * @param nanos length of the stretch
 * @param looks looks that the frames took together
 */
record Throughput(long frames, long nanos, long looks) {
  Throughput {
    if (frames < 1 || nanos < 1 || looks < frames) {
      throw new IllegalArgumentException(
          "at least one frame with a look must be classified while counting, but %d frames with %d looks were in %d ms"
              .formatted(frames, looks, nanos / 1_000_000));
    }
  }

  double framesPerSecond() {
    return frames * 1e9 / nanos;
  }

  double meanLooks() {
    return looks / (double) frames;
  }
}
