package io.saccade.job.events;

import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One camera as a subtask knows it. Not safe to share between threads. */
public final class CameraView {
  private final String camera;
  private final Conviction conviction;
  private final long timeConstantMillis;
  private Smoothing smoothing;
  private int partition;
  private long capturedMillis;
  private long heardMillis;
  private boolean silent;

  /** Whether its frames come to this subtask; false after a rescale until one does. */
  private boolean ours;

  private CameraView(
      String camera, Conviction conviction, long timeConstantMillis, Smoothing smoothing) {
    this.camera = camera;
    this.conviction = conviction;
    this.timeConstantMillis = timeConstantMillis;
    this.smoothing = smoothing;
  }

  static CameraView fresh(String camera, long timeConstantMillis, int classes) {
    return new CameraView(
        camera,
        new Conviction(null, null, 0, 0),
        timeConstantMillis,
        Smoothing.fresh(timeConstantMillis, classes));
  }

  /** Goes on from what was kept; the smoothing starts anew when it was of another model. */
  static CameraView restored(
      CameraState kept, long timeConstantMillis, String model, int classes, boolean ours) {
    boolean same = kept.model().equals(model) && kept.sums().length == classes;
    CameraView view =
        new CameraView(
            kept.camera(),
            new Conviction(
                kept.shows(), kept.candidate(), kept.candidateSinceMillis(), kept.agreeing()),
            timeConstantMillis,
            same
                ? new Smoothing(
                    timeConstantMillis, kept.sums().clone(), kept.weight(), kept.smoothedAtMillis())
                : Smoothing.fresh(timeConstantMillis, classes));
    view.partition = kept.partition();
    view.capturedMillis = kept.capturedMillis();
    view.heardMillis = kept.heardMillis();
    view.silent = kept.silent();
    view.ours = ours;
    return view;
  }

  CameraState kept(int subtask, int parallelism, String model, double[] share) {
    return new CameraState(
        camera,
        partition,
        subtask,
        parallelism,
        model,
        smoothing.sums().clone(),
        smoothing.weight(),
        smoothing.atMillis(),
        conviction.shows(),
        conviction.candidate(),
        conviction.sinceMillis(),
        conviction.agreeing(),
        capturedMillis,
        heardMillis,
        silent,
        ours,
        share);
  }

  /** Notes a frame, whatever becomes of it; says when the camera was silent before. */
  Optional<Event> hears(Frame frame, long partitionMillis) {
    Optional<Event> back = silent ? Optional.of(back(frame)) : Optional.empty();
    silent = false;
    ours = true;
    partition = frame.partition();
    capturedMillis = frame.capturedMillis();
    heardMillis = partitionMillis;
    return back;
  }

  /**
   * Takes in what a frame showed.
   *
   * @param classes names, in the order of the probabilities
   * @param atMillis capture time, but not in the future
   * @return the event, if the camera shows something else from now on
   */
  public Optional<Event> sees(
      List<String> classes, float[] probabilities, int best, long atMillis) {
    smoothing.add(probabilities, probabilities[best], atMillis);
    String from = conviction.shows();
    int shown = from == null ? -1 : classes.indexOf(from);
    double shownShare = shown < 0 ? 0 : smoothing.share(shown);
    double share = smoothing.share(best);
    if (!conviction.changes(classes.get(best), share, shownShare, atMillis)) {
      return Optional.empty();
    }
    return Optional.of(
        event(Event.CHANGED, from, classes.get(best), atMillis, conviction.sinceMillis(), share));
  }

  /** The event, if nothing came for so long that the camera is silent. */
  Optional<Event> falls(long partitionMillis, long silentAfterMillis) {
    if (silent || !ours || partitionMillis - heardMillis < silentAfterMillis) {
      return Optional.empty();
    }
    silent = true;
    smoothing = Smoothing.fresh(timeConstantMillis, smoothing.sums().length);
    conviction.interrupt();
    return Optional.of(
        event(Event.SILENT, conviction.shows(), null, partitionMillis, capturedMillis, 0));
  }

  private Event back(Frame frame) {
    return event(Event.BACK, conviction.shows(), null, frame.capturedMillis(), capturedMillis, 0);
  }

  private Event event(
      String kind,
      @Nullable String from,
      @Nullable String to,
      long atMillis,
      long sinceMillis,
      double confidence) {
    int agreeing = to == null ? 0 : conviction.agreeing();
    return new Event(
        Event.SCHEMA, camera, kind, from, to, atMillis, sinceMillis, agreeing, confidence);
  }

  String name() {
    return camera;
  }

  int partition() {
    return partition;
  }

  long heardMillis() {
    return heardMillis;
  }

  boolean silent() {
    return silent;
  }

  boolean ours() {
    return ours;
  }
}
