package io.saccade.gfnet.decode;

/** How the view becomes a glance (docs/bundle.md). */
public enum Shrink {
  /** By area averaging, on 8-bit values. */
  AREA,
  /** Between the two nearest, the corners of view and glance being the same pixels. */
  BILINEAR,
  /** Likewise between the four nearest; values may leave 0 to 255. */
  BICUBIC
}
