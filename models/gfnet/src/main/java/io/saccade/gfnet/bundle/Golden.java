package io.saccade.gfnet.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code golden.json} and its picture: what every look at it must give.
 *
 * @param image encoded, S x S, lossless
 */
public record Golden(String file, byte[] image, List<GoldenLook> looks) {

  /** Row and column of the patch in the view, and the probabilities after the look. */
  public record GoldenLook(int top, int left, double[] probabilities) {}

  static Golden read(String file, BundleFiles files, Manifest manifest, Complaints complaints) {
    Fields fields = Fields.of(file, files.bytes(file), complaints);
    String image = fields.text("image");
    boolean there = manifest.files().containsKey(image);
    fields.expect(there, "image", "a file of the bundle", image);
    List<Fields> entries = fields.objects("looks");
    fields.expect(
        entries.size() == manifest.steps(),
        "looks",
        "one for each of %d steps".formatted(manifest.steps()),
        entries.size());
    int furthest = manifest.imageSize() - manifest.patchSize();
    List<GoldenLook> looks = new ArrayList<>();
    for (Fields entry : entries) {
      looks.add(
          new GoldenLook(
              (int) entry.integer("top", 0, furthest),
              (int) entry.integer("left", 0, furthest),
              entry.numbers("probabilities", manifest.classes().size(), 0, 1)));
    }
    complaints.refuseIfAny();
    return new Golden(file, files.bytes(image), List.copyOf(looks));
  }
}
