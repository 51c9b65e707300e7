package io.saccade.evaluate.sizing;

/**
 * What comes in.
 *
 * @param cameras number of them
 * @param framesPerSecond of each
 * @param resolution of their pictures
 */
public record Load(long cameras, double framesPerSecond, Resolution resolution) {
  private static final long MOST_CAMERAS = 10_000_000;
  private static final double MOST_FRAMES = 1_000;

  public Load {
    if (cameras < 1 || cameras > MOST_CAMERAS) {
      throw new IllegalArgumentException(
          "cameras must be within [1, %d], but were %d".formatted(MOST_CAMERAS, cameras));
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= MOST_FRAMES)) {
      throw new IllegalArgumentException(
          "frames per second must be above 0 and at most %s, but were %s"
              .formatted(MOST_FRAMES, framesPerSecond));
    }
  }

  /** Frames per second of all cameras. */
  public double offered() {
    return cameras * framesPerSecond;
  }
}
