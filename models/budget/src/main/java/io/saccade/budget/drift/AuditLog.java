package io.saccade.budget.drift;

import java.util.Arrays;
import java.util.List;

/**
 * The newest audits of a subtask, so that any thresholds can be judged by them in hindsight: how
 * many looks frames would take, and how often the answer would be the final one.
 *
 * <p>Frames of one camera and minute are alike, so they count as one cluster: the spread between
 * clusters, not the number of frames, says how sure a share is. Not safe to share between threads.
 * {@link #state} is a flat array for the operator's state.
 */
public final class AuditLog {

  /** Audits remembered: five minutes of one in a hundred at 90 frames a second. */
  public static final int DEPTH = 400;

  private static final double LAYOUT = 8_001;
  private static final int HEAD = 4;

  private static final long CLUSTER_MILLIS = 60_000;

  private final int looks;
  private final int width;

  /** Layout, T, next place, audits so far; then for each audit its cluster, confidences, agrees. */
  private final double[] memory;

  /** Starts empty, for a network of T looks. */
  public AuditLog(int looks) {
    if (looks < 1) {
      throw new IllegalArgumentException("looks must be at least 1, but were " + looks);
    }
    this.looks = looks;
    width = 1 + 2 * looks;
    memory = new double[HEAD + DEPTH * width];
    memory[0] = LAYOUT;
    memory[1] = looks;
  }

  /**
   * Goes on from what subtasks had, an equal part of each. A state of another layout or network is
   * refused.
   */
  public static AuditLog restore(int looks, List<double[]> states) {
    AuditLog log = new AuditLog(looks);
    for (double[] state : states) {
      restore(looks, state).copyNewest(DEPTH / states.size(), log);
    }
    return log;
  }

  private static AuditLog restore(int looks, double[] state) {
    AuditLog log = new AuditLog(looks);
    boolean own =
        state.length == log.memory.length
            && state[0] == LAYOUT
            && state[1] == looks
            && state[2] >= 0
            && state[2] < DEPTH;
    if (!own) {
      throw new IllegalArgumentException(
          "state of audits must have layout %s, %d looks and %d entries, but had %s"
              .formatted(
                  LAYOUT,
                  looks,
                  log.memory.length,
                  Arrays.toString(Arrays.copyOf(state, Math.min(state.length, HEAD)))));
    }
    System.arraycopy(state, 0, log.memory, 0, state.length);
    return log;
  }

  private void copyNewest(int atMost, AuditLog into) {
    for (int back = Math.min(atMost, size()); back > 0; back--) {
      int place = Math.floorMod((int) memory[2] - back, DEPTH);
      System.arraycopy(memory, HEAD + place * width, into.memory, into.taken(), width);
    }
  }

  /** Where the next audit goes, which takes the place of the oldest when full. */
  private int taken() {
    int place = (int) memory[2];
    memory[2] = (place + 1) % DEPTH;
    memory[3]++;
    return HEAD + place * width;
  }

  public double[] state() {
    return memory.clone();
  }

  /** Audits remembered. */
  public int size() {
    return (int) Math.min(DEPTH, memory[3]);
  }

  /** Takes in an audit, in place of the oldest when full. */
  public void add(AuditedFrame frame, long nowMillis) {
    if (frame.looks() != looks) {
      throw new IllegalArgumentException(
          "an audited frame must have %d looks, but had %d".formatted(looks, frame.looks()));
    }
    int at = taken();
    memory[at] = frame.camera().hashCode() * 31.0 + Math.floorDiv(nowMillis, CLUSTER_MILLIS);
    for (int look = 1; look <= looks; look++) {
      memory[at + look] = frame.confidences()[look - 1];
      memory[at + looks + look] = frame.agrees(look) ? 1 : 0;
    }
  }

  /** Share of audited frames whose answer under these thresholds would be the final one. */
  public Interval agreement(float[] thresholds) {
    Clusters clusters = new Clusters();
    for (int audit = 0; audit < size(); audit++) {
      int at = HEAD + audit * width;
      clusters.add(memory[at], memory[at + looks + looksUnder(at, thresholds)]);
    }
    return size() == 0
        ? Interval.UNKNOWN
        : Interval.wilson(Math.min(1, clusters.mean()), clusters.effectiveSamples());
  }

  private int looksUnder(int at, float[] thresholds) {
    int look = 1;
    while (look < looks && (float) memory[at + look] < thresholds[look - 1]) {
      look++;
    }
    return look;
  }
}
