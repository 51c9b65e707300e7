package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairingTest {

  @Test
  void aSteadyGainIsCertainHoweverUnlikeTheClips() {
    Report floats = report(part("easy", 10, 0.9), part("hard", 10, 0.1), part("long", 40, 0.5));
    Report bytes = report(part("long", 40, 0.6), part("hard", 10, 0.2), part("easy", 10, 1.0));

    List<Report.Estimate> gains = Pairing.gains(floats, bytes);

    assertThat(gains).hasSize(1);
    assertThat(gains.get(0).mean()).isCloseTo(0.1, within(1e-9));
    assertThat(gains.get(0).low()).isCloseTo(0.1, within(1e-9));
    assertThat(gains.get(0).high()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void clipsCountByTheirFramesAndOneLuckyClipMakesAGainUncertain() {
    Report.Part[] before =
        IntStream.range(0, 20)
            .mapToObj(i -> part("clip-" + i, 10, 0.5))
            .toArray(Report.Part[]::new);
    Report.Part[] after = before.clone();
    after[3] = part("clip-3", 10, 1.0);

    Report.Estimate gain = Pairing.gains(report(before), report(after)).get(0);

    assertThat(gain.mean()).isCloseTo(0.025, within(1e-9));
    assertThat(gain.low()).isZero();
    assertThat(gain.high()).isGreaterThan(0.05);
  }

  @Test
  void otherClipsOrLoosePicturesCannotBePaired() {
    Report one = report(part("a", 10, 0.5), part("b", 10, 0.5));

    assertThatThrownBy(() -> Pairing.gains(one, report(part("a", 10, 0.5), part("c", 10, 0.5))))
        .hasMessageContaining("the same clips of several frames each, but found m with 20 frames");
    assertThatThrownBy(() -> Pairing.gains(one, report(part("a", 10, 0.5), part("b", 9, 0.5))))
        .isInstanceOf(IllegalArgumentException.class);
    Report loose = withFrames(21, part("a", 10, 0.5), part("b", 10, 0.5));
    assertThatThrownBy(() -> Pairing.gains(loose, loose))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Report.Part part(String name, int frames, double right) {
    return new Report.Part(name, 1, frames, List.of(right));
  }

  private static Report report(Report.Part... clips) {
    return withFrames(List.of(clips).stream().mapToInt(Report.Part::frames).sum(), clips);
  }

  private static Report withFrames(int frames, Report.Part... clips) {
    return new Report(
        Report.FORMAT,
        new Report.Model("m", "1.0.0", "", Map.of()),
        "data/test",
        frames,
        clips.length,
        List.of(0.5),
        List.of(),
        List.of(),
        List.of(),
        new Report.Stages(1, List.of(1.0), 1, 1),
        List.of(),
        List.of(),
        List.of(),
        List.of(clips),
        List.of(),
        List.of(),
        new Report.Machine("two cores", 0, 0, 1));
  }
}
