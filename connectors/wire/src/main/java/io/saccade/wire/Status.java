package io.saccade.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subtask observed and decided at one tick, enough to replay the decision bit for bit; its
 * answer to a control message or to an order for another model; or its news, once a second: what it
 * could spend, by which the subtasks share the budget, and how right its answers are.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param kind {@code decision}, {@code news}, {@code control-accepted}, {@code control-refused},
 *     {@code model-in-force} or {@code model-refused}; also in the header {@link #KIND}
 * @param subtask index of the subtask
 * @param parallelism number of subtasks
 * @param atMillis wall clock, milliseconds since 1970
 * @param epoch control epoch in force after this record; of an answer to an order for a model, the
 *     order's own
 * @param reason why a control message or an order was refused; null otherwise
 * @param controller name of the control law; null unless a decision
 * @param settings the settings decided under; null unless a decision
 * @param seen the observation; null unless a decision
 * @param memory the controller's memory before the decision; empty unless a decision
 * @param decided the decision; null otherwise
 * @param nominal the stage costs that the control law was made with; null unless a decision
 * @param job name of the job among those that share the topics; null when nobody said
 * @param demand what this subtask could spend; null unless news
 * @param accuracy how right its answers are; null unless news, or when nothing is audited
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
    @Nullable Nominal nominal,
    @Nullable String job,
    @Nullable Demand demand,
    @Nullable Accuracy accuracy) {

  public static final int SCHEMA = 1;

  /** Header with the kind, so that who wants one kind need not read the others. */
  public static final String KIND = "kind";

  public static final String DECISION = "decision";
  public static final String NEWS = "news";
  public static final String CONTROL_ACCEPTED = "control-accepted";
  public static final String CONTROL_REFUSED = "control-refused";

  /** Answer to an order for another model, which looks from the next frame on. */
  public static final String MODEL_IN_FORCE = "model-in-force";

  /** Answer to an order for another model; the one before stays in force. */
  public static final String MODEL_REFUSED = "model-refused";

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

  /**
   * Who speaks, and when, as every record says.
   *
   * @param job null when nobody said
   */
  public record From(
      int subtask, int parallelism, long atMillis, long epoch, @Nullable String job) {
    /** Of a job that has no name. */
    public From(int subtask, int parallelism, long atMillis, long epoch) {
      this(subtask, parallelism, atMillis, epoch, null);
    }
  }

  /**
   * A decision; without its settings, observation or nominal costs it cannot be replayed.
   *
   * @param memory the controller's, before it
   */
  public static Status decision(
      From from,
      @Nullable String controller,
      @Nullable Settings settings,
      @Nullable Seen seen,
      List<Double> memory,
      @Nullable Decided decided,
      @Nullable Nominal nominal) {
    return new Status(
        SCHEMA,
        DECISION,
        from.subtask,
        from.parallelism,
        from.atMillis,
        from.epoch,
        null,
        controller,
        settings,
        seen,
        memory,
        decided,
        nominal,
        from.job,
        null,
        null);
  }

  /**
   * News.
   *
   * @param accuracy null when nothing is audited
   */
  public static Status news(From from, Demand demand, @Nullable Accuracy accuracy) {
    return new Status(
        SCHEMA,
        NEWS,
        from.subtask,
        from.parallelism,
        from.atMillis,
        from.epoch,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        from.job,
        demand,
        accuracy);
  }

  /**
   * An answer to a control message or to an order for a model.
   *
   * @param reason why it was refused; null when it was not
   */
  public static Status answer(From from, String kind, @Nullable String reason) {
    return new Status(
        SCHEMA,
        kind,
        from.subtask,
        from.parallelism,
        from.atMillis,
        from.epoch,
        reason,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        from.job,
        null,
        null);
  }

  /**
   * The settings of this subtask's controller, see {@code io.saccade.budget.Settings}.
   *
   * @param budgetCores CPU seconds per second that this subtask may spend: its share of the budget,
   *     or what its core gives where the budget is of another kind
   * @param budgetUnit {@code cores}, {@code multiply-adds} or {@code none}; null says cores
   * @param budgetMultiplyAddsPerSecond its share of such a budget; null for another one
   */
  public record Settings(
      double budgetCores,
      long targetAgeNanos,
      long maxAgeNanos,
      long windowNanos,
      long drainHorizonNanos,
      @Nullable String budgetUnit,
      @Nullable Double budgetMultiplyAddsPerSecond) {
    public static final String CORES = "cores";
    public static final String MULTIPLY_ADDS = "multiply-adds";
    public static final String NONE = "none";

    public Settings {
      Require.finite("budgetCores", budgetCores);
      if (budgetMultiplyAddsPerSecond != null) {
        Require.finite("budgetMultiplyAddsPerSecond", budgetMultiplyAddsPerSecond);
      }
    }

    /** A budget in cores. */
    public Settings(
        double budgetCores,
        long targetAgeNanos,
        long maxAgeNanos,
        long windowNanos,
        long drainHorizonNanos) {
      this(budgetCores, targetAgeNanos, maxAgeNanos, windowNanos, drainHorizonNanos, null, null);
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

  /**
   * CPU time of each stage as measured at the start, see {@code io.saccade.budget.StageCosts}, and
   * multiply-adds of the looks, see {@code io.saccade.budget.LookWork}.
   */
  public record Nominal(
      double decodeNanos,
      double glanceNanos,
      double focusNanos,
      @Nullable Double glanceMultiplyAdds,
      @Nullable Double focusMultiplyAdds) {
    public Nominal {
      Require.finite("decodeNanos", decodeNanos);
      Require.finite("glanceNanos", glanceNanos);
      Require.finite("focusNanos", focusNanos);
      if (glanceMultiplyAdds != null) {
        Require.finite("glanceMultiplyAdds", glanceMultiplyAdds);
      }
      if (focusMultiplyAdds != null) {
        Require.finite("focusMultiplyAdds", focusMultiplyAdds);
      }
    }

    /** Without the multiply-adds of the looks. */
    public Nominal(double decodeNanos, double glanceNanos, double focusNanos) {
      this(decodeNanos, glanceNanos, focusNanos, null, null);
    }
  }

  /** What a subtask could spend, see {@code io.saccade.budget.share.Demand}. */
  public record Demand(
      double framesPerSecond,
      double glanceCores,
      double fullCores,
      double mostCores,
      double weight,
      boolean deaf) {
    public Demand {
      Require.finite("framesPerSecond", framesPerSecond);
      Require.finite("glanceCores", glanceCores);
      Require.finite("fullCores", fullCores);
      Require.finite("mostCores", mostCores);
      Require.finite("weight", weight);
    }
  }

  /**
   * How right the answers are of late, without labels, see {@code io.saccade.budget.drift}.
   *
   * @param audits frames looked at to full depth lately
   * @param agreement share of them whose answer would have been the final one
   * @param agreementLow lower end of its interval of 95 %
   * @param agreementHigh upper end
   * @param accuracy estimated share of right answers
   * @param accuracyLow lower end of its interval of 95 %
   * @param accuracyHigh upper end
   */
  public record Accuracy(
      double audits,
      double agreement,
      double agreementLow,
      double agreementHigh,
      double accuracy,
      double accuracyLow,
      double accuracyHigh) {
    public Accuracy {
      Require.finite("audits", audits);
      Require.share("agreement", agreement);
      Require.share("agreementLow", agreementLow);
      Require.share("agreementHigh", agreementHigh);
      Require.share("accuracy", accuracy);
      Require.share("accuracyLow", accuracyLow);
      Require.share("accuracyHigh", accuracyHigh);
    }
  }
}
