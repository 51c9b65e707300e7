package io.saccade.gfnet.decode;

import io.saccade.gfnet.Limits;
import io.saccade.gfnet.decode.UnreadablePicture.Reason;

/**
 * What an encoded picture declares of itself, read before a single pixel is decoded.
 *
 * @param format by the first bytes; the name and the content type a sender gives are not asked
 * @param width in pixels, as stored: before an EXIF orientation turns it
 * @param height in pixels, as stored
 */
record PictureHeader(Format format, int width, int height) {

  enum Format {
    JPEG,
    PNG,
    WEBP
  }

  private static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Reads the header and holds it against the limits. */
  static PictureHeader of(byte[] image, Limits limits) throws UnreadablePicture {
    if (image.length == 0) {
      throw new UnreadablePicture(Reason.EMPTY, "a picture must have bytes, but had 0");
    }
    if (image.length > limits.maxBytes()) {
      throw new UnreadablePicture(
          Reason.TOO_LARGE,
          "a picture must have at most %d bytes, but had %d"
              .formatted(limits.maxBytes(), image.length));
    }
    PictureHeader header = read(image);
    header.check(limits);
    return header;
  }

  private static PictureHeader read(byte[] image) throws UnreadablePicture {
    EncodedBytes bytes = new EncodedBytes(image, "a picture");
    if (bytes.has(0, "\u00ff\u00d8\u00ff")) {
      return JpegHeader.read(image);
    }
    if (bytes.has(0, PNG_SIGNATURE)) {
      return PngHeader.read(image);
    }
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return WebpHeader.read(image);
    }
    throw new UnreadablePicture(
        Reason.NOT_AN_IMAGE,
        "a picture must be JPEG, PNG or WebP, but began with " + firstBytes(image));
  }

  private void check(Limits limits) throws UnreadablePicture {
    if (width < 1 || height < 1) {
      throw UnreadablePicture.corrupt(
          "a picture must be at least 1 x 1, but declared %d x %d".formatted(width, height));
    }
    if (width > limits.maxSide() || height > limits.maxSide()) {
      throw new UnreadablePicture(
          Reason.TOO_LARGE,
          "a picture must be at most %d pixels a side, but declared %d x %d"
              .formatted(limits.maxSide(), width, height));
    }
    if ((long) width * height > limits.maxPixels()) {
      throw new UnreadablePicture(
          Reason.TOO_LARGE,
          "a picture must have at most %d pixels, but declared %d x %d"
              .formatted(limits.maxPixels(), width, height));
    }
  }

  private static String firstBytes(byte[] image) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(4, image.length); i++) {
      text.append(i == 0 ? "" : " ").append("%02x".formatted(image[i]));
    }
    return text.toString();
  }
}
