package io.saccade.evaluate;

import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.GfNet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** From what was seen to the figures of the report. */
public final class Evaluation {
  private final GfNet net;
  private final Bundle bundle;
  private final List<Sighting> sightings;
  private final Clips clips;
  private final Report.Stages stages;

  private Evaluation(GfNet net, Viewing viewing) {
    this.net = net;
    bundle = net.bundle();
    sightings = viewing.sightings();
    clips = new Clips(sightings);
    stages =
        new Report.Stages(
            millis(Clips.mean(sightings, Sighting::decodeNanos)),
            eachLook(
                look -> millis(Clips.mean(sightings, s -> s.looks().get(look - 1).cpuNanos()))),
            net.multiplyAdds().glance(),
            net.multiplyAdds().focus());
  }

  /**
   * The report of what was seen.
   *
   * @param machine on which it was seen, and how long that took
   */
  public static Report report(GfNet net, Gallery gallery, Viewing viewing, Report.Machine machine) {
    Evaluation seen = new Evaluation(net, viewing);
    return new Report(
        Report.FORMAT,
        seen.model(),
        gallery.name(),
        seen.sightings.size(),
        seen.clips.byClip().size(),
        seen.accuracy(seen.sightings),
        seen.eachLook(look -> seen.clips.estimate(s -> s.isRight(look) ? 1 : 0, 0)),
        seen.eachLook(
            look ->
                seen.clips.estimate(s -> (s.isRight(look) ? 1 : 0) - (s.isRight(1) ? 1 : 0), -1)),
        seen.eachLook(look -> CalibrationError.of(seen.sightings, look)),
        seen.stages,
        seen.frontier(),
        viewing.realRuns().stream().map(RealRun::report).toList(),
        seen.classes(),
        seen.clipTable(),
        viewing.skipped(),
        gallery.emptyClasses(),
        machine);
  }

  private Report.Model model() {
    return new Report.Model(
        bundle.id(), bundle.version(), bundle.sha256(), new TreeMap<>(net.hashes()));
  }

  private List<Report.Point> frontier() {
    Frontier frontier = bundle.frontier();
    double[][] reach = frontier.reach();
    return IntStream.range(0, reach.length)
        .mapToObj(position -> point(position, frontier.points().get(position), reach[position]))
        .toList();
  }

  private Report.Point point(int position, Frontier.Point promised, double[] reach) {
    float[] thresholds = promised.thresholds();
    double predicted = stages.decodeMillis();
    for (int look = 0; look < reach.length; look++) {
      predicted += reach[look] * stages.lookMillis().get(look);
    }
    double focusLooks = Clips.mean(sightings, s -> s.looksTaken(thresholds) - 1);
    Report.Estimate right = clips.estimate(s -> s.isRight(s.looksTaken(thresholds)) ? 1 : 0, 0);
    return new Report.Point(
        position,
        millis(Clips.mean(sightings, s -> s.cpuNanos(s.looksTaken(thresholds)))),
        millis(Clips.mean(sightings, s -> s.lookNanos(s.looksTaken(thresholds)))),
        stages.glanceMultiplyAdds() + focusLooks * stages.focusMultiplyAdds(),
        1 + focusLooks,
        right.mean(),
        right,
        predicted,
        promised.meanLooks(),
        promised.accuracy(),
        eachLook(look -> Clips.mean(sightings, s -> s.looksTaken(thresholds) == look ? 1 : 0)),
        DoubleStream.of(promised.exitShares()).boxed().toList());
  }

  private List<Report.Part> classes() {
    List<Report.Part> parts = new ArrayList<>();
    for (int label = 0; label < bundle.classes().size(); label++) {
      int wanted = label;
      List<Sighting> of = sightings.stream().filter(s -> s.picture().label() == wanted).toList();
      if (!of.isEmpty()) {
        int its = (int) of.stream().map(s -> s.picture().clip()).distinct().count();
        parts.add(new Report.Part(bundle.classes().get(label), its, of.size(), accuracy(of)));
      }
    }
    return parts;
  }

  private List<Report.Part> clipTable() {
    Map<String, List<Sighting>> of = new LinkedHashMap<>(clips.byClip());
    of.values().removeIf(frames -> frames.size() < 2);
    return of.entrySet().stream()
        .map(it -> new Report.Part(it.getKey(), 1, it.getValue().size(), accuracy(it.getValue())))
        .toList();
  }

  private List<Double> accuracy(List<Sighting> of) {
    return eachLook(look -> Clips.mean(of, s -> s.isRight(look) ? 1 : 0));
  }

  private <T> List<T> eachLook(IntFunction<T> figure) {
    return IntStream.rangeClosed(1, bundle.steps()).mapToObj(figure).toList();
  }

  private static double millis(double nanos) {
    return nanos / 1e6;
  }
}
