package io.saccade.budget.drift;

import java.util.Arrays;
import java.util.List;

/**
 * How right the answers of the last minute are, without labels: the mean confidence of all answers
 * given. The interval says how little that is: a network is wrong about whole scenes with
 * confidence, so what counts is the number of scenes, those of the calibration and those in view,
 * and not the number of frames.
 *
 * <p>Memory: layout, then frames and summed confidence by a hash of the camera. Not safe to share
 * between threads.
 */
public final class AccuracyEstimate {
  private static final double LAYOUT = 9_001;
  private static final int CELLS = 64;
  private static final double HORIZON_SECONDS = 60;

  /**
   * Standard deviation, from scene to scene, of confidence less correctness. With the shipped model
   * 0.35 to 0.39 over the calibration clips, depending on the look, and 0.31 over the test clips.
   */
  private static final double SPREAD = 0.37;

  private static final double DEVIATIONS = 1.96;

  private final double[] memory = new double[1 + 2 * CELLS];
  private final int calibrationClips;

  /**
   * Starts without answers.
   *
   * @param calibrationClips scenes on which the network was calibrated, at least 1
   */
  public AccuracyEstimate(int calibrationClips) {
    if (calibrationClips < 1) {
      throw new IllegalArgumentException(
          "calibration clips must be at least 1, but were " + calibrationClips);
    }
    this.calibrationClips = calibrationClips;
    memory[0] = LAYOUT;
  }

  /** Goes on from what subtasks had; a state of another layout is refused. */
  public static AccuracyEstimate restore(int calibrationClips, List<double[]> states) {
    AccuracyEstimate estimate = new AccuracyEstimate(calibrationClips);
    states.forEach(estimate::add);
    return estimate;
  }

  private void add(double[] state) {
    if (state.length != memory.length || state[0] != LAYOUT) {
      throw new IllegalArgumentException(
          "state of the estimate must have layout %s and %d entries, but was %s"
              .formatted(LAYOUT, memory.length, Arrays.toString(state)));
    }
    for (int at = 1; at < memory.length; at++) {
      memory[at] += state[at];
    }
  }

  public double[] state() {
    return memory.clone();
  }

  /** A frame was answered, audited or not. */
  public void answered(String camera, float confidence) {
    int cell = 1 + 2 * Math.floorMod((camera.hashCode() * 0x9E3779B9) >>> 16, CELLS);
    memory[cell]++;
    memory[cell + 1] += Math.max(0, Math.min(1, confidence));
  }

  /** Time passes: older answers count less. */
  public void passes(double seconds) {
    double kept = HORIZON_SECONDS / (HORIZON_SECONDS + seconds);
    for (int at = 1; at < memory.length; at++) {
      memory[at] *= kept;
    }
  }

  /** Share of right answers, with an interval in which it is nearly always; see the class. */
  public Interval accuracy() {
    double frames = 0;
    double sum = 0;
    double squares = 0;
    for (int cell = 1; cell < memory.length; cell += 2) {
      frames += memory[cell];
      sum += memory[cell + 1];
      squares += memory[cell] * memory[cell];
    }
    if (frames < 1) {
      return Interval.UNKNOWN;
    }
    double scenes = frames * frames / squares;
    double error = SPREAD * Math.sqrt(1.0 / calibrationClips + 1 / scenes);
    double share = Math.min(1, sum / frames);
    return new Interval(share, share, share).atLeast(DEVIATIONS * error);
  }
}
