package io.saccade.budget.share;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;

/**
 * Keeps one camera that floods from taking the others' looks and glances. A camera may send what it
 * usually sends, in proportion to what the others send now, and a little more; or an equal share of
 * all frames when that is more. What comes beyond is left out, unless there is budget for
 * everything. Usual is what was let in over minutes, so a flood does not become usual soon, and a
 * camera that grows is let in by and by.
 *
 * <p>Not safe to share between threads; keep {@link #state} with the camera.
 */
final class RateGuard {
  static final int SLOTS = 5;

  /** Standard deviations by which what is usual may be wrong, for as long as it was counted. */
  private static final double DOUBT = 3;

  /** More offered than let in, by this much, is a flood; less is chance in when they came. */
  private static final double FLOOD = 1.1;

  /** Reading a frame and leaving it out costs so much of a glance. */
  private static final double REFUSED_GLANCES = 0.01;

  private static final double RECENT_SECONDS = 3;
  private static final double USUAL_SECONDS = 300;

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
  }

  /** Whether a frame may pass; {@code spare} when there is budget for everything. */
  boolean admits(boolean spare) {
    offeredNow++;
    boolean admitted = spare || age < GROWING_UP_SECONDS || frames >= 1;
    if (admitted) {
      letInNow++;
      frames = max(0, frames - 1);
    }
    return admitted;
  }

  /** Counts what came since the last tick. */
  void counts(double seconds) {
    double kept = RECENT_SECONDS / (RECENT_SECONDS + seconds);
    recent = recent * kept + offeredNow / RECENT_SECONDS * kept;
    letIn = letIn * kept + letInNow / RECENT_SECONDS * kept;
    offeredNow = 0;
    letInNow = 0;
    age = min(USUAL_SECONDS, age + seconds);
    // A camera that is silent keeps what is usual: it will be back.
    if (letIn > 0.1 * usual) {
      usual += (letIn - usual) * seconds / ((floods() ? USUAL_SECONDS : age) + seconds);
    }
  }

  /**
   * Puts frames into the bucket.
   *
   * @param othersLetIn frames per second let in from all other cameras, of late
   * @param othersUsual what they usually send
   * @param equalShare of all frames
   */
  void earns(double othersLetIn, double othersUsual, double equalShare, double seconds) {
    double proportion = othersUsual > 0 ? othersLetIn / othersUsual : 1;
    double all = othersLetIn + letIn;
    double doubt = DOUBT * sqrt(usual / max(1, age));
    double allowed = max((usual + doubt) * proportion, equalShare * all);
    beyond = max(0, letIn - max(usual * proportion, equalShare * all));
    double depth = max(LEAST_DEPTH, DEPTH_SECONDS * allowed);
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
    return age >= GROWING_UP_SECONDS && recent > FLOOD * letIn;
  }

  /** Frames per second it sends, of late. */
  double recent() {
    return recent;
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
  }
}
