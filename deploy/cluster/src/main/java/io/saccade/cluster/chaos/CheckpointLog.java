package io.saccade.cluster.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.cluster.Rest;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * The checkpoints of a job, noted on a thread of its own while they are still told of: a JobManager
 * that dies forgets them. Safe for use by several threads.
 */
final class CheckpointLog implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;
  private static final long LONGEST_MILLIS = 3_600_000;

  /**
   * A TaskManager that was killed is missed after two heartbeats, one each half second, that it
   * leaves unanswered; until then Flink begins one checkpoint after the other with it.
   */
  static final long NOTICED_MILLIS = 2_000;

  private final Rest rest;
  private final String path;
  private final Thread thread = new Thread(this::watch, "checkpoints");

  /** By number. */
  private final TreeMap<Long, Checkpoint> ended = new TreeMap<>();

  /** Since when nothing is wrong, or something is. */
  private final TreeMap<Long, Boolean> calm = new TreeMap<>(Map.of(Long.MIN_VALUE, false));

  /** When TaskManagers were killed. */
  private final TreeSet<Long> kills = new TreeSet<>();

  private volatile boolean over;

  /** A checkpoint that has ended. */
  private record Checkpoint(boolean complete, long triggeredMillis, long durationMillis) {
    long endedMillis() {
      return triggeredMillis + durationMillis;
    }
  }

  CheckpointLog(Rest rest, String job) {
    this.rest = rest;
    this.path = "/jobs/" + job + "/checkpoints";
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!over) {
        rest.ask(path).ifPresent(this::note);
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What Flink tells; what it no longer tells stays noted. */
  synchronized void note(JsonNode told) {
    for (JsonNode it : told.path("history")) {
      String status = it.path("status").asText();
      if (!status.equals("IN_PROGRESS") && !it.path("is_savepoint").asBoolean()) {
        ended.put(
            it.path("id").asLong(),
            new Checkpoint(
                status.equals("COMPLETED"),
                it.path("trigger_timestamp").asLong(),
                it.path("end_to_end_duration").asLong()));
      }
    }
  }

  /** Whether a checkpoint that was begun after this time is complete. */
  synchronized boolean completeSince(long millis) {
    return ended.values().stream().anyMatch(it -> it.complete && it.triggeredMillis > millis);
  }

  /** A fault happens. */
  synchronized void disturbed(long nowMillis) {
    calm.put(nowMillis, false);
  }

  /** The fault that happens is the death of a TaskManager. */
  synchronized void killed(long nowMillis) {
    kills.add(nowMillis);
  }

  /** All is well again. */
  synchronized void calm(long nowMillis) {
    calm.put(nowMillis, true);
  }

  private boolean isCalm(Checkpoint checkpoint) {
    Map.Entry<Long, Boolean> spell = calm.floorEntry(checkpoint.triggeredMillis);
    return spell.getValue() && spell.equals(calm.floorEntry(checkpoint.endedMillis()));
  }

  synchronized ChaosReport.Checkpoints figures() {
    Histogram durations = new Histogram(LONGEST_MILLIS, 3);
    Histogram calmDurations = new Histogram(LONGEST_MILLIS, 3);
    for (Checkpoint checkpoint : ended.values()) {
      if (checkpoint.complete) {
        long duration = Math.min(LONGEST_MILLIS, checkpoint.durationMillis);
        durations.recordValue(duration);
        if (isCalm(checkpoint)) {
          calmDurations.recordValue(duration);
        }
      }
    }
    return new ChaosReport.Checkpoints(
        durations.getTotalCount(),
        ended.size() - durations.getTotalCount(),
        mostFailedInARow(it -> true),
        mostFailedInARow(it -> !isWithOneUnnoticed(it)),
        durations.getValueAtPercentile(50),
        durations.getValueAtPercentile(99),
        calmDurations.getValueAtPercentile(50),
        calmDurations.getValueAtPercentile(99));
  }

  /** Whether nobody knew yet, when it was begun, that a TaskManager had been killed. */
  private boolean isWithOneUnnoticed(Checkpoint checkpoint) {
    Long kill = kills.floor(checkpoint.triggeredMillis);
    return kill != null && checkpoint.triggeredMillis < kill + NOTICED_MILLIS;
  }

  /** Failures that do not count neither go on with a row nor end it. */
  private long mostFailedInARow(Predicate<Checkpoint> counts) {
    long inARow = 0;
    long most = 0;
    for (Checkpoint checkpoint : ended.values()) {
      if (checkpoint.complete) {
        inARow = 0;
      } else if (counts.test(checkpoint)) {
        inARow++;
        most = Math.max(most, inARow);
      }
    }
    return most;
  }

  @Override
  public void close() {
    over = true;
  }
}
