package io.saccade.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subtask observed and decided at one tick, enough to replay the decision bit for bit; or
 * its answer to a control message.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param kind {@code decision}, {@code control-accepted} or {@code control-refused}
 * @param subtask index of the subtask
 * @param parallelism number of subtasks
 * @param atMillis wall clock, milliseconds since 1970
 * @param epoch control epoch in force after this record
 * @param reason why a control message was refused; null otherwise
 * @param controller name of the control law; null unless a decision
 * @param settings the settings decided under; null unless a decision
 * @param seen the observation; null unless a decision
 * @param memory the controller's memory before the decision; empty unless a decision
 * @param decided the decision; null otherwise
 * @param nominal the stage costs that the control law was made with; null unless a decision
 */
public record Status(
    int schema,
    String kind,
    int subtask,
    int parallelism,
    long atMillis,
    long epoch,
    @Nullable String reason,
    @Nullable String controller,
    @Nullable Settings settings,
    @Nullable Seen seen,
    List<Double> memory,
    @Nullable Decided decided,
    @Nullable Nominal nominal) {

  public static final int SCHEMA = 1;
  public static final String DECISION = "decision";
  public static final String CONTROL_ACCEPTED = "control-accepted";
  public static final String CONTROL_REFUSED = "control-refused";

  public Status {
    Require.schema(SCHEMA, schema);
    Require.text("kind", kind);
    Require.atLeast("parallelism", 1, parallelism);
    Require.that(
        subtask >= 0 && subtask < parallelism,
        "subtask",
        "from 0 to parallelism - 1 (" + (parallelism - 1) + ")",
        subtask);
    Require.atLeast("epoch", 0, epoch);
    memory = Require.elements("memory", memory);
    for (double value : memory) {
      Require.finite("each of memory", value);
    }
  }

  /** A record without nominal costs: an answer, or a decision that nobody needs to repeat. */
  public Status(
      int schema,
      String kind,
      int subtask,
      int parallelism,
      long atMillis,
      long epoch,
      @Nullable String reason,
      @Nullable String controller,
      @Nullable Settings settings,
      @Nullable Seen seen,
      List<Double> memory,
      @Nullable Decided decided) {
    this(
        schema,
        kind,
        subtask,
        parallelism,
        atMillis,
        epoch,
        reason,
        controller,
        settings,
        seen,
        memory,
        decided,
        null);
  }

  /** The settings of this subtask's controller, see {@code io.saccade.budget.Settings}. */
  public record Settings(
      double budgetCores,
      long targetAgeNanos,
      long maxAgeNanos,
      long windowNanos,
      long drainHorizonNanos) {
    public Settings {
      Require.finite("budgetCores", budgetCores);
    }
  }

  /** The observation, see {@code io.saccade.budget.Observation}. */
  public record Seen(
      long nowNanos,
      long arrivals,
      long captureSpanNanos,
      long minimumAgeNanos,
      long decodes,
      long decodeNanos,
      long glances,
      long glanceNanos,
      long focuses,
      long focusNanos,
      long spentNanos,
      long busyNanos) {}

  /** The operating point, see {@code io.saccade.budget.OperatingPoint}. */
  public record Decided(
      double position,
      double keep,
      double offeredPerSecond,
      double demandPerSecond,
      double costNanos,
      double slowdown) {
    public Decided {
      Require.finite("position", position);
      Require.finite("keep", keep);
      Require.finite("offeredPerSecond", offeredPerSecond);
      Require.finite("demandPerSecond", demandPerSecond);
      Require.finite("costNanos", costNanos);
      Require.finite("slowdown", slowdown);
    }
  }

  /** CPU time of each stage as measured at the start, see {@code io.saccade.budget.StageCosts}. */
  public record Nominal(double decodeNanos, double glanceNanos, double focusNanos) {
    public Nominal {
      Require.finite("decodeNanos", decodeNanos);
      Require.finite("glanceNanos", glanceNanos);
      Require.finite("focusNanos", focusNanos);
    }
  }
}
