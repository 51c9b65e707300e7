package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.gfnet.decode.Fit;
import io.saccade.gfnet.decode.Pictures;
import io.saccade.gfnet.decode.Shrink;
import io.saccade.gfnet.decode.View;
import io.saccade.gfnet.decode.ViewShape;
import io.saccade.gfnet.onnx.GraphFile;
import io.saccade.gfnet.onnx.GraphShapes;
import io.saccade.gfnet.onnx.Network;
import io.saccade.gfnet.onnx.Retina;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole loop against PyTorch, over 200 pictures: {@code reference.py} of models/training, which
 * left out pictures where rounding alone could turn a patch, an answer or an exit.
 */
class ReferenceTest {
  private static final int STEPS = 3;
  private static final float[] EVERY_LOOK = {2, 2};

  /** Relative to values of up to 1. */
  private static final float EXACT = 1e-4f;

  /** What one look at one picture must give. */
  private record Expected(int top, int left, float down, float across, float[] probabilities) {
    static Expected of(JsonNode values) {
      float[] probabilities = new float[values.size() - 4];
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] = (float) values.get(k + 4).asDouble();
      }
      return new Expected(
          values.get(0).asInt(),
          values.get(1).asInt(),
          (float) values.get(2).asDouble(),
          (float) values.get(3).asDouble(),
          probabilities);
    }

    int best() {
      int best = 0;
      for (int k = 1; k < probabilities.length; k++) {
        best = probabilities[k] > probabilities[best] ? k : best;
      }
      return best;
    }
  }

  private record Case(BufferedImage picture, List<Expected> looks) {
    byte[] png() {
      return Pictures.png(picture);
    }

    /** As the exit rule of the paper has it. */
    int looksTaken(float[] thresholds) {
      int look = 1;
      while (look < STEPS
          && looks.get(look - 1).probabilities[looks.get(look - 1).best()] < thresholds[look - 1]) {
        look++;
      }
      return look;
    }
  }

  static List<Path> bundles() {
    return List.of(TinyBundle.PATH, TinyBundle.WIDE);
  }

  private static List<Case> cases(Path bundle) throws IOException {
    List<Case> cases = new ArrayList<>();
    Path file = bundle.resolveSibling(bundle.getFileName() + "-reference.json");
    for (JsonNode row : new ObjectMapper().readTree(file.toFile())) {
      List<Expected> looks = new ArrayList<>();
      row.get(1).forEach(values -> looks.add(Expected.of(values)));
      cases.add(new Case(SeededPicture.of(row.get(0).asLong()), looks));
    }
    assertThat(cases).hasSize(200);
    return cases;
  }

  /** Each look where PyTorch looked, whatever this network would rather see. */
  @ParameterizedTest
  @MethodSource("bundles")
  void seesWhatPyTorchSawWhereItLooked(Path path) throws Exception {
    TinyBundle bundle = new TinyBundle(path);
    JsonNode manifest = new ObjectMapper().readTree(bundle.file("manifest.json"));
    int patch = manifest.path("patchSize").asInt();
    List<String> complaints = new ArrayList<>();
    try (Network network =
            Network.load(
                    new GraphFile("glance.onnx", bundle.file("glance.onnx")),
                    new GraphFile("focus.onnx", bundle.file("focus.onnx")),
                    new GraphShapes(32, patch, 5, manifest.path("memorySize").asInt()),
                    17,
                    (file, what) -> complaints.add(what))
                .orElseThrow();
        Retina retina = network.retina();
        View view =
            new View(
                new ViewShape(64, 32, patch, Fit.STRETCH, Shrink.AREA, true),
                Limits.DEFAULT,
                retina.ofGlance(),
                retina.ofPatch())) {
      for (Case it : cases(path)) {
        view.read(it.png());
        for (int look = 0; look < STEPS; look++) {
          Expected expected = it.looks().get(look);
          if (look == 0) {
            view.glance();
            retina.glance();
          } else {
            view.patch(expected.top(), expected.left());
            retina.focus();
          }
          assertThat(retina.nextDown()).isCloseTo(expected.down(), within(EXACT));
          assertThat(retina.nextAcross()).isCloseTo(expected.across(), within(EXACT));
          for (int k = 0; k < expected.probabilities().length; k++) {
            assertThat(retina.probability(k)).isCloseTo(expected.probabilities()[k], within(EXACT));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void looksAtTheSamePatchesStopsAtTheSameLooksAndAnswersAlike(Path bundle) throws IOException {
    List<Case> cases = cases(bundle);
    try (GfNet net = GfNet.open(bundle);
        Classifier classifier = net.classifier(Limits.DEFAULT)) {
      List<float[]> ways =
          new ArrayList<>(
              net.bundle().frontier().points().stream().map(Frontier.Point::thresholds).toList());
      ways.add(EVERY_LOOK);
      for (Case it : cases) {
        byte[] png = it.png();
        for (float[] thresholds : ways) {
          Sight.Verdict verdict =
              (Sight.Verdict) classifier.classify(png, thresholds, Deadline.NONE);
          int taken = it.looksTaken(thresholds);
          assertThat(verdict.looks()).hasSize(taken);
          assertThat(verdict.best()).isEqualTo(it.looks().get(taken - 1).best());
          for (int look = 1; look < taken; look++) {
            Expected expected = it.looks().get(look);
            // In pixels of the picture, to the nearest edge.
            assertThat(verdict.looks().get(look).y())
                .isEqualTo(Math.round(expected.top() * it.picture().getHeight() / 64f));
            assertThat(verdict.looks().get(look).x())
                .isEqualTo(Math.round(expected.left() * it.picture().getWidth() / 64f));
          }
        }
      }
    }
  }
}
