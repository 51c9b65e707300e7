package io.saccade.camera;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How one camera is and what it has done since the process started. Counts only grow, also when the
 * camera's settings change. Safe for use by several threads.
 */
public final class CameraCounts implements FrameSink.Receipt {
  private static final long NONE = Long.MIN_VALUE;

  private final String camera;
  private final Clock clock;
  private final Tally frames = new Tally();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong losses = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();
  private final AtomicLong stalls = new AtomicLong();
  private final Map<ClockCorrection, Long> corrections = new ConcurrentHashMap<>();
  private final AtomicLong newestFrameMillis = new AtomicLong(NONE);
  private final AtomicLong turnedNanos;
  private volatile boolean begun;
  private volatile Condition condition;

  /**
   * A camera's state.
   *
   * @param reason why, for people, without secrets; null when there is nothing to say
   * @param sinceMillis when the state began, not when its reason changed
   * @param changes how often state or reason changed before
   */
  public record Condition(
      CameraState state, @Nullable String reason, long sinceMillis, long changes) {}

  /** A camera that has not started. */
  public CameraCounts(String camera, Clock clock) {
    this.camera = camera;
    this.clock = clock;
    this.turnedNanos = new AtomicLong(clock.nanos());
    this.condition = new Condition(CameraState.STARTING, null, clock.epochMillis(), 0);
  }

  public String camera() {
    return camera;
  }

  /** A frame came, and goes to the sink with this as its receipt. */
  public void captured(long length) {
    bytes.addAndGet(length);
    frames.sent();
    turning();
  }

  /** The capture time of a frame; times before that of an earlier one do not count. */
  public void newestFrame(long capturedMillis) {
    newestFrameMillis.accumulateAndGet(capturedMillis, Math::max);
  }

  @Override
  public void acknowledged() {
    frames.acknowledged();
  }

  @Override
  public void dropped(Drop reason) {
    frames.dropped(reason);
  }

  /** Another attempt after the first. */
  public void reconnect() {
    reconnects.incrementAndGet();
    turning();
  }

  /** It was live and is no longer, though it should be. */
  public void loss() {
    losses.incrementAndGet();
    turning();
  }

  /** Pictures arrived damaged, as far as the source tells; they may have been sent all the same. */
  public void damaged(long pictures) {
    damaged.addAndGet(pictures);
  }

  /** No frame came for too long. */
  public void stall() {
    stalls.incrementAndGet();
    turning();
  }

  public void clockCorrection(ClockCorrection kind) {
    corrections.merge(kind, 1L, Long::sum);
  }

  /** The camera is in this state from now on. */
  public synchronized void state(CameraState state, @Nullable String reason) {
    turning();
    Condition former = condition;
    boolean same = former.state == state;
    if (same && Objects.equals(former.reason, reason)) {
      return;
    }
    long since = same ? former.sinceMillis : clock.epochMillis();
    condition = new Condition(state, reason, since, former.changes + 1);
  }

  /** A sign of life of the thread that works at the camera; most methods here give one too. */
  public void turning() {
    turnedNanos.set(clock.nanos());
    begun = true;
  }

  /** Time since the last sign of life; none before the first: nobody works at it yet. */
  public long silentNanos() {
    return !begun ? 0 : clock.nanos() - turnedNanos.get();
  }

  public Condition condition() {
    return condition;
  }

  /** What became of the frames. */
  public Counts frames() {
    return frames.counts();
  }

  public long bytes() {
    return bytes.get();
  }

  public long reconnects() {
    return reconnects.get();
  }

  public long losses() {
    return losses.get();
  }

  public long damaged() {
    return damaged.get();
  }

  public long stalls() {
    return stalls.get();
  }

  /** By kind, with those that did not happen. */
  public Map<ClockCorrection, Long> clockCorrections() {
    Map<ClockCorrection, Long> counted = new EnumMap<>(ClockCorrection.class);
    for (ClockCorrection kind : ClockCorrection.values()) {
      counted.put(kind, corrections.getOrDefault(kind, 0L));
    }
    return counted;
  }

  /** Capture time of the newest frame, null before the first. */
  public @Nullable Long newestFrameMillis() {
    long newest = newestFrameMillis.get();
    return newest == NONE ? null : newest;
  }
}
