package io.saccade.gfnet.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.fuzz.Promise;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.gfnet.decode.Placement;
import io.saccade.gfnet.decode.ViewShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Timeout;

/**
 * The JSON of a bundle. The first byte of an input is which: {@code m} the manifest, {@code f} the
 * frontier, anything else what the golden picture must give.
 */
class ManifestFuzzTest {
  private static final Path BUNDLE = Path.of("../../models/gfnet/src/test/bundles/tiny");
  private static final int LONGEST_COMPLAINT = 20_000;
  private static final int STEPS = 3;
  private static final Manifest TINY = tiny();

  private static Manifest tiny() {
    try {
      return Manifest.read(
          Files.readAllBytes(BUNDLE.resolve(Manifest.FILE)), new Complaints(BUNDLE));
    } catch (IOException e) {
      throw new IllegalStateException("the bundle must be there, but was not", e);
    }
  }

  @FuzzTest
  @Timeout(20)
  void json(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] json = Arrays.copyOfRange(input, 1, input.length);
    Complaints complaints = new Complaints(Path.of("bundle"));
    try {
      switch (input[0]) {
        case 'm' -> manifest(Manifest.read(json, complaints));
        case 'f' -> frontier(FrontierFile.read("frontier.json", json, STEPS, complaints));
        default -> golden(json, complaints);
      }
    } catch (InvalidBundleException e) {
      Promise.lines(e.getMessage(), LONGEST_COMPLAINT);
    }
    Promise.memoryIsBounded();
  }

  /** What is made of it before any graph is loaded. */
  private static void manifest(Manifest manifest) {
    ViewShape shape =
        new ViewShape(
            manifest.imageSize(),
            manifest.glanceSize(),
            manifest.patchSize(),
            manifest.fit(),
            manifest.glance(),
            manifest.reducedDecode());
    for (int[] sides : new int[][] {{1, 1}, {1, 16_384}, {1920, 1080}}) {
      Placement placement = shape.fit().placement(sides[0], sides[1], shape.size());
      assertThat(placement.width()).isBetween(1, sides[0]);
      assertThat(placement.height()).isBetween(1, sides[1]);
      assertThat(placement.x() + placement.width()).isLessThanOrEqualTo(sides[0]);
      assertThat(placement.y() + placement.height()).isLessThanOrEqualTo(sides[1]);
    }
    manifest.classes().forEach(name -> Promise.oneLine(name, Integer.MAX_VALUE));
    manifest.files().keySet().forEach(name -> assertThat(BundleFiles.isPlain(name)).isTrue());
  }

  private static void frontier(Frontier frontier) {
    assertThat(frontier.looks()).isEqualTo(STEPS);
    double last = frontier.points().size() - 1.0;
    for (double position : new double[] {0, last / 2, last}) {
      assertThat(frontier.thresholds(position, 7)).hasSize(STEPS - 1);
    }
  }

  private static void golden(byte[] json, Complaints complaints) {
    BundleFiles files = new BundleFiles(Map.of("golden.json", json, "golden.png", new byte[] {1}));
    Golden golden = Golden.read("golden.json", files, TINY, complaints);
    assertThat(golden.looks()).hasSize(TINY.steps());
  }
}
