package io.saccade.job.control;

import io.saccade.budget.Budget;
import io.saccade.budget.LookWork;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.share.Cameras;
import io.saccade.budget.share.Demand;

/**
 * What each camera of this subtask gets, by its weight and cap: whether a frame is looked at, how
 * closely, and when its camera has had enough. Not safe to share between threads.
 */
public final class CameraShares {
  private final Cameras cameras;
  private final LookWork work;
  private Budget.Unit unit = Budget.Unit.CORES;
  private long tickNanos;

  CameraShares(Law law, OperatingPoint point, long nowNanos) {
    cameras = new Cameras(law.reach(), point);
    work = law.work();
    tickNanos = nowNanos;
  }

  /** Follows what is asked for. */
  void follow(JobBudget budget) {
    unit = budget.budget().unit();
    cameras.terms(budget.cameras());
  }

  /**
   * Shares out anew, after a decision.
   *
   * @param share of this subtask, of {@code usable} for the job, in the unit of the demand
   */
  void tick(OperatingPoint point, double share, double usable, Demand demand, long nowNanos) {
    double seconds = Math.max(1e-3, (nowNanos - tickNanos) / 1e9);
    tickNanos = nowNanos;
    cameras.tick(new Cameras.Tick(point, share, demand, usable, seconds));
  }

  /** Mean weight, by frames. */
  double weight() {
    return cameras.weight();
  }

  /** What becomes of a camera's next frame that is young enough. */
  public Cameras.Admission admits(String camera) {
    return cameras.admits(camera);
  }

  /** Where on the frontier a camera is looked at. */
  public double position(String camera) {
    return cameras.position(camera);
  }

  /** Whether the camera has another focus look left. */
  public boolean allowsFocus(String camera) {
    return cameras.allowsFocus(camera);
  }

  /** Whether the camera's explicit cap pays for looking to the end. */
  public boolean allowsAudit(String camera) {
    return cameras.allowsAudit(camera);
  }

  /** A focus look is taken. */
  public void focused(String camera) {
    cameras.focused(camera);
  }

  /**
   * What a frame took, once it is done. One that could not be read has no looks; where looks are
   * counted it is taken for a glance, or its camera could have any number decoded.
   */
  public void spent(String camera, long cpuNanos, int looksTaken) {
    boolean counted = unit == Budget.Unit.MULTIPLY_ADDS;
    cameras.spent(
        camera,
        counted ? work.glance() + Math.max(0, looksTaken - 1) * work.focus() : cpuNanos / 1e9);
  }

  /** Goes on with what was kept of a camera. */
  public void restore(String camera, double[] kept) {
    cameras.restore(camera, kept);
  }

  /** What is to be kept of a camera. */
  public double[] kept(String camera) {
    return cameras.state(camera);
  }
}
