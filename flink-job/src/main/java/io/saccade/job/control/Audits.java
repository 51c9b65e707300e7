package io.saccade.job.control;

import io.saccade.budget.drift.AccuracyEstimate;
import io.saccade.budget.drift.Audit;
import io.saccade.budget.drift.AuditLog;
import io.saccade.budget.drift.AuditedFrame;
import io.saccade.budget.drift.Interval;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Sight;
import io.saccade.wire.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How right the answers are, without labels: a few frames are looked at to the end whatever they
 * show, and their early answers compared with the last one. Not safe to share between threads.
 */
public final class Audits {
  private final Frontier frontier;
  private final float[][] thresholds;
  private Audit audit = Audit.USUAL;
  private AuditLog log;
  private AccuracyEstimate estimate;
  private long audited;
  private long tickNanos;

  /**
   * Starts without answers of a network with this frontier.
   *
   * @param nowNanos of a clock that never goes back
   */
  public Audits(Frontier frontier, long nowNanos) {
    this.tickNanos = nowNanos;
    this.frontier = frontier;
    thresholds = frontier.points().stream().map(Frontier.Point::thresholds).toArray(float[][]::new);
    log = new AuditLog(frontier.looks());
    estimate = new AccuracyEstimate(frontier.scenes());
  }

  /** Follows what is asked for. */
  public void follow(JobBudget budget) {
    audit = new Audit(budget.auditShare());
  }

  /** Whether a frame is looked at to the end; {@code seed} is its hash. */
  public boolean chooses(long seed) {
    return audit.chooses(seed);
  }

  /** A frame was answered; if it was chosen and took every look, it says how others end. */
  public void saw(String camera, Sight.Verdict verdict, boolean chosen, long nowMillis) {
    estimate.answered(camera, verdict.confidence());
    if (chosen && verdict.looks().size() == frontier.looks()) {
      audited(camera, verdict.looks(), nowMillis);
    }
  }

  private void audited(String camera, List<Sight.Look> looks, long nowMillis) {
    float[] confidences = new float[looks.size()];
    int[] best = new int[looks.size()];
    for (int look = 0; look < looks.size(); look++) {
      confidences[look] = Math.min(1, looks.get(look).confidence());
      best[look] = looks.get(look).best();
    }
    log.add(new AuditedFrame(camera, confidences, best), nowMillis);
    audited++;
  }

  /** Time passes: what was answered long ago counts less. */
  public void passes(long nowNanos) {
    estimate.passes(Math.max(0, nowNanos - tickNanos) / 1e9);
    tickNanos = nowNanos;
  }

  /** Frames audited since the start. */
  public long audited() {
    return audited;
  }

  /** How right the answers are at a position of the frontier; null when nothing was audited. */
  public Status.@Nullable Accuracy accuracy(double position) {
    if (log.size() == 0) {
      return null;
    }
    Interval agreement = log.agreement(thresholds[(int) Math.round(position)]);
    Interval accuracy = estimate.accuracy();
    return new Status.Accuracy(
        log.size(),
        agreement.share(),
        agreement.low(),
        agreement.high(),
        accuracy.share(),
        accuracy.low(),
        accuracy.high());
  }

  /** Goes on from what subtasks had kept of this model, unless its looks were others. */
  public void restore(List<AuditState> kept) {
    try {
      AuditLog keptLog =
          AuditLog.restore(frontier.looks(), kept.stream().map(AuditState::audits).toList());
      estimate =
          AccuracyEstimate.restore(
              frontier.scenes(), kept.stream().map(AuditState::answers).toList());
      log = keptLog;
    } catch (IllegalArgumentException otherNetwork) {
      // What was measured of it says nothing about this one.
      return;
    }
  }

  /** What is to be kept. */
  public AuditState kept() {
    return new AuditState(log.state(), estimate.state());
  }
}
