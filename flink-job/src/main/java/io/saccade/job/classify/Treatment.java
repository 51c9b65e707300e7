package io.saccade.job.classify;

import io.saccade.budget.LookDeadline;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.Sight.Stop;
import io.saccade.job.control.CameraShares;
import io.saccade.job.control.Clock;
import io.saccade.job.control.Governor;
import io.saccade.job.control.Moment;
import java.util.Locale;

/**
 * How one frame is looked at: with which thresholds, and whether there is another look for it, in
 * time and of its camera's share. An audit takes every look there is time for.
 */
final class Treatment implements Deadline {
  /** Above any confidence, rounding included. */
  static final float NEVER_SURE = 2;

  private final String camera;
  private final Moment taken;
  private final double position;
  private final float[] thresholds;
  private final boolean audit;
  private final CameraShares shares;
  private final LookDeadline deadline;
  private final Clock clock;
  private boolean capped;

  /**
   * Starts with the glance.
   *
   * @param thresholds at the position; of an audit, such that nothing is sure enough
   */
  Treatment(
      String camera,
      Moment taken,
      double position,
      float[] thresholds,
      boolean audit,
      Governor governor,
      Clock clock) {
    this.camera = camera;
    this.taken = taken;
    this.position = position;
    this.thresholds = thresholds;
    this.audit = audit;
    this.shares = governor.cameras();
    this.deadline = governor.deadline();
    this.clock = clock;
  }

  @Override
  public boolean allows(int look) {
    if (!deadline.allows(taken.at(clock.epochNanos()).ageNanos())) {
      return false;
    }
    capped = !audit && !shares.allowsFocus(camera);
    if (capped) {
      return false;
    }
    shares.focused(camera);
    return true;
  }

  /** Why looking ended, in the label's words. */
  String reason(Stop stop) {
    return switch (stop) {
      case DEADLINE -> capped ? Labels.CAMERA_CAP : word(stop);
      case EVERY_LOOK -> audit ? Labels.AUDIT : word(stop);
      case CONFIDENT -> word(stop);
    };
  }

  private static String word(Stop stop) {
    return stop.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Moment taken() {
    return taken;
  }

  double position() {
    return position;
  }

  float[] thresholds() {
    return thresholds;
  }
}
