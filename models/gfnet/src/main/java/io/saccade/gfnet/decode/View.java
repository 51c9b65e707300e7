package io.saccade.gfnet.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.saccade.gfnet.Limits;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/**
 * The S x S view of one picture after the other, and the glances and patches taken from it, written
 * as RGB values from 0 to 255 into a buffer of G x G x 3 and one of P x P x 3. Everything is
 * allocated once. Not thread-safe.
 */
public final class View implements AutoCloseable {
  private final ViewShape shape;
  private final OpenCv natives = new OpenCv();
  private final Decoder decoder;
  private final Size viewSize;
  private final Size glanceSize;
  private final @Nullable PillowCrop crop;
  private final @Nullable CornerAlignedGlance cornerAligned;
  private final FloatBuffer ofGlance;
  private final Mat scaled;
  private final Mat view;
  private final Mat shrunk;

  /** A header onto part of {@link #view}; moved, never copied. */
  private final Mat patch;

  /** Headers onto the buffers the network reads. */
  private final Mat seenFirst;

  private final Mat seen;

  private Placement placement;

  /**
   * @param ofGlance a direct buffer of G x G x 3 floats that outlives this view
   * @param ofPatch one of P x P x 3; it may be the same
   */
  public View(ViewShape shape, Limits limits, FloatBuffer ofGlance, FloatBuffer ofPatch) {
    check(ofGlance, shape.glanceFloats());
    check(ofPatch, shape.patchFloats());
    this.shape = shape;
    this.ofGlance = ofGlance;
    int size = shape.size();
    int first = shape.glanceSize();
    int side = shape.patch();
    placement = shape.fit().placement(size, size, size);
    crop = shape.fit() instanceof Fit.Crop wanted ? new PillowCrop(wanted, size) : null;
    cornerAligned =
        shape.glance() == Shrink.AREA
            ? null
            : new CornerAlignedGlance(size, first, shape.glance() == Shrink.BICUBIC);
    decoder = new Decoder(limits, size, shape.reducedDecode(), natives);
    viewSize = natives.own(new Size(size, size));
    glanceSize = natives.own(new Size(first, first));
    scaled = natives.own(new Mat(size, size, CV_8UC3));
    view = natives.own(new Mat(size, size, CV_8UC3));
    shrunk = natives.own(new Mat(first, first, CV_8UC3));
    patch = natives.own(new Mat(side, side, CV_8UC3, view.data(), view.step(0)));
    seenFirst = onto(ofGlance, first);
    seen = onto(ofPatch, side);
  }

  private static void check(FloatBuffer buffer, int floats) {
    if (!buffer.isDirect() || buffer.capacity() != floats) {
      throw new IllegalArgumentException(
          "the buffer must be direct and of %d floats, but was %s".formatted(floats, buffer));
    }
  }

  private Mat onto(FloatBuffer buffer, int side) {
    return natives.own(new Mat(side, side, CV_32FC3, natives.own(new FloatPointer(buffer))));
  }

  /** Decodes a picture; glances and patches are of it from now on. */
  public void read(byte[] image) throws UnreadablePicture {
    Mat picture = decoder.decode(image);
    placement = shape.fit().placement(decoder.width(), decoder.height(), shape.size());
    if (crop != null) {
      crop.cut(picture, view);
    } else if (shape.fit() instanceof Fit.Square && picture.cols() != picture.rows()) {
      int side = Math.min(picture.cols(), picture.rows());
      try (Rect middle =
              new Rect((picture.cols() - side) / 2, (picture.rows() - side) / 2, side, side);
          Mat square = picture.apply(middle)) {
        fit(square);
      }
    } else {
      fit(picture);
    }
  }

  private void fit(Mat picture) {
    int size = shape.size();
    if (picture.cols() == size && picture.rows() == size) {
      cvtColor(picture, view, COLOR_BGR2RGB);
      return;
    }
    boolean shrinksByTwo = picture.cols() >= 2 * size || picture.rows() >= 2 * size;
    resize(picture, scaled, viewSize, 0, 0, shrinksByTwo ? INTER_AREA : INTER_LINEAR);
    cvtColor(scaled, view, COLOR_BGR2RGB);
  }

  /** Where view pixels lie in the picture last read. */
  public Placement placement() {
    return placement;
  }

  /** The whole view, shrunk to G x G, into its buffer. */
  public void glance() {
    if (cornerAligned != null) {
      cornerAligned.shrink(view, ofGlance);
      return;
    }
    resize(view, shrunk, glanceSize, 0, 0, INTER_AREA);
    shrunk.convertTo(seenFirst, CV_32F);
  }

  /** The P x P patch at row {@code top} and column {@code left} of the view, into its buffer. */
  public void patch(int top, int left) {
    int most = shape.size() - shape.patch();
    if (top < 0 || top > most || left < 0 || left > most) {
      throw new IllegalArgumentException(
          "a patch must begin within [0, %d], but was at row %d, column %d"
              .formatted(most, top, left));
    }
    patch.data(view.ptr(top, left));
    patch.convertTo(seen, CV_32F);
  }

  @Override
  public void close() {
    natives.close();
  }
}
