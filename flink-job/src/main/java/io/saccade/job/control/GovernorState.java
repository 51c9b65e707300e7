package io.saccade.job.control;

import io.saccade.budget.share.Demand;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import org.jspecify.annotations.Nullable;

/**
 * What a governor goes on from after a restart. Public, and of types that Flink serialises itself.
 *
 * @param subtask who kept it
 * @param parallelism of how many
 * @param law name of the control law
 * @param model SHA-256 of the model whose frontier {@code position} is on
 * @param memory of the controller
 * @param epoch of the control settings in force; 0 before any
 * @param cores budget of the whole job, where {@code control} is not kept; else 0
 * @param targetAgeMillis as above
 * @param maxAgeMillis as above
 * @param position the operating point in force, here and below
 * @param keep see {@link io.saccade.budget.OperatingPoint}
 * @param offeredPerSecond as above
 * @param demandPerSecond as above
 * @param costNanos as above
 * @param slowdown as above
 * @param control the control record in force, as JSON; null before any, and in states that were
 *     kept when these records were of schema 1
 * @param meter memory of what measures the demand; null in those states
 * @param demand the subtask's newest news; null in those states, or before any
 */
public record GovernorState(
    int subtask,
    int parallelism,
    String law,
    String model,
    double[] memory,
    long epoch,
    double cores,
    long targetAgeMillis,
    long maxAgeMillis,
    double position,
    double keep,
    double offeredPerSecond,
    double demandPerSecond,
    double costNanos,
    double slowdown,
    byte @Nullable [] control,
    double @Nullable [] meter,
    @Nullable Demand demand) {

  /** Whether settings of a control record were in force, and what they are is known. */
  boolean hasSettings() {
    return epoch > 0 && (control != null || cores > 0);
  }

  /**
   * The control record in force, in today's layout where none is kept: what is kept next then has
   * one, and no state needs what stands beside it but the oldest.
   */
  byte[] record() {
    return control == null
        ? JsonCodec.CONTROL.encode(
            new Control(
                Control.SCHEMA, epoch, "an earlier state", cores, targetAgeMillis, maxAgeMillis))
        : control;
  }

  /**
   * The settings in force. Those that were taken by a release which asked less of them are refused
   * as if they came now; the job must not fail for them at each restart.
   */
  ControlReading settings() {
    if (control == null) {
      return new ControlReading.Accepted(
          JobBudget.ofCores(cores, targetAgeMillis, maxAgeMillis), epoch);
    }
    try {
      return new ControlReading.Accepted(JobBudget.of(JsonCodec.CONTROL.decode(control)), epoch);
    } catch (MalformedRecordException e) {
      return new ControlReading.Refused(String.valueOf(e.getMessage()));
    }
  }
}
