package io.saccade.simulate.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.simulate.Traces;
import org.junit.jupiter.api.Test;

class TraceFileTest {
  private final String text = TraceWriter.text(Traces.mixed(1));

  @Test
  void readsWhatWasWritten() {
    Trace read = TraceParser.parse("t.csv", text);
    assertThat(read.clips()).isEqualTo(Traces.mixed(1).clips());
    assertThat(read.nominal()).isEqualTo(Traces.mixed(1).nominal());
    assertThat(TraceWriter.text(read)).isEqualTo(text);
  }

  @Test
  void theShippedTraceIsOfANetworkOfThreeLooks() {
    Trace shipped = TraceFile.shipped();
    assertThat(shipped.model()).isEqualTo("runway");
    assertThat(shipped.looks()).isEqualTo(3);
    assertThat(shipped.clips()).hasSizeGreaterThan(20);
    assertThat(shipped.frames()).isGreaterThan(1_000);
    // Looking further has to be worth something, or the simulator shows nothing.
    assertThat(shipped.accuracy(shipped.last())).isGreaterThan(shipped.accuracy(0) + 0.05);
  }

  @Test
  void namesTheLineThatIsWrong() {
    String line = text.lines().skip(14).findFirst().orElseThrow();
    assertRefused(line + ",1", "t.csv, line 15: expected clip, class, decodeNanos and 3 columns");
    assertRefused("a,b,1,2,1.5,1,2,0.5,1,2,0.5,1", "confidence must be within [0, 1], but was 1.5");
    assertRefused("a,b,1,2,0.5,yes,2,0.5,1,2,0.5,1", "right must be 0 or 1, but was 'yes'");
    assertRefused("a,b,1,2,0.5,1", "frames must have 3 looks");
    assertRefused("a,b,-1,2,0.5,1,2,0.5,1,2,0.5,1", "CPU time must be at least 0 ns, but was -1");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> TraceParser.parse("t.csv", text.replace("version=", "v=")))
        .hasMessageContaining("t.csv: expected version=...");
    assertThatThrownBy(() -> TraceParser.parse("t.csv", text.replaceAll("(?m)^clip-.*$", "")))
        .hasMessageContaining("a trace must have clips");
    assertThatThrownBy(() -> TraceParser.parse("empty.csv", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.csv");
  }

  private void assertRefused(String line, String message) {
    String first = text.lines().skip(14).findFirst().orElseThrow();
    assertThatThrownBy(() -> TraceParser.parse("t.csv", text.replace(first, line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
