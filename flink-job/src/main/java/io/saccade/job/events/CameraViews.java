package io.saccade.job.events;

import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The cameras of one subtask, at most {@link #MOST} of them and fewer with many classes or long
 * names: beyond that the one that was silent longest is forgotten. Not safe to share between
 * threads.
 */
public final class CameraViews {
  /** Bounds memory and state, whatever names come. */
  static final int MOST = 10_000;

  /**
   * Bounds what is kept: of the 5 MiB that Flink takes of a subtask while checkpoints are in the
   * JobManager's memory, the rest is for a control record of 1 MiB and for audits.
   */
  static final int MOST_BYTES = 15 << 18;

  /** What is kept of a camera, but for its name, what it shows and the classes' sums. */
  private static final int BYTES = 240;

  /** A camera silent for so long is forgotten. */
  static final long FORGET_AFTER_MILLIS = 600_000;

  /** After a rescale nobody knows whose a camera is until it sends; by then it has. */
  static final long FORGET_OTHERS_AFTER_MILLIS = 60_000;

  private final Terms terms;
  private final int most;
  private final int bytesBesideName;
  private final Map<Integer, PartitionClock> partitions = new HashMap<>();
  private final Map<String, CameraView> views = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

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
    int longest = terms.classes().stream().mapToInt(CameraViews::written).max().orElse(0);
    // Twice a class: the one it shows, and the one it is about to.
    bytesBesideName = BYTES + Float.BYTES * terms.classes().size() + 2 * longest;
  }

  /** Bytes of a text's characters as Flink writes them, seven bits in each. */
  private static int written(String text) {
    return text.chars().map(it -> it < 1 << 7 ? 1 : it < 1 << 14 ? 2 : 3).sum();
  }

  private int bytes(String camera) {
    return bytesBesideName + written(camera);
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
    List<CameraState> oldestFirst = new ArrayList<>();
    kept.forEach(oldestFirst::add);
    oldestFirst.sort(Comparator.comparingLong(CameraState::heardMillis));
    for (CameraState state : oldestFirst) {
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
      put(view);
      double[] share = state.share();
      if (share != null) {
        shares.accept(state.camera(), share);
      }
      clock(view.partition(), view.heardMillis(), nowMillis).advance(view.heardMillis(), nowMillis);
    }
    forgetOldest();
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
      put(view);
      forgetOldest();
    }
    view.hears(frame, clock.millis(nowMillis)).ifPresent(events);
    return view;
  }

  private PartitionClock clock(int partition, long millis, long nowMillis) {
    return partitions.computeIfAbsent(
        partition, it -> new PartitionClock(Math.min(millis, nowMillis), nowMillis));
  }

  private void put(CameraView view) {
    if (views.put(view.name(), view) == null) {
      bytes += bytes(view.name());
    }
  }

  private void forgetOldest() {
    Iterator<String> oldest = views.keySet().iterator();
    while (views.size() > most || bytes > MOST_BYTES) {
      bytes -= bytes(oldest.next());
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
        bytes -= bytes(view.name());
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
