package io.saccade.camera.supervise;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.Clock;
import io.saccade.camera.FrameSink;
import io.saccade.camera.Sequence;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.source.Opener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cameras of a process, each on its own. Safe for use by several threads.
 *
 * <p>A change of settings touches only the cameras whose settings differ.
 */
public final class Cameras implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cameras.class);
  private static final long WATCH_MILLIS = 100;
  private static final long STOP_MILLIS = 1_500;

  /** What came of a change. */
  public record Change(int started, int stopped, int changed, int kept) {}

  private record Running(CameraLoop loop, Thread thread) {}

  private final Opener opener;
  private final FrameSink sink;
  private final CameraRoll roll;
  private final Function<String, Sequence> sequences;
  private final Clock clock;
  private final Consumer<String> says;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile @Nullable String dead;
  private boolean closed;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watchdog");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * No cameras yet.
   *
   * @param sequences by camera, where its numbers go on
   * @param says told when a camera's state changes, for people
   */
  public Cameras(
      Opener opener,
      FrameSink sink,
      CameraRoll roll,
      Function<String, Sequence> sequences,
      Clock clock,
      Consumer<String> says) {
    this.opener = opener;
    this.sink = sink;
    this.roll = roll;
    this.sequences = sequences;
    this.clock = clock;
    this.says = says;
    var unused =
        watchdog.scheduleWithFixedDelay(
            this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Runs these cameras and no others. */
  public synchronized Change apply(List<CameraSettings> wanted) {
    if (closed) {
      return new Change(0, 0, 0, 0);
    }
    Map<String, CameraSettings> byId = new HashMap<>();
    wanted.forEach(camera -> byId.put(camera.id(), camera));
    List<Running> leaving = new ArrayList<>();
    int stopped = 0;
    int changed = 0;
    for (Running each : List.copyOf(running.values())) {
      CameraSettings camera = each.loop.camera();
      CameraSettings now = byId.get(camera.id());
      if (!camera.equals(now)) {
        leaving.add(each);
        running.remove(camera.id());
        stopped += now == null ? 1 : 0;
        changed += now == null ? 0 : 1;
      }
    }
    stop(leaving);
    leaving.stream()
        .map(each -> each.loop.camera().id())
        .filter(id -> !byId.containsKey(id))
        .forEach(roll::strike);
    int started = 0;
    for (CameraSettings camera : wanted) {
      if (!running.containsKey(camera.id())) {
        start(camera);
        started++;
      }
    }
    return new Change(started - changed, stopped, changed, wanted.size() - started);
  }

  private void start(CameraSettings camera) {
    CameraCounts counts = roll.enroll(camera.id());
    CameraLoop loop =
        new CameraLoop(camera, opener, sink, counts, sequences.apply(camera.id()), clock, says);
    Thread thread = new Thread(loop, "camera-" + camera.id());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (of, problem) -> {
          LOG.error("{} has stopped for good", camera.id(), problem);
          loop.died(problem);
          dead = camera.id() + " has stopped for good: " + problem.getClass().getSimpleName();
        });
    running.put(camera.id(), new Running(loop, thread));
    thread.start();
  }

  private void watch() {
    running.values().stream()
        .filter(each -> each.thread.isAlive())
        .forEach(each -> each.loop.watch());
  }

  /** What cannot be mended but by a new process; empty as long as every camera is worked at. */
  public Optional<String> dead() {
    return Optional.ofNullable(dead);
  }

  /** All at once first, so that together they take no longer than one. */
  private static void stop(List<Running> leaving) {
    leaving.forEach(each -> each.loop.stop());
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    for (Running each : leaving) {
      try {
        each.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    leaving.forEach(each -> each.loop.leave());
  }

  /** Stops all cameras within a second and a half; nothing of their children is left. */
  @Override
  public synchronized void close() {
    closed = true;
    watchdog.shutdownNow();
    stop(List.copyOf(running.values()));
    running.clear();
  }
}
