package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void saysEveryFiveSecondsHowLongItWillStillTake() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    AtomicLong nanos = new AtomicLong(7);
    Progress progress =
        new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), 100, nanos::get);
    for (int picture = 0; picture < 100; picture++) {
      nanos.addAndGet(1_000_000_000L);
      progress.done();
    }

    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(19)
        .startsWith("5 of 100 pictures, 1.0/s, 1:35 left", "10 of 100 pictures, 1.0/s, 1:30 left");
  }
}
