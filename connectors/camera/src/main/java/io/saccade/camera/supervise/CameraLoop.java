package io.saccade.camera.supervise;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraState;
import io.saccade.camera.CapturedFrame;
import io.saccade.camera.Clock;
import io.saccade.camera.FrameSink;
import io.saccade.camera.Sequence;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.Durations;
import io.saccade.camera.source.Ending;
import io.saccade.camera.source.Opener;
import io.saccade.camera.source.Picture;
import io.saccade.camera.source.Source;
import io.saccade.camera.source.Trouble;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera up, on a thread of its own: opens it, hands its frames on, and when it ends or
 * falls silent waits and opens it again, for ever. A read that never returns is ended by {@link
 * #watch}, which another thread calls.
 */
final class CameraLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CameraLoop.class);

  /** Frames for so long, and earlier failures are forgotten. */
  private static final long STRETCH_MILLIS = 10_000;

  private final CameraSettings camera;
  private final Opener opener;
  private final FrameSink sink;
  private final CameraCounts counts;
  private final Sequence sequence;
  private final Clock clock;
  private final Consumer<String> says;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final Object attempt = new Object();
  private @Nullable Source source;
  private long deadlineNanos;
  private boolean trying;
  private boolean overdue;

  private boolean left;

  private int failures;

  /** The last frame's arrival; before the first, the start, when cameras often come up as well. */
  private long missedSinceNanos;

  private long liveSinceNanos;

  CameraLoop(
      CameraSettings camera,
      Opener opener,
      FrameSink sink,
      CameraCounts counts,
      Sequence sequence,
      Clock clock,
      Consumer<String> says) {
    this.camera = camera;
    this.opener = opener;
    this.sink = sink;
    this.counts = counts;
    this.sequence = sequence;
    this.clock = clock;
    this.says = says;
  }

  CameraSettings camera() {
    return camera;
  }

  @Override
  public void run() {
    if (!camera.enabled()) {
      enter(CameraState.DISABLED, null);
      return;
    }
    enter(CameraState.STARTING, null);
    missedSinceNanos = clock.nanos();
    try {
      boolean again = true;
      while (again && !isStopped()) {
        again = tryOnce();
      }
    } catch (InterruptedException e) {
      // Stopped while waiting.
    }
    if (isStopped()) {
      enter(CameraState.STOPPED, null);
    }
  }

  /** Reads until the camera ends; whether it is to be opened again. */
  private boolean tryOnce() throws InterruptedException {
    boolean answered = false;
    boolean live = false;
    boolean late = false;
    Ending ending;
    begin();
    try (Source opened = opener.open(camera)) {
      if (!begin(opened)) {
        return false;
      }
      answered = opened.answers();
      extend(camera.connectTimeout().toNanos());
      Lump lump = new Lump();
      StreamClock streamClock = null;
      long damaged = 0;
      try {
        for (Picture picture = answered ? opened.next() : null;
            picture != null;
            picture = opened.next()) {
          extend(camera.stallTimeout().toNanos());
          if (!live) {
            live = true;
            liveSinceNanos = clock.nanos();
            enter(CameraState.LIVE, null);
          }
          if (streamClock != null) {
            handOn(picture, clock.epochMillis(), streamClock);
          } else {
            lump.add(picture, clock.epochMillis());
            streamClock = lump.isOver() ? handOn(lump) : null;
          }
          long found = opened.damaged();
          counts.damaged(found - damaged);
          damaged = found;
        }
      } finally {
        // However it ended, what was held is not lost.
        if (streamClock == null) {
          var unused = handOn(lump);
        }
      }
      late = finish();
      ending = opened.ending();
    } catch (RuntimeException e) {
      // A fault of ours, but no reason to give the camera up.
      LOG.error("{}: unexpected", camera.id(), e);
      late = finish();
      ending = new Ending(Trouble.BROKE_OFF, e.getClass().getSimpleName());
    } catch (IOException e) {
      late = finish();
      ending =
          new Ending(
              Trouble.BROKE_OFF, camera.url().redactor().redact(String.valueOf(e.getMessage())));
    }
    return !isStopped() && decide(ending, answered, live, late);
  }

  private StreamClock handOn(Lump lump) {
    StreamClock streamClock = lump.clock();
    lump.held().forEach(held -> handOn(held.picture(), held.arrivalMillis(), streamClock));
    return streamClock;
  }

  private void handOn(Picture picture, long arrival, StreamClock streamClock) {
    long captured = arrival;
    OptionalLong stream = OptionalLong.empty();
    if (picture.streamMillis() != Picture.NO_STREAM_TIME) {
      StreamClock.Capture capture = streamClock.at(picture.streamMillis(), arrival);
      if (capture.correction() != null) {
        counts.clockCorrection(capture.correction());
      }
      captured = capture.millis();
      stream = OptionalLong.of(picture.streamMillis());
    }
    missedSinceNanos = clock.nanos();
    if (failures > 0
        && missedSinceNanos - liveSinceNanos > TimeUnit.MILLISECONDS.toNanos(STRETCH_MILLIS)) {
      failures = 0;
    }
    counts.captured(picture.image().length);
    counts.newestFrame(captured);
    sink.send(
        new CapturedFrame(
            camera.id(), sequence.take(), captured, stream, picture.contentType(), picture.image()),
        counts);
  }

  /** What to do about an ending: say it, wait, and try again unless it was the end of a file. */
  private boolean decide(Ending ending, boolean answered, boolean live, boolean late)
      throws InterruptedException {
    if (ending.trouble() == Trouble.NONE) {
      enter(CameraState.ENDED, null);
      return false;
    }
    if (live) {
      counts.loss();
    }
    double random = ThreadLocalRandom.current().nextDouble();
    failures += answered ? 1 : 0;
    long wait =
        answered ? Backoff.millis(failures, missedMillis(), random) : Backoff.unanswered(random);
    if (ending.trouble() == Trouble.CREDENTIALS) {
      enter(CameraState.REFUSED, ending.said());
      wait = Backoff.REFUSED_MILLIS;
    } else if (late && live) {
      counts.stall();
      enter(CameraState.STALLED, "no frame for " + Durations.text(camera.stallTimeout()));
    } else if (late && answered) {
      enter(CameraState.RETRYING, "no frame within " + Durations.text(camera.connectTimeout()));
    } else {
      enter(CameraState.RETRYING, late ? Trouble.TIMED_OUT.words() : ending.said());
    }
    if (stopped.await(wait, TimeUnit.MILLISECONDS)) {
      return false;
    }
    counts.reconnect();
    return true;
  }

  private long missedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - missedSinceNanos);
  }

  private synchronized void enter(CameraState state, @Nullable String reason) {
    if (left) {
      return;
    }
    CameraState former = counts.condition().state();
    counts.state(state, reason);
    if (former != state || state == CameraState.STARTING) {
      String line = camera.id() + " is " + state.word() + (reason == null ? "" : ": " + reason);
      LOG.info("{}", line);
      says.accept(line);
    }
  }

  /** Before it is opened: that may hang as well. */
  private void begin() {
    synchronized (attempt) {
      trying = true;
      overdue = false;
      deadlineNanos = clock.nanos() + camera.connectTimeout().toNanos();
    }
  }

  private boolean begin(Source opened) {
    synchronized (attempt) {
      source = opened;
    }
    // Stopped between the last look and now: nobody would kill what was not there yet.
    return !isStopped();
  }

  private void extend(long nanos) {
    synchronized (attempt) {
      deadlineNanos = clock.nanos() + nanos;
    }
  }

  /** Whether the attempt ended because it took too long. */
  private boolean finish() {
    synchronized (attempt) {
      source = null;
      trying = false;
      return overdue;
    }
  }

  /**
   * Kills what has been silent for too long, and gives the sign of life of a loop that waits.
   * Called often, on another thread, as long as the loop's lives.
   */
  void watch() {
    boolean stuck;
    synchronized (attempt) {
      stuck = trying && clock.nanos() - deadlineNanos > 0;
      if (source != null && stuck && !overdue) {
        overdue = true;
        source.kill();
      }
    }
    if (!stuck) {
      counts.turning();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Says nothing more about its camera, even if it is still ending: another loop may do so. */
  synchronized void leave() {
    left = true;
  }

  /** It has died: says so, as nobody else would. */
  void died(Throwable problem) {
    enter(CameraState.STOPPED, problem.getClass().getSimpleName());
  }

  /** Ends it soon, from any thread. */
  void stop() {
    stopped.countDown();
    synchronized (attempt) {
      if (source != null) {
        source.kill();
      }
    }
  }
}
