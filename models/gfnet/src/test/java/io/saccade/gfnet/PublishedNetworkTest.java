package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.gfnet.Reference.Picture;
import io.saccade.gfnet.Reference.Step;
import io.saccade.gfnet.Sight.Verdict;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.gfnet.decode.Placement.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imported networks look here as they do in their authors' script (Wang et al. 2020). */
class PublishedNetworkTest {
  /** The script and this runtime add in different orders. */
  private static final float ROUNDING = 2e-4f;

  @ParameterizedTest
  @ValueSource(strings = {"cascade", "own-first", "linear"})
  void seesWhatTheAuthorsScriptSees(String kind) {
    Reference reference = Reference.read(Reference.SMALL.resolve(kind));

    agreesWhenForced(reference);
    agreesWhenFree(reference);
  }

  /** A glance takes a memory in these bundles, and must not be given that of the picture before. */
  @ParameterizedTest
  @ValueSource(strings = {"cascade", "own-first", "linear"})
  void forgetsThePictureBefore(String kind) {
    Reference reference = Reference.read(Reference.SMALL.resolve(kind));
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
      Reference reference = Reference.read(Path.of(folder));
      String forced = agreesWhenForced(reference);
      String free = agreesWhenFree(reference);
      Files.writeString(
          Path.of("target", "published-" + Path.of(folder).getFileName() + ".txt"),
          forced + "\n" + free + "\n");
    }
  }

  /** Same confidences, classes and exits at the same places, and the same next places. */
  private static String agreesWhenForced(Reference reference) {
    List<List<Step>> found = reference.forced();
    float worst = 0;
    int exits = 0;
    int onAnEdge = 0;
    for (int index = 0; index < found.size(); index++) {
      Picture picture = reference.pictures().get(index);
      List<Step> steps = found.get(index);
      for (int look = 0; look < steps.size(); look++) {
        Step wanted = picture.steps().get(look);
        Step step = steps.get(look);
        String where = picture.file() + ", look " + (look + 1);
        assertThat(step.confidence()).as(where).isCloseTo(wanted.confidence(), within(ROUNDING));
        assertThat(step.down()).as(where).isCloseTo(wanted.down(), within(ROUNDING));
        assertThat(step.across()).as(where).isCloseTo(wanted.across(), within(ROUNDING));
        assertThat(step.label()).as(where).isEqualTo(wanted.label());
        worst = Math.max(worst, Math.abs(step.confidence() - wanted.confidence()));
      }
      for (float[] thresholds : reference.thresholds()) {
        if (picture.isOnAnEdge(thresholds)) {
          onAnEdge++;
          continue;
        }
        exits++;
        assertThat(new Picture(picture.file(), picture.image(), steps).exit(thresholds))
            .isEqualTo(picture.exit(thresholds));
      }
    }
    assertThat(onAnEdge).isLessThan(1 + exits / 20);
    return "%d pictures forced: confidences within %.1e, %d exits alike, %d too near a threshold"
        .formatted(found.size(), worst, exits, onAnEdge);
  }

  /** Left alone it goes to the same places, but for actions on the edge between two pixels. */
  private static String agreesWhenFree(Reference reference) {
    Manifest manifest = reference.contents().manifest();
    int same = 0;
    int all = 0;
    try (GfNet net = GfNet.open(reference.bundle());
        Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (Picture picture : reference.pictures()) {
        for (float[] thresholds : reference.thresholds()) {
          if (picture.isOnAnEdge(thresholds)) {
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
    assertThat(same).isGreaterThanOrEqualTo(all - all / 50);
    return "%d of %d runs free: same exit, same class, same boxes".formatted(same, all);
  }

  private static List<Box> boxes(Verdict verdict) {
    return verdict.looks().stream()
        .map(look -> new Box(look.x(), look.y(), look.width(), look.height()))
        .toList();
  }
}
