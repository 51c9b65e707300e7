package io.saccade.simulate.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.simulate.Traces;
import io.saccade.simulate.load.Load.Clips;
import io.saccade.simulate.load.Load.Spacing;
import io.saccade.simulate.trace.Trace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Trace TRACE = Traces.mixed(1);

  @Property(tries = 50, seed = "1")
  void theSameSeedGivesTheSameFramesInOrder(@ForAll long seed) {
    Scenario scenario = scenario(Load.of(Course.wave(20, 50, 40)));
    List<Frame> frames = Arrivals.of(scenario, TRACE, seed);
    assertThat(frames).isEqualTo(Arrivals.of(scenario, TRACE, seed));
    assertThat(frames).isSortedAccordingTo(Comparator.comparingLong(Frame::available));
    assertThat(frames).allMatch(frame -> frame.available() >= frame.captured());
    Set<String> names = new HashSet<>();
    frames.forEach(frame -> names.add(frame.camera() + "/" + frame.sequence()));
    assertThat(names).hasSameSizeAs(frames);
  }

  @Test
  void comesAtTheRateAsked() {
    for (Spacing spacing : Spacing.values()) {
      Load load = Load.of(Course.steady(100)).spaced(spacing, 10);
      assertThat(Arrivals.of(scenario(load), TRACE, 3).size() / Scenario.SECONDS)
          .as(spacing.name())
          .isCloseTo(100, within(3.0));
    }
  }

  @Test
  void whatIsCutOffComesWhenTheCutEnds() {
    Scenario cut = scenario(Load.of(Course.steady(50))).by(Transport.cut(10, 20));
    assertThat(Arrivals.of(cut, TRACE, 3))
        .noneMatch(it -> it.available() > 10.1e9 && it.available() < 20e9)
        .anyMatch(it -> it.available() == 20_000_000_000L && it.captured() < 10.1e9);
  }

  @Test
  void stampsCanBeWrong() {
    Scenario future =
        scenario(Load.of(Course.steady(50))).by(new Transport(Span.NEVER, true, 0, 0));
    assertThat(Arrivals.of(future, TRACE, 3))
        .allMatch(it -> it.camera() == 0 == it.stamped() > it.captured() + 500_000_000_000L);
    Scenario doubled =
        scenario(Load.of(Course.steady(50))).by(new Transport(Span.NEVER, false, 0, 0.5));
    List<Frame> frames = Arrivals.of(doubled, TRACE, 3);
    Set<String> stamps = new HashSet<>();
    frames.forEach(frame -> stamps.add(frame.camera() + "/" + frame.stamped()));
    assertThat(stamps.size() / (double) frames.size()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void hardClipsTakeMoreLooksThanEasyOnes() {
    float[] middle = TRACE.frontier().points().get(TRACE.last() / 2).thresholds();
    assertThat(looks(Clips.HARDEST, middle)).isGreaterThan(looks(Clips.HARD, middle));
    assertThat(looks(Clips.HARD, middle)).isGreaterThan(looks(Clips.EASY, middle));
  }

  private static double looks(Clips clips, float[] thresholds) {
    Load load = Load.of(Course.steady(100)).showing((camera, seconds) -> clips);
    return Arrivals.of(scenario(load), TRACE, 3).stream()
        .mapToInt(frame -> frame.content().looksUnder(thresholds))
        .average()
        .orElseThrow();
  }

  private static Scenario scenario(Load load) {
    return Scenario.of("test", "for a test", Scenario.Kind.OTHER, 0.8, load);
  }
}
