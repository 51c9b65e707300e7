package io.saccade.evaluate.sizing;

import io.saccade.evaluate.sizing.ModelCosts.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Works out what cameras need, by a model's costs and assumptions. */
public record Sizer(ModelCosts model, Assumptions assumptions) {
  /** Subtasks that share a process: with more, one that dies takes more with it. */
  private static final int TOGETHER = 4;

  /** Within a hundredth of the best accuracy: more looks are hardly worth their price. */
  private static final double NEARLY = 1;

  /** The sizing at a quality: {@code glance}, {@code best}, {@code full} or a position. */
  public Sizing at(String quality, Load load) {
    return sized(load, named(quality, load));
  }

  /** The sizing where so many cores are given to classifying threads. */
  public Sizing within(double cores, Load load) {
    if (!(cores > 0 && cores < 1e9)) {
      throw new IllegalArgumentException("cores must be above 0, but were " + cores);
    }
    return sized(load, affordable(cores, load));
  }

  private Quality named(String quality, Load load) {
    return switch (quality.toLowerCase(Locale.ROOT)) {
      case "glance" -> of("glance", model.glance(), load);
      case "best" -> of("best", model.nearlyBest(NEARLY), load);
      case "full" -> of("full", model.full(), load);
      default -> of(quality, mixed(position(quality)), load);
    };
  }

  private double position(String text) {
    int last = model.points().size() - 1;
    try {
      double position = Double.parseDouble(text);
      if (position >= 0 && position <= last) {
        return position;
      }
    } catch (NumberFormatException notANumber) {
      // Complained of below, as any other.
      return complain(text, last);
    }
    return complain(text, last);
  }

  private static double complain(String text, int last) {
    throw new IllegalArgumentException(
        "quality must be glance, best, full or a position within [0, %d], but was '%s'"
            .formatted(last, text));
  }

  /** Neighbouring points are mixed frame by frame, so cost and accuracy lie on the line between. */
  private Mixed mixed(double position) {
    int below = Math.min((int) position, model.points().size() - 2);
    return new Mixed(model.points().get(below), model.points().get(below + 1), position - below);
  }

  private record Mixed(Point from, Point to, double part) {
    double position() {
      return from.position() + part * (to.position() - from.position());
    }

    double between(double one, double other) {
      return one + part * (other - one);
    }
  }

  private Quality of(String name, Point point, Load load) {
    return of(name, new Mixed(point, point, 0), load);
  }

  private Quality of(String name, Mixed at, Load load) {
    double millis =
        frameMillis(at.between(at.from().looksMillis(), at.to().looksMillis()), load.resolution());
    return new Quality(
        name,
        at.position(),
        at.between(at.from().looks(), at.to().looks()),
        millis,
        load.offered() * millis / 1e3,
        at.between(at.from().accuracy(), at.to().accuracy()),
        at.between(at.from().low(), at.to().low()),
        at.between(at.from().high(), at.to().high()),
        1);
  }

  private double frameMillis(double looksMillis, Resolution resolution) {
    return (decodeMillis(resolution) + looksMillis) / assumptions.pipelineEfficiency();
  }

  private double decodeMillis(Resolution resolution) {
    Double given = assumptions.decodeMillis();
    return given == null ? DecodeCost.millis(resolution, model.viewSide(), model.reduces()) : given;
  }

  /** As far along the frontier as the cores go; where glances do not fit, frames are left out. */
  private Quality affordable(double cores, Load load) {
    List<Point> points = model.points();
    Quality glance = of("glance", model.glance(), load);
    if (cores <= glance.cores()) {
      return left(glance, cores);
    }
    for (int at = 1; at < points.size(); at++) {
      double below = of("", points.get(at - 1), load).cores();
      double above = of("", points.get(at), load).cores();
      if (cores < above) {
        double part = (cores - below) / (above - below);
        return of("affordable", new Mixed(points.get(at - 1), points.get(at), part), load);
      }
    }
    return of("affordable", model.full(), load);
  }

  private static Quality left(Quality glance, double cores) {
    return new Quality(
        "affordable",
        0,
        glance.looks(),
        glance.frameMillis(),
        cores,
        glance.accuracy(),
        glance.low(),
        glance.high(),
        cores / glance.cores());
  }

  private Sizing sized(Load load, Quality chosen) {
    int subtasks = whole(chosen.cores() / Assumptions.USABLE_CORE);
    int jobs = whole(subtasks / (double) Assumptions.MOST_SUBTASKS);
    double frames = load.offered() * assumptions.pictureBytes(load.resolution());
    double perJob = subtasks / (double) jobs;
    int together = Math.min(TOGETHER, subtasks);
    int taskManagers = whole(subtasks / (double) together);
    return new Sizing(
        load,
        model.model(),
        model.machine(),
        decodeMillis(load.resolution()),
        assumptions.pictureBytes(load.resolution()),
        qualities(load),
        chosen,
        subtasks,
        jobs,
        partitions(load, subtasks, frames),
        chosen.cores(),
        frames / 1e6,
        frames * (assumptions.replication() - 1) / 1e6,
        load.offered() * assumptions.labelBytes() / 1e6,
        perJob
            * (Assumptions.DECISIONS_PER_SECOND * Assumptions.DECISION_BYTES
                + Assumptions.NEWS_BYTES)
            / 1e6,
        perJob * perJob * Assumptions.HEARD_BYTES / 1e6,
        load.cameras()
            * (Assumptions.CAMERA_BYTES + Assumptions.CLASS_BYTES * model.classes())
            / 1e6,
        taskManagers
            * (Assumptions.TASK_MANAGER_MEGABYTES + (together - 1) * Assumptions.SUBTASK_MEGABYTES),
        together);
  }

  /** Room for every look, since partitions are hard to add; but none that no camera can be in. */
  private int partitions(Load load, int subtasks, double framesPerSecond) {
    int toGrow = whole(of("full", model.full(), load).cores() / Assumptions.USABLE_CORE);
    int toCarry = whole(framesPerSecond / Assumptions.PARTITION_BYTES_PER_SECOND);
    long wanted = Math.max(Math.max(toGrow, toCarry), subtasks);
    return (int) Math.max(subtasks, Math.min(load.cameras(), wanted));
  }

  private List<Quality> qualities(Load load) {
    List<Quality> qualities = new ArrayList<>();
    qualities.add(of("glance", model.glance(), load));
    qualities.add(of("best", model.nearlyBest(NEARLY), load));
    qualities.add(of("full", model.full(), load));
    return qualities;
  }

  private static int whole(double number) {
    return Math.max(1, (int) Math.ceil(number - 1e-9));
  }
}
