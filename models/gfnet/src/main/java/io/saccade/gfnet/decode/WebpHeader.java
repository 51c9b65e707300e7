package io.saccade.gfnet.decode;

/** The first chunk of a WebP (RFC 9649): VP8, VP8L or VP8X. */
final class WebpHeader {
  private static final int RIFF = 8;
  private static final int CHUNK = 12;
  private static final int PAYLOAD = 20;

  private WebpHeader() {}

  static PictureHeader read(byte[] image) throws UnreadablePicture {
    EncodedBytes webp = new EncodedBytes(image, "a WebP");
    long declared = webp.littleEndian32(4) + RIFF;
    if (declared > webp.length()) {
      throw UnreadablePicture.corrupt(
          "a WebP must have the %d bytes it declares, but had %d: it was cut"
              .formatted(declared, webp.length()));
    }
    if (webp.has(CHUNK, "VP8 ")) {
      // A frame tag of 3 bytes, the start code, then two sides of 14 bits under 2 bits of scale.
      return header(
          webp.littleEndian16(PAYLOAD + 6) & 0x3fff, webp.littleEndian16(PAYLOAD + 8) & 0x3fff);
    }
    if (webp.has(CHUNK, "VP8L")) {
      // A signature byte, then two sides less one, of 14 bits each.
      long sides = webp.littleEndian32(PAYLOAD + 1);
      return header((int) (sides & 0x3fff) + 1, (int) (sides >> 14 & 0x3fff) + 1);
    }
    if (webp.has(CHUNK, "VP8X")) {
      return header(webp.littleEndian24(PAYLOAD + 4) + 1, webp.littleEndian24(PAYLOAD + 7) + 1);
    }
    throw UnreadablePicture.corrupt("a WebP must begin with a VP8, VP8L or VP8X chunk");
  }

  private static PictureHeader header(int width, int height) {
    return new PictureHeader(PictureHeader.Format.WEBP, width, height);
  }
}
