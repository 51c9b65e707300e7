package io.saccade.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Two networks that looked at the same frames, paired by clip. */
public final class Pairing {
  /** A clip as both saw it. */
  private record Pair(Report.Part first, Report.Part second) {
    double gain(int look) {
      return (second.accuracyPerStep().get(look) - first.accuracyPerStep().get(look))
          * first.frames();
    }
  }

  private Pairing() {}

  /**
   * How much more often the second is right than the first, look by look, as a share of frames,
   * with 90 % intervals over clips.
   *
   * @throws IllegalArgumentException when they have not looked at the same clips as often
   */
  public static List<Report.Estimate> gains(Report first, Report second) {
    List<Pair> pairs = pairs(first, second);
    double[] frames = pairs.stream().mapToDouble(pair -> pair.first.frames()).toArray();
    List<Report.Estimate> gains = new ArrayList<>();
    for (int look = 0; look < first.accuracyPerStep().size(); look++) {
      int at = look;
      double[] sums = pairs.stream().mapToDouble(pair -> pair.gain(at)).toArray();
      gains.add(Clips.estimate(sums, frames, -1));
    }
    return gains;
  }

  private static List<Pair> pairs(Report first, Report second) {
    Map<String, Report.Part> theirs =
        second.clipTable().stream()
            .collect(Collectors.toMap(Report.Part::name, Function.identity()));
    List<Pair> pairs = new ArrayList<>();
    int paired = 0;
    for (Report.Part ours : first.clipTable()) {
      Report.Part other = theirs.get(ours.name());
      if (other != null && other.frames() == ours.frames()) {
        pairs.add(new Pair(ours, other));
        paired += ours.frames();
      }
    }
    // Loose pictures are clips of one frame, which reports do not list.
    if (paired != first.frames()
        || paired != second.frames()
        || first.accuracyPerStep().size() != second.accuracyPerStep().size()) {
      throw new IllegalArgumentException(
          ("expected two reports of as many looks at the same clips of several frames each, but found"
                  + " %s with %d frames of %d clips and %s with %d of %d")
              .formatted(
                  first.model().id(),
                  first.frames(),
                  first.clips(),
                  second.model().id(),
                  second.frames(),
                  second.clips()));
    }
    return pairs;
  }
}
