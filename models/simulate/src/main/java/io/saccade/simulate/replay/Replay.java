package io.saccade.simulate.replay;

import io.saccade.budget.Controller;
import io.saccade.budget.LookWork;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.StageCosts;
import io.saccade.wire.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes logged decisions anew, from what was remembered, asked for and seen, and compares them bit
 * for bit; also whether each decision went on from the memory that the one before it left. Takes
 * the records of several subtasks in any mixture. Not safe to share between threads.
 */
public final class Replay {
  private final double[][] reach;
  private final LookWork work;
  private final @Nullable StageCosts given;
  private final Map<Integer, double[]> left = new HashMap<>();
  private long records;
  private long decisions;
  private long untold;

  /**
   * Starts a replay.
   *
   * @param reach of the frontier that the job used
   * @param work of the looks of the model that the job used
   * @param given nominal costs for records that do not say them; null when there are none
   */
  public Replay(double[][] reach, LookWork work, @Nullable StageCosts given) {
    this.reach = reach;
    this.work = work;
    this.given = given;
  }

  /**
   * Takes the next record; says how its decision differs, if it does.
   *
   * @throws IllegalArgumentException when a decision lacks something, naming record and part
   */
  public Optional<Difference> take(Status status) {
    records++;
    if (!status.kind().equals(Status.DECISION)) {
      return Optional.empty();
    }
    decisions++;
    LoggedDecision logged = read(status);
    StageCosts nominal = logged.nominal().orElse(given);
    if (nominal == null) {
      untold++;
      return Optional.empty();
    }
    return compare(status.subtask(), logged, logged.kind().create(reach, nominal, work));
  }

  private LoggedDecision read(Status status) {
    try {
      return LoggedDecision.of(status);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("record %d: %s".formatted(records, e.getMessage()), e);
    }
  }

  private Optional<Difference> compare(int subtask, LoggedDecision logged, Controller controller) {
    double[] memory = logged.memory();
    if (!controller.accepts(memory)) {
      String expected = layout(controller.initialMemory());
      return Optional.of(new Difference(records, subtask, "memory", layout(memory), expected));
    }
    double[] before = left.get(subtask);
    if (before != null && goesOn(memory, before) && !Arrays.equals(memory, before)) {
      int entry = Arrays.mismatch(memory, before);
      return difference(subtask, new Pair("memory[" + entry + "]", memory[entry], before[entry]));
    }
    Controller.Decision decision = controller.next(memory, logged.settings(), logged.seen());
    left.put(subtask, decision.memory());
    return pairs(logged.point(), decision.point()).stream()
        .filter(pair -> Double.compare(pair.logged, pair.computed) != 0)
        .findFirst()
        .flatMap(pair -> difference(subtask, pair));
  }

  /**
   * Whether a memory claims to be the one left before: entry 1 is the time of the last decision. A
   * restart goes on from a checkpoint, whose time lies back; nothing can be said about that here.
   */
  private static boolean goesOn(double[] memory, double[] before) {
    return memory.length == before.length && (memory.length < 2 || memory[1] == before[1]);
  }

  /** Records taken. */
  public long records() {
    return records;
  }

  /** Decisions among them. */
  public long decisions() {
    return decisions;
  }

  /** Decisions that could not be made anew, because nobody says the nominal costs. */
  public long untold() {
    return untold;
  }

  private record Pair(String field, double logged, double computed) {}

  private static List<Pair> pairs(OperatingPoint logged, OperatingPoint computed) {
    return List.of(
        new Pair("position", logged.position(), computed.position()),
        new Pair("keep", logged.keep(), computed.keep()),
        new Pair("offeredPerSecond", logged.offeredPerSecond(), computed.offeredPerSecond()),
        new Pair("demandPerSecond", logged.demandPerSecond(), computed.demandPerSecond()),
        new Pair("costNanos", logged.costNanos(), computed.costNanos()),
        new Pair("slowdown", logged.slowdown(), computed.slowdown()));
  }

  private Optional<Difference> difference(int subtask, Pair pair) {
    String expected = Double.toString(pair.logged);
    String found = Double.toString(pair.computed);
    return Optional.of(new Difference(records, subtask, pair.field, expected, found));
  }

  private static String layout(double[] memory) {
    return memory.length == 0
        ? "empty"
        : "layout %s of %d entries".formatted(memory[0], memory.length);
  }
}
