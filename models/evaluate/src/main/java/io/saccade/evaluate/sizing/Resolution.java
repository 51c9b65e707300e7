package io.saccade.evaluate.sizing;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Size of a camera's pictures, pixels. */
public record Resolution(int width, int height) {
  /** No side is longer in a picture that is read (docs/wire.md). */
  private static final int LONGEST = 16_384;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

  private static final Map<String, Resolution> NAMED =
      Map.of(
          "480p", new Resolution(640, 480),
          "720p", new Resolution(1280, 720),
          "1080p", new Resolution(1920, 1080),
          "2160p", new Resolution(3840, 2160));

  public Resolution {
    if (width < 16 || height < 16 || width > LONGEST || height > LONGEST) {
      throw new IllegalArgumentException(
          "resolution must have sides within [16, %d], but was %dx%d"
              .formatted(LONGEST, width, height));
    }
  }

  /** Reads {@code 1280x720}, or a name: 480p, 720p, 1080p, 2160p. */
  public static Resolution parse(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    Resolution named = NAMED.get(plain);
    if (named != null) {
      return named;
    }
    Matcher size = SIZE.matcher(plain);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "resolution must be such as 1280x720, 480p, 720p, 1080p or 2160p, but was '%s'"
              .formatted(text));
    }
    return new Resolution(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  /** Pixels, in millions. */
  public double megapixels() {
    return width * (double) height / 1e6;
  }

  int shortSide() {
    return Math.min(width, height);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
