package io.saccade.job.classify;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Sight;
import io.saccade.gfnet.Sight.Stop;
import io.saccade.job.network.Network;
import io.saccade.job.network.NetworkOpener;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that sees what the picture says: its first byte is the class, its second the confidence
 * in percent, the same at every look. Decoding takes 1 ms of the clock, a look 2 ms.
 */
final class ScriptedNetwork implements NetworkOpener, Network, Classifier {
  static final List<String> CLASSES = List.of("amber", "basalt", "cobalt");
  static final int LOOKS = 3;

  private static final long DECODE_NANOS = 1_000_000;
  private static final long LOOK_NANOS = 2_000_000;
  static final double GLANCE_WORK = 1e6;
  static final double FOCUS_WORK = 2e6;
  private static final byte BROKEN = -1;
  private static final byte CORRUPT = -2;

  private final FakeClock clock;
  private final String model;
  private final List<String> classes;
  private int classified;
  private int closed;

  ScriptedNetwork(FakeClock clock) {
    this(clock, "a1".repeat(32));
  }

  ScriptedNetwork(FakeClock clock, String model) {
    this(clock, model, CLASSES);
  }

  ScriptedNetwork(FakeClock clock, String model, List<String> classes) {
    this.clock = clock;
    this.model = model;
    this.classes = classes;
  }

  static byte[] picture(int kind, int percent) {
    return new byte[] {(byte) kind, (byte) percent};
  }

  /** A picture at which the network breaks down. */
  static byte[] breaksTheNetwork() {
    return new byte[] {BROKEN, 0};
  }

  /** A picture that turns out to be none once it is decoded. */
  static byte[] corrupt() {
    return new byte[] {CORRUPT, 0};
  }

  int classified() {
    return classified;
  }

  /** Times that it was closed, as network and as classifier. */
  int closed() {
    return closed;
  }

  @Override
  public Network open() {
    return this;
  }

  @Override
  public Bundle bundle() {
    return new Bundle("scripted", "1", model, 64, 32, 32, LOOKS, classes, frontier());
  }

  private static Frontier frontier() {
    return new Frontier(
        List.of(
            new Frontier.Point(new float[] {0, 0}, new double[] {1, 0, 0}, 1, 0.5),
            new Frontier.Point(new float[] {2, 2}, new double[] {0, 0, 1}, 3, 0.8)));
  }

  @Override
  public StageCosts measured() {
    return new StageCosts(DECODE_NANOS, LOOK_NANOS, LOOK_NANOS);
  }

  @Override
  public LookWork work() {
    return new LookWork(GLANCE_WORK, FOCUS_WORK);
  }

  @Override
  public Classifier classifier() {
    return this;
  }

  @Override
  public Sight classify(byte[] image, float[] thresholds, Deadline deadline) {
    classified++;
    if (image.length == 0) {
      return new Sight.Unreadable("empty", "a picture must have bytes, but had none");
    }
    if (image[0] == BROKEN) {
      throw new IllegalStateException("the network broke down");
    }
    clock.work(DECODE_NANOS);
    if (image[0] == CORRUPT) {
      return new Sight.Unreadable("corrupt", "a picture must be whole, but was not");
    }
    float[] probabilities = probabilities(image);
    List<Sight.Look> looks = new ArrayList<>();
    while (true) {
      clock.work(LOOK_NANOS);
      looks.add(new Sight.Look(0, 0, 64, 64, probabilities[image[0]], image[0], LOOK_NANOS));
      if (looks.size() == LOOKS) {
        return new Sight.Verdict(probabilities, looks, Stop.EVERY_LOOK, DECODE_NANOS);
      }
      if (probabilities[image[0]] >= thresholds[looks.size() - 1]) {
        return new Sight.Verdict(probabilities, looks, Stop.CONFIDENT, DECODE_NANOS);
      }
      if (!deadline.allows(looks.size() + 1)) {
        return new Sight.Verdict(probabilities, looks, Stop.DEADLINE, DECODE_NANOS);
      }
    }
  }

  private static float[] probabilities(byte[] image) {
    float sure = image[1] / 100f;
    float[] probabilities = new float[CLASSES.size()];
    java.util.Arrays.fill(probabilities, (1 - sure) / (CLASSES.size() - 1));
    probabilities[image[0]] = sure;
    return probabilities;
  }

  @Override
  public void close() {
    closed++;
  }
}
