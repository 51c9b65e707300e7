package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Contents;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.gfnet.decode.Pictures;
import io.saccade.gfnet.decode.Placement;
import io.saccade.gfnet.decode.Placement.Box;
import io.saccade.gfnet.decode.UnreadablePicture;
import io.saccade.gfnet.decode.View;
import io.saccade.gfnet.decode.ViewShape;
import io.saccade.gfnet.onnx.GraphFile;
import io.saccade.gfnet.onnx.GraphShapes;
import io.saccade.gfnet.onnx.Network;
import io.saccade.gfnet.onnx.Retina;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A bundle and what the authors' own way of looking gave on some pictures: written by {@code
 * models/training/tests/reference_run.py} in PyTorch and Pillow, with no part of this runtime. The
 * pictures are made from seeds, or are files beside it.
 */
record PublishedReference(Path folder, List<float[]> thresholds, List<Picture> pictures) {
  static final Path SMALL = Path.of("src/test/bundles/published");

  /** One look: where its patch was, what it said, and the action it ended with. */
  record Step(int top, int left, int label, float confidence, float down, float across) {}

  /** An encoded picture and all looks at it. */
  record Picture(String name, byte[] image, List<Step> steps) {
    /** The look that is the last, from 1. */
    int exit(float[] thresholds) {
      int look = 1;
      while (look < steps.size() && !(steps.get(look - 1).confidence() >= thresholds[look - 1])) {
        look++;
      }
      return look;
    }

    /** Where the first looks were, in the picture's pixels. */
    List<Box> boxes(Manifest manifest, int looks) {
      ByteBuffer png = ByteBuffer.wrap(image);
      Placement placement =
          manifest.fit().placement(png.getInt(16), png.getInt(20), manifest.imageSize());
      List<Box> boxes = new ArrayList<>();
      boxes.add(new Box(placement.x(), placement.y(), placement.width(), placement.height()));
      for (Step step : steps.subList(1, looks)) {
        boxes.add(placement.box(step.top(), step.left(), manifest.patchSize()));
      }
      return boxes;
    }

    /** Whether two ways of rounding may let it exit at different looks. */
    boolean isOnAnEdge(float[] thresholds, float rounding) {
      for (int look = 0; look < thresholds.length; look++) {
        if (Math.abs(steps.get(look).confidence() - thresholds[look]) < rounding) {
          return true;
        }
      }
      return false;
    }
  }

  static PublishedReference read(Path folder) {
    try {
      JsonNode json = new ObjectMapper().readTree(folder.resolve("reference.json").toFile());
      List<float[]> thresholds = new ArrayList<>();
      for (JsonNode row : json.path("thresholds")) {
        float[] values = new float[row.size()];
        for (int look = 0; look < values.length; look++) {
          values[look] = row.get(look).floatValue();
        }
        thresholds.add(values);
      }
      List<Picture> pictures = new ArrayList<>();
      for (JsonNode entry : json.path("pictures")) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode look : entry.path("looks")) {
          steps.add(
              new Step(
                  look.path("top").asInt(),
                  look.path("left").asInt(),
                  look.path("label").asInt(),
                  look.path("confidence").floatValue(),
                  look.path("action").get(0).floatValue(),
                  look.path("action").get(1).floatValue()));
        }
        pictures.add(picture(folder, entry, List.copyOf(steps)));
      }
      return new PublishedReference(folder, thresholds, pictures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Picture picture(Path folder, JsonNode entry, List<Step> steps) throws IOException {
    if (entry.has("seed")) {
      long seed = entry.path("seed").asLong();
      return new Picture("seed " + seed, Pictures.png(SeededPicture.of(seed)), steps);
    }
    String file = entry.path("file").asText();
    return new Picture(file, Files.readAllBytes(folder.resolve("pictures").resolve(file)), steps);
  }

  /** The looks that some picture exits after, at some thresholds. */
  SortedSet<Integer> exits() {
    SortedSet<Integer> exits = new TreeSet<>();
    for (Picture picture : pictures) {
      thresholds.forEach(row -> exits.add(picture.exit(row)));
    }
    return exits;
  }

  int steps() {
    return pictures.get(0).steps().size();
  }

  Path bundle() {
    return folder.resolve("bundle");
  }

  Contents contents() {
    return Contents.read(bundle(), new Complaints(bundle()));
  }

  /**
   * What this runtime says of each picture when its patches are cut where the reference cut them.
   */
  List<List<Step>> forced() {
    Contents contents = contents();
    Manifest manifest = contents.manifest();
    GraphShapes shapes =
        new GraphShapes(
            manifest.patchSize(),
            manifest.patchSize(),
            manifest.classes().size(),
            manifest.memorySize());
    ViewShape shape =
        new ViewShape(
            manifest.imageSize(), manifest.patchSize(), manifest.fit(), manifest.glance(), false);
    try (Network network =
            Network.load(
                    new GraphFile(manifest.glanceFile(), contents.glance()),
                    new GraphFile(manifest.focusFile(), contents.focus()),
                    shapes,
                    manifest.opset(),
                    (file, complaint) -> fail(file + complaint))
                .orElseThrow();
        Retina retina = network.retina();
        View view = new View(shape, Limits.DEFAULT, retina.ofGlance(), retina.ofPatch())) {
      List<List<Step>> found = new ArrayList<>();
      for (Picture picture : pictures) {
        found.add(forced(picture, retina, view));
      }
      return found;
    }
  }

  private static List<Step> forced(Picture picture, Retina retina, View view) {
    List<Step> steps = new ArrayList<>();
    try {
      view.read(picture.image());
    } catch (UnreadablePicture e) {
      throw new AssertionError(picture.name() + " must be readable", e);
    }
    for (Step wanted : picture.steps()) {
      if (steps.isEmpty()) {
        view.glance();
        retina.glance();
      } else {
        view.patch(wanted.top(), wanted.left());
        retina.focus();
      }
      int best = retina.best();
      steps.add(
          new Step(
              wanted.top(),
              wanted.left(),
              best,
              retina.probability(best),
              retina.nextDown(),
              retina.nextAcross()));
    }
    return steps;
  }
}
