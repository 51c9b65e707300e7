package io.saccade.gfnet;

/**
 * What a picture may declare before it is decoded.
 *
 * @param maxBytes of the encoded picture
 * @param maxPixels width times height
 * @param maxSide width or height
 */
public record Limits(int maxBytes, long maxPixels, int maxSide) {

  /** 8 MiB, 40 megapixels, 16,384 pixels a side. */
  public static final Limits DEFAULT = new Limits(8 << 20, 40_000_000L, 16_384);

  /** OpenCV's own limits, which these must not exceed to be the ones that decide. */
  private static final long MOST_PIXELS = 1L << 30;

  private static final int LONGEST_SIDE = 1 << 20;
  private static final int MOST_BYTES = 1 << 30;

  public Limits {
    require("maxBytes", maxBytes, MOST_BYTES);
    require("maxPixels", maxPixels, MOST_PIXELS);
    require("maxSide", maxSide, LONGEST_SIDE);
  }

  private static void require(String name, long found, long most) {
    if (found < 1 || found > most) {
      throw new IllegalArgumentException(
          "%s must be within [1, %d], but was %d".formatted(name, most, found));
    }
  }
}
