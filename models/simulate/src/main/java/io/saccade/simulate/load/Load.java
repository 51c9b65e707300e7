package io.saccade.simulate.load;

/**
 * What the cameras send.
 *
 * @param rate frames captured per second, over time
 * @param spacing of captures
 * @param cameras among which the frames are shared
 * @param content of the frames, by camera and time
 */
public record Load(Course rate, Spacing spacing, int cameras, Content content) {

  /** How captures are spaced. */
  public enum Spacing {
    /** Independently of each other; camera 0 sends most. */
    POISSON,
    /** One after the other, cameras in turn. */
    EVEN,
    /** All cameras at the same instant, five times a second. */
    TOGETHER
  }

  /** Which clips a camera shows. */
  public enum Clips {
    ALL,
    /** The half of the clips that takes fewer looks. */
    EASY,
    /** The other half. */
    HARD,
    /** The one clip that takes most. */
    HARDEST
  }

  /** Which clips a camera shows at a moment. */
  @FunctionalInterface
  public interface Content {
    Content ALL = (camera, seconds) -> Clips.ALL;

    Clips of(int camera, double seconds);
  }

  public Load {
    if (cameras < 1) {
      throw new IllegalArgumentException("cameras must be at least 1, but were " + cameras);
    }
  }

  /** Ten cameras that send independently. */
  public static Load of(Course rate) {
    return new Load(rate, Spacing.POISSON, 10, Content.ALL);
  }

  public Load spaced(Spacing spacing, int cameras) {
    return new Load(rate, spacing, cameras, content);
  }

  public Load showing(Content content) {
    return new Load(rate, spacing, cameras, content);
  }
}
