package io.saccade.job.events;

import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The cameras of one subtask, at most {@link #MOST} of them: beyond that the one that was silent
 * longest is forgotten. Not safe to share between threads.
 */
public final class CameraViews {
  /** Bounds memory and state, whatever names come. */
  static final int MOST = 10_000;

  /** A camera silent for so long is forgotten. */
  static final long FORGET_AFTER_MILLIS = 600_000;

  /** After a rescale nobody knows whose a camera is until it sends; by then it has. */
  static final long FORGET_OTHERS_AFTER_MILLIS = 60_000;

  private final Terms terms;
  private final int most;
  private final Map<Integer, PartitionClock> partitions = new HashMap<>();
  private final Map<String, CameraView> views = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * What is the same for all cameras.
   *
   * @param smoothingMillis time constant of the smoothing
   * @param silentAfterMillis a camera without frames for this long is silent
   * @param model SHA-256 of the model
   * @param classes its classes
   */
  public record Terms(
      long smoothingMillis, long silentAfterMillis, String model, List<String> classes) {}

  public CameraViews(Terms terms) {
    this(terms, MOST);
  }

  CameraViews(Terms terms, int most) {
    this.terms = terms;
    this.most = most;
  }

  /**
   * Goes on from what all subtasks kept: with the same parallelism the own ones stay.
   *
   * @param shares is told what each of these cameras has left
   */
  public void restore(
      Iterable<CameraState> kept,
      int subtask,
      int parallelism,
      long nowMillis,
      BiConsumer<String, double[]> shares) {
    for (CameraState state : kept) {
      boolean rescaled = state.parallelism() != parallelism;
      if (!rescaled && state.subtask() != subtask) {
        continue;
      }
      // After a rescale and a restart soon after, it may still be somebody else's.
      boolean ours = !rescaled && state.ours();
      CameraView known = views.get(state.camera());
      if (known != null && known.heardMillis() >= state.heardMillis()) {
        continue;
      }
      CameraView view =
          CameraView.restored(
              state, terms.smoothingMillis(), terms.model(), terms.classes().size(), ours);
      views.put(state.camera(), view);
      double[] share = state.share();
      if (share != null) {
        shares.accept(state.camera(), share);
      }
      clock(view.partition(), view.heardMillis(), nowMillis).advance(view.heardMillis(), nowMillis);
    }
  }

  /**
   * What is to be kept.
   *
   * @param shares what each camera has left, by name
   */
  public List<CameraState> kept(int subtask, int parallelism, Function<String, double[]> shares) {
    List<CameraState> kept = new ArrayList<>(views.size());
    for (CameraView view : views.values()) {
      double[] share = shares.apply(view.name());
      kept.add(view.kept(subtask, parallelism, terms.model(), share));
    }
    return kept;
  }

  /** The camera of a frame that has come. */
  public CameraView of(Frame frame, long nowMillis, Consumer<Event> events) {
    PartitionClock clock = clock(frame.partition(), frame.capturedMillis(), nowMillis);
    clock.advance(frame.capturedMillis(), nowMillis);
    CameraView view = views.get(frame.camera());
    if (view == null) {
      view = CameraView.fresh(frame.camera(), terms.smoothingMillis(), terms.classes().size());
      views.put(frame.camera(), view);
      forgetOldest();
    }
    view.hears(frame, clock.millis(nowMillis)).ifPresent(events);
    return view;
  }

  private PartitionClock clock(int partition, long millis, long nowMillis) {
    return partitions.computeIfAbsent(
        partition, it -> new PartitionClock(Math.min(millis, nowMillis), nowMillis));
  }

  private void forgetOldest() {
    Iterator<String> oldest = views.keySet().iterator();
    while (views.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Tells of the cameras that have fallen silent, and forgets those that have been for long. */
  public void listen(long nowMillis, Consumer<Event> events) {
    for (Iterator<CameraView> all = views.values().iterator(); all.hasNext(); ) {
      CameraView view = all.next();
      long now = clock(view.partition(), view.heardMillis(), nowMillis).millis(nowMillis);
      long quiet = now - view.heardMillis();
      view.falls(now, terms.silentAfterMillis()).ifPresent(events);
      if (quiet >= FORGET_AFTER_MILLIS || (!view.ours() && quiet >= FORGET_OTHERS_AFTER_MILLIS)) {
        all.remove();
      }
    }
  }

  public int size() {
    return views.size();
  }

  /** The terms that hold for all cameras. */
  public Terms terms() {
    return terms;
  }
}
