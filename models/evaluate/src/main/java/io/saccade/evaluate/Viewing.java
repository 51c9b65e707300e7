package io.saccade.evaluate;

import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Looks at every picture with the product's own classifier: once to full depth, and once for real
 * at each of three operating points, in turns, so that whatever else the machine does meanwhile
 * falls on all alike.
 */
public final class Viewing {
  private static final int WARM_UP = 30;

  private final GfNet net;
  private final float[] everyLook;
  private final List<RealRun> realRuns;
  private final List<Sighting> sightings = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /** A picture that could not be read. */
  public record Skipped(String picture, String reason, String detail) {}

  public Viewing(GfNet net) {
    this.net = net;
    everyLook = new float[net.bundle().steps() - 1];
    Arrays.fill(everyLook, 2);
    Frontier frontier = net.bundle().frontier();
    realRuns =
        DoubleStream.of(0.25, 0.5, 0.75)
            .mapToInt(part -> (int) Math.round(part * (frontier.points().size() - 1)))
            .distinct()
            .mapToObj(position -> new RealRun(position, frontier.points().get(position)))
            .toList();
  }

  /** Looks at all pictures; what cannot be read is noted and left out. */
  public Viewing of(Gallery gallery, Progress progress) {
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      gallery.pictures().stream()
          .limit(WARM_UP)
          .forEach(picture -> classifier.classify(bytes(picture, false), everyLook, Deadline.NONE));
      for (Picture picture : gallery.pictures()) {
        byte[] image = bytes(picture, true);
        if (image.length > 0) {
          look(classifier, picture, image);
        }
        progress.done();
      }
    }
    if (sightings.isEmpty()) {
      throw new IllegalStateException(
          "expected at least 1 readable picture in %s, but of %d none was; the first: %s"
              .formatted(gallery.name(), skipped.size(), skipped.get(0)));
    }
    return this;
  }

  private void look(Classifier classifier, Picture picture, byte[] image) {
    int runs = realRuns.size() + 1;
    Sight.Verdict[] verdicts = new Sight.Verdict[runs];
    for (int turn = 0; turn < runs; turn++) {
      int run = (turn + sightings.size()) % runs;
      float[] thresholds = run == 0 ? everyLook : realRuns.get(run - 1).thresholds();
      Sight sight = classifier.classify(image, thresholds, Deadline.NONE);
      if (sight instanceof Sight.Unreadable why) {
        skip(picture, why.reason(), why.detail());
        return;
      }
      verdicts[run] = (Sight.Verdict) sight;
    }
    Sighting sighting = new Sighting(picture, verdicts[0].decodeNanos(), verdicts[0].looks());
    sightings.add(sighting);
    for (int run = 1; run < runs; run++) {
      realRuns.get(run - 1).add(verdicts[run], sighting);
    }
  }

  /** Empty when the file cannot be read, which is noted if asked for. */
  private byte[] bytes(Picture picture, boolean noted) {
    try {
      byte[] bytes = Files.readAllBytes(picture.file());
      if (bytes.length == 0 && noted) {
        skip(picture, "empty", "a picture must have bytes, but had 0");
      }
      return bytes;
    } catch (IOException e) {
      if (noted) {
        skip(picture, "unreadable-file", e.toString());
      }
      return new byte[0];
    }
  }

  private void skip(Picture picture, String reason, String detail) {
    String file = picture.file().getFileName().toString();
    String name = picture.clip().endsWith(file) ? picture.clip() : picture.clip() + "/" + file;
    skipped.add(new Skipped(name, reason, detail));
  }

  List<Sighting> sightings() {
    return sightings;
  }

  public List<Skipped> skipped() {
    return List.copyOf(skipped);
  }

  List<RealRun> realRuns() {
    return realRuns;
  }
}
