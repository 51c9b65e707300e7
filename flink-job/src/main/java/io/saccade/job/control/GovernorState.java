package io.saccade.job.control;

/**
 * What a governor goes on from after a restart. Public, and of types that Flink serialises itself.
 *
 * @param subtask who kept it
 * @param parallelism of how many
 * @param law name of the control law
 * @param model SHA-256 of the model whose frontier {@code position} is on
 * @param memory of the controller
 * @param epoch of the control settings in force; 0 before any
 * @param cores budget of the whole job
 * @param targetAgeMillis see {@link JobBudget}
 * @param maxAgeMillis see {@link JobBudget}
 * @param position the operating point in force, here and below
 * @param keep see {@link io.saccade.budget.OperatingPoint}
 * @param offeredPerSecond as above
 * @param demandPerSecond as above
 * @param costNanos as above
 * @param slowdown as above
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
    double slowdown) {}
