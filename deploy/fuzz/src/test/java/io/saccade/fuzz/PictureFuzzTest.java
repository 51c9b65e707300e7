package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.Sight;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * The value of a record of the frames topic, as the job looks at it: header checks, decoder, view,
 * glance and every focus look, within the job's limits. The network is a tiny one, so that there is
 * time for many pictures.
 */
class PictureFuzzTest {
  private static final Path BUNDLE = Path.of("../../models/gfnet/src/test/bundles/tiny");
  private static final Set<String> REASONS =
      Set.of("empty", "too-large", "not-an-image", "corrupt");
  private static final int LOOKS = 3;
  private static final float[] NEVER_SURE = {2, 2};

  private static GfNet net;
  private static Classifier classifier;
  private static byte[] golden;
  private static float[] expected;

  @BeforeAll
  static void open() throws IOException {
    net = GfNet.open(BUNDLE);
    classifier = net.classifier(Limits.DEFAULT);
    golden = Files.readAllBytes(BUNDLE.resolve("golden.png"));
    expected = verdict(classifier.classify(golden, NEVER_SURE, Deadline.NONE)).probabilities();
  }

  @AfterAll
  static void leavesNothingNativeBehind() {
    classifier.close();
    net.close();
    assertThat(GfNet.openNatives()).isZero();
  }

  @FuzzTest
  @Timeout(20)
  void picture(byte[] image) {
    look(image);
    byte[] mended = Mended.picture(image);
    if (!Arrays.equals(mended, image)) {
      look(mended);
    }
    // Whatever came before, the next picture is seen as ever.
    assertThat(verdict(classifier.classify(golden, NEVER_SURE, Deadline.NONE)).probabilities())
        .isEqualTo(expected);
    Promise.memoryIsBounded();
  }

  private static void look(byte[] image) {
    int open = GfNet.openNatives();
    long pointers = Pointer.totalCount();
    long bytes = Pointer.totalBytes();
    Sight sight = classifier.classify(image, NEVER_SURE, Deadline.NONE);
    assertThat(GfNet.openNatives()).isEqualTo(open);
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(bytes);
    if (sight instanceof Sight.Unreadable unreadable) {
      refused(image, unreadable);
    } else {
      seen(verdict(sight));
    }
  }

  private static void refused(byte[] image, Sight.Unreadable unreadable) {
    assertThat(unreadable.reason()).isIn(REASONS);
    Frame frame = new Frame("gate", 1, 0, null, image, 0, 1);
    byte[] detail =
        new DeadLetter(frame, unreadable.reason(), unreadable.detail())
            .headers()
            .getOrDefault(DeadLetter.DETAIL, new byte[0]);
    // Escapes may make it longer than the characters that are taken.
    Promise.oneLine(new String(detail, StandardCharsets.UTF_8), 6 * DeadLetter.MAX_DETAIL_LENGTH);
  }

  private static void seen(Sight.Verdict verdict) {
    assertThat(verdict.looks()).hasSize(LOOKS);
    for (Sight.Look look : verdict.looks()) {
      assertThat(look.x()).isNotNegative();
      assertThat(look.y()).isNotNegative();
      assertThat(look.width()).isPositive();
      assertThat(look.height()).isPositive();
      assertThat(look.x() + look.width()).isLessThanOrEqualTo(Limits.DEFAULT.maxSide());
      assertThat(look.y() + look.height()).isLessThanOrEqualTo(Limits.DEFAULT.maxSide());
    }
    float sum = 0;
    for (float probability : verdict.probabilities()) {
      assertThat(probability).isBetween(0f, 1.0001f);
      sum += probability;
    }
    assertThat(sum).isBetween(0.999f, 1.001f);
  }

  private static Sight.Verdict verdict(Sight sight) {
    assertThat(sight).isInstanceOf(Sight.Verdict.class);
    return (Sight.Verdict) sight;
  }
}
