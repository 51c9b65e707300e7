package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Map<String, String> known = Map.of("camera-00", "bolt", "camera-01", "nut");
  private final Ledger ledger = new Ledger(known, Map.of(), 0);

  private List<String> drawn(boolean plain, int rows, long nowNanos) {
    LiveTable table = new LiveTable(new PrintStream(written, true, UTF_8), plain, rows, known);
    table.draw(ledger, nowNanos, 12);
    return written.toString(UTF_8).lines().toList();
  }

  @Test
  void saysThatItIsStartingBeforeTheFirstDecision() {
    assertThat(drawn(true, 0, 0)).containsExactly("  12 s  starting");
  }

  @Test
  void isOneLineWithoutControlCharactersWhereThereIsNoTerminal() {
    ledger.book(Records.classified("camera-00", 0, 0, "bolt", 2), 0, 1_000);
    ledger.book(Records.decision(0, 2, 2_000, 40, 6));
    ledger.book(Records.decision(1, 2, 2_000, 40, 6));

    assertThat(drawn(true, 0, 0))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("  12 s  offered 120/s  budget 0.80 cores")
                    .contains("classified 1, shed 0")
                    .doesNotContain("\u001b"));
  }

  @Test
  void showsEachCameraWithWhatItSeesAndWhereItErrs() {
    ledger.book(Records.classified("camera-00", 0, 0, "bolt", 2), 0, 1_000);
    ledger.book(Records.classified("camera-01", 0, 1, "rock", 1), 0, 1_000);
    ledger.book(Records.shed("gate", 0, 2), 0, 1_000);
    ledger.book(Records.decision(0, 1, 2_000, 40, 6));

    List<String> lines = drawn(false, 24, SECOND_NANOS);

    assertThat(lines).anyMatch(it -> it.contains("kept 100%"));
    assertThat(lines).anyMatch(it -> it.matches("camera-00 +bolt +80%  oo +30 ms.*"));
    assertThat(lines).anyMatch(it -> it.startsWith("camera-01") && it.contains("(is: nut)"));
    assertThat(lines).anyMatch(it -> it.startsWith("gate") && it.contains("shed: too-old"));
  }

  @Test
  void saysOfACameraThatNothingComesFromIt() {
    ledger.book(Records.classified("camera-00", 0, 0, "bolt", 2), 0, 1_000);

    assertThat(drawn(false, 24, 5 * SECOND_NANOS)).anyMatch(it -> it.contains("(silent for 5 s)"));
  }

  @Test
  void doesNotRunOverTheEndOfTheTerminal() {
    for (int i = 0; i < 40; i++) {
      ledger.book(Records.classified("camera-" + i, 0, i, "bolt", 1), 0, 1_000);
    }

    List<String> lines = drawn(false, 12, 0);

    assertThat(lines).hasSizeLessThanOrEqualTo(12);
    assertThat(lines).anyMatch(it -> it.startsWith("... and 34 more"));
  }
}
