package io.saccade.simulate.trace;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Frontier;
import java.util.Comparator;
import java.util.List;

/**
 * A model as the simulator knows it.
 *
 * @param model id of the bundle
 * @param version of the bundle
 * @param sha256 of the bundle's manifest, hex
 * @param nominal CPU time of each stage, as the job measures it at start on the golden picture
 * @param work multiply-adds of a glance and of a focus look
 * @param frontier of the bundle
 * @param clips with every look of every frame
 */
public record Trace(
    String model,
    String version,
    String sha256,
    StageCosts nominal,
    LookWork work,
    Frontier frontier,
    List<Clip> clips) {

  public Trace {
    clips = List.copyOf(clips);
    if (clips.isEmpty()) {
      throw new IllegalArgumentException("a trace must have clips, but had none");
    }
    for (Clip clip : clips) {
      for (TracedFrame frame : clip.frames()) {
        if (frame.looks().size() != frontier.looks()) {
          throw new IllegalArgumentException(
              "frames must have %d looks, as the frontier has, but one of clip %s had %d"
                  .formatted(frontier.looks(), clip.name(), frame.looks().size()));
        }
      }
    }
  }

  /** T: the most looks. */
  public int looks() {
    return frontier.looks();
  }

  /** Last point of the frontier. */
  public int last() {
    return frontier.points().size() - 1;
  }

  /** Number of frames. */
  public int frames() {
    return clips.stream().mapToInt(clip -> clip.frames().size()).sum();
  }

  /** Mean CPU time of a frame at a point of the frontier, over all frames. */
  public double nanos(int point) {
    float[] thresholds = frontier.points().get(point).thresholds();
    return clips.stream()
        .flatMap(clip -> clip.frames().stream())
        .mapToLong(frame -> frame.nanos(frame.looksUnder(thresholds)))
        .average()
        .orElse(0);
  }

  /** Share of right answers at a point of the frontier, over all frames. */
  public double accuracy(int point) {
    float[] thresholds = frontier.points().get(point).thresholds();
    return clips.stream()
        .flatMap(clip -> clip.frames().stream())
        .mapToInt(frame -> frame.right(frame.looksUnder(thresholds)) ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** The clips, easiest first: those that take the fewest looks at the middle of the frontier. */
  public List<Clip> easiestFirst() {
    float[] middle = frontier.points().get(last() / 2).thresholds();
    return clips.stream()
        .sorted(
            Comparator.comparingDouble((Clip clip) -> clip.meanLooks(middle))
                .thenComparing(Clip::name))
        .toList();
  }
}
