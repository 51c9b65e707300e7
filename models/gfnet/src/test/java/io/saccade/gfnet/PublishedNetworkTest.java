package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.gfnet.PublishedReference.Picture;
import io.saccade.gfnet.PublishedReference.Step;
import io.saccade.gfnet.Sight.Verdict;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.gfnet.decode.Placement.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imported networks look here as they do in their authors' script (Wang et al. 2020). */
class PublishedNetworkTest {
  /**
   * What two ways of rounding may make of it.
   *
   * @param rounding the most that confidences and actions may be apart
   * @param tooNear the share of runs that may be left out, a confidence being that near a threshold
   * @param elsewhere the share of runs that may go elsewhere, by an action on the edge of a pixel
   */
  private record Tolerance(float rounding, double tooNear, double elsewhere) {}

  /**
   * The script and this runtime add in different orders. Pictures where that could turn a patch, an
   * answer or an exit are not in the small networks' references.
   */
  private static final Tolerance SMALL = new Tolerance(2e-4f, 0, 0);

  /** More layers make more of it; what a bundle's golden picture is allowed. */
  private static final Tolerance FULL_SIZE = new Tolerance(1e-3f, 0.05, 0.02);

  @ParameterizedTest
  @ValueSource(strings = {"cascade", "own-first", "linear"})
  void seesWhatTheAuthorsScriptSees(String kind) {
    PublishedReference reference = PublishedReference.read(PublishedReference.SMALL.resolve(kind));
    assertThat(reference.pictures()).hasSize(200);
    assertThat(reference.exits())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, reference.steps()).boxed().toList());

    agreesWhenForced(reference, SMALL);
    agreesWhenFree(reference, SMALL);
  }

  /** A glance takes a memory in these bundles, and must not be given that of the picture before. */
  @ParameterizedTest
  @ValueSource(strings = {"cascade", "own-first", "linear"})
  void forgetsThePictureBefore(String kind) {
    PublishedReference reference = PublishedReference.read(PublishedReference.SMALL.resolve(kind));
    byte[] first = reference.pictures().get(0).image();
    byte[] second = reference.pictures().get(1).image();
    float[] everyLook = new float[reference.thresholds().get(0).length];
    Arrays.fill(everyLook, 2);
    try (GfNet net = GfNet.open(reference.bundle());
        Classifier fresh = net.classifier(Limits.DEFAULT);
        Classifier used = net.classifier(Limits.DEFAULT)) {
      used.classify(first, everyLook, Deadline.NONE);

      Verdict afterAnother = (Verdict) used.classify(second, everyLook, Deadline.NONE);
      Verdict alone = (Verdict) fresh.classify(second, everyLook, Deadline.NONE);

      assertThat(afterAnother.probabilities()).isEqualTo(alone.probabilities());
    }
  }

  /**
   * Full-size networks, from {@code reference_run.py} into the folders of {@code
   * -Dsaccade.references=FOLDER:FOLDER}. They are too large to be kept.
   */
  @Test
  void fullSizeNetworksSeeWhatTheAuthorsScriptSees() throws IOException {
    String folders = System.getProperty("saccade.references", "");
    assumeTrue(!folders.isEmpty(), "skipped: needs -Dsaccade.references, see the comment");
    for (String folder : List.of(folders.split(":", -1))) {
      PublishedReference reference = PublishedReference.read(Path.of(folder));
      String forced = agreesWhenForced(reference, FULL_SIZE);
      String free = agreesWhenFree(reference, FULL_SIZE);
      Files.writeString(
          Path.of("target", "published-" + Path.of(folder).getFileName() + ".txt"),
          forced + "\n" + free + "\n");
    }
  }

  /** Same confidences, classes and exits at the same places, and the same next places. */
  private static String agreesWhenForced(PublishedReference reference, Tolerance tolerance) {
    List<List<Step>> found = reference.forced();
    List<Float> apart = new ArrayList<>();
    int exits = 0;
    int onAnEdge = 0;
    for (int index = 0; index < found.size(); index++) {
      Picture picture = reference.pictures().get(index);
      List<Step> steps = found.get(index);
      for (int look = 0; look < steps.size(); look++) {
        Step wanted = picture.steps().get(look);
        Step step = steps.get(look);
        String where = picture.name() + ", look " + (look + 1);
        assertThat(step.confidence())
            .as(where)
            .isCloseTo(wanted.confidence(), within(tolerance.rounding()));
        assertThat(step.down()).as(where).isCloseTo(wanted.down(), within(tolerance.rounding()));
        assertThat(step.across())
            .as(where)
            .isCloseTo(wanted.across(), within(tolerance.rounding()));
        assertThat(step.label()).as(where).isEqualTo(wanted.label());
        apart.add(Math.abs(step.confidence() - wanted.confidence()));
      }
      for (float[] thresholds : reference.thresholds()) {
        if (picture.isOnAnEdge(thresholds, tolerance.rounding())) {
          onAnEdge++;
          continue;
        }
        exits++;
        assertThat(new Picture(picture.name(), picture.image(), steps).exit(thresholds))
            .isEqualTo(picture.exit(thresholds));
      }
    }
    assertThat((double) onAnEdge).isLessThanOrEqualTo(tolerance.tooNear() * (exits + onAnEdge));
    Collections.sort(apart);
    return "%d pictures forced: confidences %.1e off at the median, %.1e at most; %d exits alike, %d too near a threshold"
        .formatted(
            found.size(),
            apart.get(apart.size() / 2),
            apart.get(apart.size() - 1),
            exits,
            onAnEdge);
  }

  /** Left alone it goes to the same places, but for actions on the edge between two pixels. */
  private static String agreesWhenFree(PublishedReference reference, Tolerance tolerance) {
    Manifest manifest = reference.contents().manifest();
    int same = 0;
    int all = 0;
    try (GfNet net = GfNet.open(reference.bundle());
        Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (Picture picture : reference.pictures()) {
        for (float[] thresholds : reference.thresholds()) {
          if (picture.isOnAnEdge(thresholds, tolerance.rounding())) {
            continue;
          }
          Verdict verdict =
              (Verdict) classifier.classify(picture.image(), thresholds, Deadline.NONE);
          int exit = picture.exit(thresholds);
          all++;
          if (verdict.looks().size() == exit
              && verdict.best() == picture.steps().get(exit - 1).label()
              && boxes(verdict).equals(picture.boxes(manifest, exit))) {
            same++;
          }
        }
      }
    }
    assertThat(all).isPositive();
    assertThat((double) (all - same)).isLessThanOrEqualTo(tolerance.elsewhere() * all);
    return "%d of %d runs free: same exit, same class, same boxes".formatted(same, all);
  }

  private static List<Box> boxes(Verdict verdict) {
    return verdict.looks().stream()
        .map(look -> new Box(look.x(), look.y(), look.width(), look.height()))
        .toList();
  }
}
