package io.saccade.simulate.trace;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.Sight;
import io.saccade.gfnet.Sight.Verdict;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.simulate.trace.TracedFrame.TracedLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Takes every look at every picture of a folder and notes what came of it. A picture is looked at
 * once for each depth, because only the last look of a sight tells its class; of the CPU times the
 * lower median counts, so that another process on the same core does not end up in the trace.
 */
public final class Recorder {
  private static final float NEVER = 2;
  private static final int WARM_UP = 30;

  private final Bundle bundle;
  private final Classifier classifier;
  private final IntConsumer progress;
  private int frames;

  private Recorder(Bundle bundle, Classifier classifier, IntConsumer progress) {
    this.bundle = bundle;
    this.classifier = classifier;
    this.progress = progress;
  }

  /**
   * Records the pictures {@code data/CLASS/CLIP/PICTURE}.
   *
   * @param progress told the number of frames done, after each clip
   * @throws IllegalArgumentException when a folder is no class of the model, or a picture cannot be
   *     read
   */
  public static Trace record(GfNet net, Path data, IntConsumer progress) throws IOException {
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      Recorder recorder = new Recorder(net.bundle(), classifier, progress);
      List<Clip> clips = recorder.clips(data);
      GfNet.StageTimes times = net.measured();
      Manifest.MultiplyAdds work = net.multiplyAdds();
      return new Trace(
          net.bundle().id(),
          net.bundle().version(),
          net.bundle().sha256(),
          new StageCosts(times.decodeNanos(), times.glanceNanos(), times.focusNanos()),
          new LookWork(work.glance(), work.focus()),
          net.bundle().frontier(),
          clips);
    }
  }

  private List<Clip> clips(Path data) throws IOException {
    List<Clip> clips = new ArrayList<>();
    for (Path label : children(data)) {
      int truth = bundle.classes().indexOf(label.getFileName().toString());
      if (truth < 0) {
        throw new IllegalArgumentException(
            "folders in %s must be classes of the model (%s), but there is %s"
                .formatted(data, String.join(", ", bundle.classes()), label.getFileName()));
      }
      for (Path clip : children(label)) {
        clips.add(clip(clip, truth));
        progress.accept(frames);
      }
    }
    return clips;
  }

  private Clip clip(Path folder, int truth) throws IOException {
    List<TracedFrame> traced = new ArrayList<>();
    for (Path picture : children(folder)) {
      if (frames == 0) {
        warmUp(picture);
      }
      traced.add(frame(picture, truth));
      frames++;
    }
    return new Clip(folder.getFileName().toString(), bundle.classes().get(truth), traced);
  }

  private void warmUp(Path picture) throws IOException {
    for (int round = 0; round < WARM_UP; round++) {
      sight(picture, bundle.steps());
    }
  }

  private TracedFrame frame(Path picture, int truth) throws IOException {
    int steps = bundle.steps();
    List<Verdict> verdicts = new ArrayList<>();
    for (int depth = 1; depth <= steps; depth++) {
      verdicts.add(sight(picture, depth));
    }
    verdicts.add(sight(picture, steps));
    List<TracedLook> looks = new ArrayList<>();
    for (int look = 0; look < steps; look++) {
      int at = look;
      Verdict last = verdicts.get(look);
      long nanos =
          lowerMedian(
              verdicts.stream()
                  .filter(verdict -> verdict.looks().size() > at)
                  .mapToLong(verdict -> verdict.looks().get(at).cpuNanos())
                  .toArray());
      looks.add(new TracedLook(nanos, Math.min(1, last.confidence()), last.best() == truth));
    }
    long decode = lowerMedian(verdicts.stream().mapToLong(Verdict::decodeNanos).toArray());
    return new TracedFrame(decode, looks);
  }

  private Verdict sight(Path picture, int depth) throws IOException {
    float[] thresholds = new float[bundle.steps() - 1];
    Arrays.fill(thresholds, 0, depth - 1, NEVER);
    Sight sight = classifier.classify(Files.readAllBytes(picture), thresholds, Deadline.NONE);
    if (sight instanceof Verdict verdict) {
      return verdict;
    }
    throw new IllegalArgumentException("expected a picture, but found " + picture + ": " + sight);
  }

  private static long lowerMedian(long[] values) {
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
