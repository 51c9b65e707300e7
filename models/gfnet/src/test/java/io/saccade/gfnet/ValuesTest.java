package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.Frontier.Point;
import io.saccade.gfnet.Sight.Look;
import io.saccade.gfnet.Sight.Stop;
import io.saccade.gfnet.Sight.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final Frontier FRONTIER =
      new Frontier(List.of(new Point(new float[1], new double[] {1, 0}, 1, 0.5)));

  private static Bundle bundle(String id, String sha256, int patch, int steps, String... classes) {
    return new Bundle(id, "1", sha256, 64, 32, patch, steps, List.of(classes), FRONTIER);
  }

  @Test
  void aBundleRefusesToBeWrong() {
    assertThat(bundle("a", HASH, 64, 2, "x").classes()).containsExactly("x");
    assertThatThrownBy(() -> bundle(" ", HASH, 64, 2, "x"))
        .hasMessage("id must be text, but was blank");
    assertThatThrownBy(() -> bundle("a", "ab", 64, 2, "x"))
        .hasMessage("sha256 must be 64 lower-case hex digits, but was ab");
    assertThatThrownBy(() -> bundle("a", HASH, 65, 2, "x"))
        .hasMessage("patchSize must be within [1, 64], but was 65");
    assertThatThrownBy(() -> bundle("a", HASH, 64, 3, "x"))
        .hasMessage("steps must be 2, as in the frontier, but was 3");
    assertThatThrownBy(() -> bundle("a", HASH, 64, 2, "x", "x"))
        .hasMessage("classes must be at least 1 unique name, but was [x, x]");
    assertThatThrownBy(() -> bundle("a", HASH, 64, 2)).hasMessageContaining("classes");
  }

  @Test
  void limitsRefuseToBeBeyondWhatTheDecoderBears() {
    assertThatThrownBy(() -> new Limits(0, 1, 1))
        .hasMessage("maxBytes must be within [1, 1073741824], but was 0");
    assertThatThrownBy(() -> new Limits(1, (1L << 30) + 1, 1))
        .hasMessage("maxPixels must be within [1, 1073741824], but was 1073741825");
    assertThatThrownBy(() -> new Limits(1, 1, (1 << 20) + 1))
        .hasMessage("maxSide must be within [1, 1048576], but was 1048577");
  }

  @Test
  void aVerdictIsOfTheMostProbableClass() {
    Look look = new Look(0, 0, 1, 1, 0.5f, 0, 1);
    Verdict verdict = new Verdict(new float[] {0.2f, 0.5f, 0.3f}, List.of(look), Stop.CONFIDENT, 1);

    assertThat(verdict.best()).isEqualTo(1);
    assertThat(verdict.confidence()).isEqualTo(0.5f);
    assertThatThrownBy(() -> new Verdict(new float[0], List.of(look), Stop.CONFIDENT, 1))
        .hasMessage("a verdict must have probabilities and looks, but had 0 and 1");
    assertThatThrownBy(() -> new Verdict(new float[1], List.of(), Stop.CONFIDENT, 1))
        .hasMessageContaining("1 and 0");
  }
}
