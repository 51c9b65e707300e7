package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Label;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AccountingPropertyTest {

  /** A frame that arrives {@code pauseMillis} after the one before. */
  record Arrival(String camera, long capturedMillis, byte[] image, int pauseMillis) {}

  /** Whatever clocks the cameras have, whatever they send: each frame has its label, in order. */
  @Property(tries = 60, seed = "1")
  void eachFrameGetsExactlyOneLabel(
      @ForAll("arrivals") @Size(max = 200) List<Arrival> arrivals,
      @ForAll @IntRange(min = 1, max = 20) int framesPerTick)
      throws Exception {
    FakeClock clock = new FakeClock();
    try (Subtask subtask = Subtask.started(clock, new ScriptedNetwork(clock))) {
      int frames = 0;
      for (Arrival arrival : arrivals) {
        clock.pass(arrival.pauseMillis() * 1_000_000L);
        subtask.frame(arrival.camera(), arrival.capturedMillis(), arrival.image());
        if (++frames % framesPerTick == 0) {
          subtask.tick();
        }
      }
      subtask.tick();
      assertThat(subtask.labels())
          .extracting(Label::offset)
          .containsExactlyElementsOf(LongStream.range(0, arrivals.size()).boxed().toList());
      assertThat(subtask.deadLetters())
          .hasSize(
              (int)
                  subtask.labels().stream()
                      .filter(label -> label.outcome().equals(Label.UNREADABLE))
                      .count());
    }
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    Arbitrary<Long> captured =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-2_000, 2_000).map(it -> FakeClock.START_MILLIS + it),
            Arbitraries.of(
                0L,
                -1L,
                1L,
                253_402_300_799_000L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                4_102_444_800_000L),
            Arbitraries.longs());
    Arbitrary<byte[]> image =
        Arbitraries.of(picture(0, 90), picture(1, 40), picture(2, 60), new byte[0]);
    return Combinators.combine(
            Arbitraries.of("gate", "yard", "door"),
            captured,
            image,
            Arbitraries.integers().between(0, 50))
        .as(Arrival::new)
        .list();
  }
}
