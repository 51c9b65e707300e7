package io.saccade.quickstart;

import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Books every label against the frame it belongs to, and what the subtasks say they spent. Safe for
 * use by several threads.
 */
final class Ledger {
  /** What a camera's newest label said. */
  record Seen(Label label, long atNanos) {}

  private static final int LONGEST_AGE_MILLIS = 600_000;

  private final Map<String, String> knownClasses;
  private final Map<Integer, Long> firstOffsets;
  private final long warmUpMillis;
  private final Map<Integer, BitSet> labelled = new HashMap<>();
  private final TreeMap<String, Seen> newest = new TreeMap<>();
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final List<Long> looks = new ArrayList<>();
  private final Histogram ages = new Histogram(LONGEST_AGE_MILLIS, 3);
  private final Spending spending = new Spending();
  private long labels;
  private long duplicates;
  private long right;
  private long judged;
  private long deadLetters;
  private long firstLabelMillis;
  private final Map<Integer, Status> decisions = new TreeMap<>();

  /**
   * @param knownClasses what each sample camera is known to show
   * @param firstOffsets where this run's frames begin, per partition
   * @param warmUpMillis after the first label; not counted in what was spent and offered
   */
  Ledger(Map<String, String> knownClasses, Map<Integer, Long> firstOffsets, long warmUpMillis) {
    this.knownClasses = Map.copyOf(knownClasses);
    this.firstOffsets = Map.copyOf(firstOffsets);
    this.warmUpMillis = warmUpMillis;
  }

  synchronized void book(Label label, long nowNanos, long nowMillis) {
    long first = firstOffsets.getOrDefault(label.partition(), 0L);
    if (label.offset() < first) {
      return; // A frame of an earlier run on the same data.
    }
    BitSet partition = labelled.computeIfAbsent(label.partition(), p -> new BitSet());
    int place = Math.toIntExact(label.offset() - first);
    if (partition.get(place)) {
      duplicates++;
      return;
    }
    partition.set(place);
    if (labels++ == 0) {
      firstLabelMillis = nowMillis;
    }
    notifyAll();
    outcomes.merge(label.outcome(), 1L, Long::sum);
    newest.put(label.camera(), new Seen(label, nowNanos));
    if (label.outcome().equals(Label.CLASSIFIED)) {
      ages.recordValue(Math.max(0, Math.min(LONGEST_AGE_MILLIS, label.ageMillis())));
      countLooks(label.looks().size());
      judge(label);
    }
  }

  private void countLooks(int taken) {
    while (looks.size() < taken) {
      looks.add(0L);
    }
    looks.set(taken - 1, looks.get(taken - 1) + 1);
  }

  private void judge(Label label) {
    String known = knownClasses.get(label.camera());
    if (known != null) {
      judged++;
      if (label.classes().get(0).name().equals(known)) {
        right++;
      }
    }
  }

  synchronized void bookDeadLetter() {
    deadLetters++;
  }

  synchronized void book(Status status) {
    if (status.kind().equals(Status.DECISION)) {
      decisions.put(status.subtask(), status);
      if (labels > 0 && status.atMillis() >= firstLabelMillis + warmUpMillis) {
        spending.book(status);
      }
    }
  }

  /** From now on what is spent no longer counts: the cameras have stopped. */
  synchronized void endOfWindow() {
    spending.close();
  }

  /** Frames of this run that have their label. */
  synchronized long labels() {
    return labels;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  synchronized long count(String outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  synchronized long deadLetters() {
    return deadLetters;
  }

  /** Wall clock of the first label, milliseconds since 1970; 0 before it. */
  synchronized long firstLabelMillis() {
    return firstLabelMillis;
  }

  /** Frames classified after 1, 2, .. looks. */
  synchronized List<Long> looks() {
    return List.copyOf(looks);
  }

  /** Of classified frames; 0 before any. */
  synchronized double meanLooks() {
    long taken = 0;
    for (int i = 0; i < looks.size(); i++) {
      taken += looks.get(i) * (i + 1);
    }
    long frames = count(Label.CLASSIFIED);
    return frames == 0 ? 0 : taken / (double) frames;
  }

  /** The model that made the newest label of any camera; empty before one. */
  synchronized Optional<String> model() {
    return newest.values().stream()
        .findFirst()
        .map(seen -> seen.label().model() + " " + seen.label().modelSha256());
  }

  /** Share of right answers on the sample cameras; 0 before any. */
  synchronized double accuracy() {
    return judged == 0 ? 0 : right / (double) judged;
  }

  /** Age of classified frames at their label, milliseconds; 0 before any. */
  synchronized long ageMillis(double percentile) {
    return ages.getValueAtPercentile(percentile);
  }

  synchronized Spending.Figures spending() {
    return spending.figures();
  }

  synchronized Map<String, Seen> newest() {
    return new TreeMap<>(newest);
  }

  /** The newest decision of each subtask that has decided. */
  synchronized List<Status> decisions() {
    return List.copyOf(decisions.values());
  }

  /** Waits until there are more labels than so many, but no longer than a while. */
  synchronized void awaitLabels(long more, Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); labels <= more && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
  }
}
