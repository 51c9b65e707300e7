package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.saccade.gfnet.Sight.Look;
import io.saccade.gfnet.Sight.Stop;
import io.saccade.gfnet.Sight.Unreadable;
import io.saccade.gfnet.Sight.Verdict;
import io.saccade.gfnet.decode.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GfNetTest {
  private static final float[] EVERY_LOOK = {2, 2};

  private static GfNet net = GfNet.open(TinyBundle.PATH);
  private static int before;

  private final byte[] golden = new TinyBundle().file("golden.png");

  @BeforeAll
  static void count() {
    before = GfNet.openNatives();
  }

  @AfterAll
  static void leavesNothingNativeBehind() {
    assertThat(GfNet.openNatives()).isEqualTo(before).isPositive();
    net.close();
    assertThat(GfNet.openNatives()).isZero();
  }

  private static List<byte[]> scenes(int count) {
    List<byte[]> scenes = new ArrayList<>();
    for (int seed = 0; seed < count; seed++) {
      scenes.add(Pictures.jpeg(Pictures.scene(160 + 7 * seed, 120, seed)));
    }
    return scenes;
  }

  @Test
  void tellsWhatTheManifestSays() {
    Bundle bundle = net.bundle();

    assertThat(bundle.id()).isEqualTo("tiny");
    assertThat(bundle.classes()).containsExactly("amber", "basalt", "cobalt", "dune", "ember");
    assertThat(List.of(bundle.imageSize(), bundle.patchSize(), bundle.steps()))
        .containsExactly(64, 32, 3);
    assertThat(bundle.frontier().points()).hasSize(12);
    assertThat(bundle.frontier().reach()[1])
        .containsExactly(new double[] {1, 0.16, 0.0225}, within(1e-9));
  }

  @Test
  void everyLookAtATinyPictureIsABoxInsideIt() {
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (int side = 1; side <= 5; side++) {
        byte[] picture = Pictures.png(Pictures.scene(side, 6 - side, side));
        Verdict verdict = (Verdict) classifier.classify(picture, EVERY_LOOK, Deadline.NONE);
        int width = side;
        assertThat(verdict.looks())
            .hasSize(3)
            .allSatisfy(
                look -> {
                  assertThat(look.x()).isBetween(0, width - look.width());
                  assertThat(look.y()).isBetween(0, 6 - width - look.height());
                  assertThat(look.width()).isPositive();
                  assertThat(look.height()).isPositive();
                });
      }
    }
  }

  /** The values were computed in Python, by the same graphs, from the same picture. */
  @Test
  void looksWhereTheExporterLookedAndSeesWhatItSaw() throws IOException {
    JsonNode looks =
        new ObjectMapper().readTree(new TinyBundle().file("golden.json")).path("looks");
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (int steps = 1; steps <= 3; steps++) {
        int taken = steps;
        Verdict verdict = (Verdict) classifier.classify(golden, EVERY_LOOK, look -> look <= taken);
        Look look = verdict.looks().get(steps - 1);
        JsonNode expected = looks.get(steps - 1);

        assertThat(List.of(look.y(), look.x()))
            .containsExactly(expected.path("top").asInt(), expected.path("left").asInt());
        for (int k = 0; k < 5; k++) {
          assertThat(verdict.probabilities()[k])
              .isCloseTo((float) expected.path("probabilities").get(k).asDouble(), within(1e-4f));
        }
        assertThat(look.confidence()).isEqualTo(verdict.confidence());
      }
    }
  }

  @Test
  void givesTheBoxesOfLooksInPixelsOfTheFrame() {
    BufferedImage twice = new BufferedImage(128, 192, BufferedImage.TYPE_INT_RGB);
    twice.createGraphics().drawImage(Pictures.scene(128, 192, 1), 0, 0, null);

    Verdict verdict = (Verdict) net.classify(Pictures.png(twice), 2);

    assertThat(verdict.looks()).hasSize(3);
    Look glance = verdict.looks().get(0);
    assertThat(List.of(glance.x(), glance.y(), glance.width(), glance.height()))
        .containsExactly(0, 0, 128, 192);
    for (Look look : verdict.looks().subList(1, 3)) {
      assertThat(List.of(look.width(), look.height())).containsExactly(64, 96);
      assertThat(look.x() % 2 + look.y() % 3).isZero();
      assertThat(look.x()).isBetween(0, 64);
      assertThat(look.y()).isBetween(0, 96);
    }
  }

  @Test
  void stopsAtTheLookTheThresholdsSay() {
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (byte[] scene : scenes(12)) {
        Verdict all = (Verdict) classifier.classify(scene, EVERY_LOOK, Deadline.NONE);
        for (float threshold = 0; threshold <= 1; threshold += 0.125f) {
          float[] thresholds = {threshold, threshold};
          Verdict verdict = (Verdict) classifier.classify(scene, thresholds, Deadline.NONE);

          int expected = 1;
          while (expected < 3 && all.looks().get(expected - 1).confidence() < threshold) {
            expected++;
          }
          assertThat(verdict.looks()).hasSize(expected);
          assertThat(verdict.stop()).isEqualTo(expected < 3 ? Stop.CONFIDENT : Stop.EVERY_LOOK);
        }
      }
    }
  }

  @Test
  void classifiesNowAndThenWithoutAClassifier() {
    assertThat(((Verdict) net.classify(golden, 0)).looks()).hasSize(1);
    assertThat(((Verdict) net.classify(golden, 2)).looks()).hasSize(3);
  }

  @Test
  void saysOfABadPictureWhatIsWrongAndGoesOn() {
    try (Classifier classifier = net.classifier(new Limits(100_000, 20_000, 1000))) {
      byte[] cut = java.util.Arrays.copyOf(golden, 500);

      assertThat(((Unreadable) classifier.classify(cut, EVERY_LOOK, Deadline.NONE)).reason())
          .isEqualTo("corrupt");
      assertThat(
              classifier.classify(
                  Pictures.jpeg(Pictures.scene(200, 120, 1)), EVERY_LOOK, Deadline.NONE))
          .isEqualTo(
              new Unreadable(
                  "too-large", "a picture must have at most 20000 pixels, but declared 200 x 120"));
      assertThat(classifier.classify(golden, EVERY_LOOK, Deadline.NONE))
          .isInstanceOf(Verdict.class);
    }
  }

  @Test
  void givesTheSameAnswersFromTwoThreadsAsFromOne() throws Exception {
    List<byte[]> scenes = scenes(30);
    List<String> expected = answers(scenes);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<List<String>> task = () -> answers(scenes);
      for (Future<List<String>> answers : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(answers.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<String> answers(List<byte[]> scenes) {
    List<String> answers = new ArrayList<>();
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (byte[] scene : scenes) {
        Verdict verdict =
            (Verdict) classifier.classify(scene, new float[] {0.6f, 0.6f}, Deadline.NONE);
        StringBuilder answer = new StringBuilder();
        verdict.looks().forEach(it -> answer.append(it.x()).append(',').append(it.y()).append(' '));
        for (float probability : verdict.probabilities()) {
          answer.append(Float.floatToIntBits(probability)).append(' ');
        }
        answers.add(answer.toString());
      }
    }
    return answers;
  }

  @Test
  void allocatesNothingPerFrameBeyondTheResult() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] jpeg = Pictures.jpeg(Pictures.scene(640, 480, 5));
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (int warm = 0; warm < 300; warm++) {
        classifier.classify(jpeg, EVERY_LOOK, Deadline.NONE);
      }
      long start = threads.getCurrentThreadAllocatedBytes();
      for (int frame = 0; frame < 200; frame++) {
        classifier.classify(jpeg, EVERY_LOOK, Deadline.NONE);
      }
      // The decoded picture alone has 57,600 bytes, the view 12,288.
      assertThat((threads.getCurrentThreadAllocatedBytes() - start) / 200).isLessThan(4096);
    }
  }

  @Test
  void measuresEachStageWhileOpening() {
    GfNet.StageTimes measured = net.measured();

    for (double nanos :
        List.of(measured.decodeNanos(), measured.glanceNanos(), measured.focusNanos())) {
      assertThat(nanos).isBetween(1e3, 1e9);
    }
  }

  @Test
  void lookTimesAreOfTheThreadsCpu() {
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      long start = CpuClock.nanos();
      Verdict verdict = (Verdict) classifier.classify(golden, EVERY_LOOK, Deadline.NONE);
      long whole = CpuClock.nanos() - start;

      long told = verdict.decodeNanos();
      for (Look look : verdict.looks()) {
        assertThat(look.cpuNanos()).isPositive();
        told += look.cpuNanos();
      }
      assertThat(told).isBetween(whole / 4, whole);
    }
  }

  @Test
  void letsClassifiersGoOnAfterItIsClosed() {
    GfNet other = GfNet.open(TinyBundle.PATH);
    try (Classifier classifier = other.classifier(Limits.DEFAULT)) {
      other.close();

      assertThat(classifier.classify(golden, EVERY_LOOK, Deadline.NONE))
          .isInstanceOf(Verdict.class);
      assertThatThrownBy(() -> other.classifier(Limits.DEFAULT))
          .hasMessage("the network is closed");
    }
  }
}
