package io.saccade.budget.share;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;

/**
 * Keeps one camera that floods from taking the others' looks and glances. A camera may send what it
 * usually sends, more when the others send more now, and a little on top; or an equal share of all
 * frames when that is more. That others send less, or nothing, takes nothing from it. What comes
 * beyond is left out, unless there is budget for everything. Usual is what was let in over minutes,
 * so a flood does not become usual soon; what keeps coming is let in at a rate that doubles in ten
 * minutes, as nobody can tell a lasting flood from a camera that has grown.
 *
 * <p>Not safe to share between threads; keep {@link #state} with the camera.
 */
final class RateGuard {
  static final int SLOTS = 6;

  /** Standard deviations by which what is usual may be wrong, for as long as it was counted. */
  private static final double DOUBT = 3;

  /** More offered than let in, by this much, is a flood; less is chance in when they came. */
  private static final double FLOOD = 1.1;

  /** Reading a frame and leaving it out costs so much of a glance. */
  private static final double REFUSED_GLANCES = 0.01;

  private static final double RECENT_SECONDS = 3;

  /** When all send more at once, that has to be known before the buckets are empty. */
  private static final double NOW_SECONDS = 0.5;

  private static final double USUAL_SECONDS = 300;

  /** Per second, of what is usual: it doubles in ten minutes of more than that. */
  private static final double GROWTH = Math.log(2) / 600;

  /** Until a camera is known for so long, whatever it sends is usual. */
  private static final double GROWING_UP_SECONDS = 10;

  /** A bucket of frames: what comes in bursts, as in fetches, is not a flood. */
  private static final double DEPTH_SECONDS = 2;

  private static final double LEAST_DEPTH = 20;

  private double recent;
  private double usual;
  private double age;
  private double frames;
  private double letIn;
  private double offered;
  private double beyond;

  private int offeredNow;
  private int letInNow;

  RateGuard() {
    frames = LEAST_DEPTH;
  }

  RateGuard(double[] state, int at) {
    recent = state[at];
    usual = state[at + 1];
    age = state[at + 2];
    frames = state[at + 3];
    letIn = state[at + 4];
    offered = state[at + 5];
  }

  /** What is usual for this camera is not known yet. */
  boolean isNew() {
    return age < GROWING_UP_SECONDS;
  }

  /**
   * Whether a frame may pass.
   *
   * @param free whatever came before; a new camera passes only so
   */
  boolean admits(boolean free) {
    offeredNow++;
    boolean admitted = free || (!isNew() && frames >= 1);
    if (admitted) {
      letInNow++;
      frames = max(0, frames - 1);
    }
    return admitted;
  }

  /** Counts what came since the last tick. */
  void counts(double seconds) {
    recent = mean(recent, offeredNow, RECENT_SECONDS, seconds);
    letIn = mean(letIn, letInNow, RECENT_SECONDS, seconds);
    offered = mean(offered, offeredNow, NOW_SECONDS, seconds);
    offeredNow = 0;
    letInNow = 0;
    age = min(USUAL_SECONDS, age + seconds);
    // A camera that is silent keeps what is usual: it will be back.
    if (letIn > 0.1 * usual) {
      usual += (letIn - usual) * seconds / ((floods() ? USUAL_SECONDS : age) + seconds);
    }
    // Also for the last tenth, which is no flood: something was left out.
    if (!isNew() && recent > letIn * 1.01) {
      usual = max(usual, min(recent, usual * (1 + GROWTH * seconds)));
    }
  }

  private static double mean(double mean, int frames, double horizon, double seconds) {
    return (mean * horizon + frames) / (horizon + seconds);
  }

  /**
   * Puts frames into the bucket.
   *
   * @param othersOffered frames per second that all other cameras send now, let in or not: when all
   *     send more at once, they must not keep each other out
   * @param othersUsual what they usually send
   * @param equal frames per second that are an equal share of all let in
   */
  void earns(double othersOffered, double othersUsual, double equal, double seconds) {
    double proportion = othersUsual > 0 ? max(1, othersOffered / othersUsual) : 1;
    double doubt = DOUBT * sqrt(usual / max(1, age));
    double allowed = max((usual + doubt) * proportion, equal);
    beyond = max(0, letIn - max(usual * proportion, equal));
    double depth = max(LEAST_DEPTH, DEPTH_SECONDS * max(usual, allowed));
    frames = min(depth, frames + allowed * seconds);
  }

  /**
   * Focus looks that each frame let in owes the others during a flood, for those beyond the usual
   * and those refused.
   *
   * @param glance what a glance and all around it costs, in focus looks
   * @param affordable focus looks per frame
   */
  double owed(double glance, double affordable) {
    if (!floods()) {
      return 0;
    }
    double refused = (recent - letIn) * REFUSED_GLANCES * glance;
    return (beyond * (glance + affordable) + refused) / max(0.1, letIn);
  }

  private boolean floods() {
    return !isNew() && recent > FLOOD * letIn;
  }

  /** Frames per second it sends, of late. */
  double recent() {
    return recent;
  }

  /** Frames per second it sends now. */
  double offered() {
    return offered;
  }

  double letIn() {
    return letIn;
  }

  double usual() {
    return usual;
  }

  void state(double[] state, int at) {
    state[at] = recent;
    state[at + 1] = usual;
    state[at + 2] = age;
    state[at + 3] = frames;
    state[at + 4] = letIn;
    state[at + 5] = offered;
  }
}
