package io.saccade.gfnet.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.saccade.gfnet.Limits;
import io.saccade.gfnet.decode.PictureHeader.Format;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded pictures to 8-bit colour, upright. Grey, palette, CMYK and 16-bit pictures become 8-bit
 * colour; an alpha channel is dropped; an EXIF orientation is applied.
 */
final class Decoder {
  /** A larger picture is not kept, so that one of 40 megapixels does not hold 120 MB for ever. */
  private static final long MOST_KEPT_PIXELS = 9_000_000L;

  private final Limits limits;
  private final int leastSide;
  private final boolean reduces;
  private final BytePointer bytes;
  private final Mat encoded;
  private final Mat picture;
  private int width;
  private int height;

  /**
   * @param leastSide both sides of a reduced picture stay at least this long
   * @param reduces whether a JPEG may be decoded at 1/2, 1/4 or 1/8
   */
  Decoder(Limits limits, int leastSide, boolean reduces, OpenCv natives) {
    this.limits = limits;
    this.leastSide = leastSide;
    this.reduces = reduces;
    // Whole from the start: pages that no picture has reached take no memory.
    bytes = natives.own(new BytePointer((long) limits.maxBytes()));
    encoded = natives.own(new Mat(1, limits.maxBytes(), CV_8UC1, bytes));
    picture = natives.own(new Mat());
  }

  /** BGR, at the reduction chosen; valid until the next call. */
  Mat decode(byte[] image) throws UnreadablePicture {
    PictureHeader header = PictureHeader.of(image, limits);
    int reduction = reduction(header);
    bytes.put(image, 0, image.length);
    encoded.cols(image.length);
    if (picture.total() > MOST_KEPT_PIXELS) {
      picture.release();
    }
    try {
      // What it returns is a second hold on the pixels, that would only end with garbage
      // collection.
      imdecode(encoded, flags(reduction), picture).close();
    } catch (RuntimeException e) {
      // A C++ exception about this picture; the next one may be fine.
      throw UnreadablePicture.corrupt(undecodable(header) + ": " + e.getMessage());
    }
    if (picture.empty()) {
      throw UnreadablePicture.corrupt(undecodable(header));
    }
    setUprightSize(header, reduction);
    return picture;
  }

  /** Of the upright picture at full size. */
  int width() {
    return width;
  }

  /** Of the upright picture at full size. */
  int height() {
    return height;
  }

  private int reduction(PictureHeader header) {
    if (!reduces || header.format() != Format.JPEG) {
      return 1;
    }
    int least = Math.min(header.width(), header.height());
    for (int reduction = 8; reduction > 1; reduction /= 2) {
      if (reduced(least, reduction) >= leastSide) {
        return reduction;
      }
    }
    return 1;
  }

  private static int flags(int reduction) {
    return switch (reduction) {
      case 8 -> IMREAD_REDUCED_COLOR_8;
      case 4 -> IMREAD_REDUCED_COLOR_4;
      case 2 -> IMREAD_REDUCED_COLOR_2;
      default -> IMREAD_COLOR;
    };
  }

  private static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }

  /** The decoder has applied an EXIF orientation; whether it swapped the sides is seen in them. */
  private void setUprightSize(PictureHeader header, int reduction) throws UnreadablePicture {
    int across = reduced(header.width(), reduction);
    int down = reduced(header.height(), reduction);
    if (picture.cols() == across && picture.rows() == down) {
      width = header.width();
      height = header.height();
    } else if (picture.cols() == down && picture.rows() == across) {
      width = header.height();
      height = header.width();
    } else {
      throw UnreadablePicture.corrupt(
          "a picture must decode to the %d x %d it declares, but gave %d x %d"
              .formatted(across, down, picture.cols(), picture.rows()));
    }
  }

  private static String undecodable(PictureHeader header) {
    return "a %s of %d x %d must be decodable, but was not"
        .formatted(header.format(), header.width(), header.height());
  }
}
