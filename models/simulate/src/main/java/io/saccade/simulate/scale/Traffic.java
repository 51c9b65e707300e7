package io.saccade.simulate.scale;

import io.saccade.budget.ControllerKind;
import io.saccade.simulate.trace.Trace;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import java.util.SplittableRandom;

/**
 * What subtasks tell each other and people, uncompressed.
 *
 * @param subtasks number of them
 * @param decisionBytes of one decision on the status topic, ten a second and subtask
 * @param newsBytes of one news record there, one a second and subtask
 * @param statusBytesPerSecond on the topic; the reader of the news reads as much
 * @param heardPerSecond news records that each subtask hears
 * @param newsBytesPerSecond from the reader to all subtasks
 */
public record Traffic(
    int subtasks,
    int decisionBytes,
    int newsBytes,
    double statusBytesPerSecond,
    double heardPerSecond,
    double newsBytesPerSecond) {
  private static final double DECISIONS_PER_SECOND = 10;

  /** A demand between Flink's tasks: ten numbers, and what says that they are there. */
  private static final double HEARD_BYTES = 100;

  /** By records as long as those of the law with this trace's frontier. */
  public static Traffic of(int subtasks, Trace trace) {
    int memory =
        ControllerKind.LAW.create(trace.frontier().reach(), trace.nominal()).initialMemory().length;
    int decision = bytes(decision(subtasks, memory));
    int news = bytes(news(subtasks));
    return new Traffic(
        subtasks,
        decision,
        news,
        subtasks * (DECISIONS_PER_SECOND * decision + news),
        subtasks,
        subtasks * (double) subtasks * HEARD_BYTES);
  }

  private static int bytes(Status status) {
    return JsonCodec.STATUS.encode(status).length;
  }

  /** Numbers as long as measured ones are. */
  private static Status decision(int subtasks, int memory) {
    SplittableRandom random = new SplittableRandom(1);
    return Status.decision(
        from(subtasks),
        "LAW",
        new Status.Settings(
            random.nextDouble(),
            200_000_000,
            800_000_000,
            10_000_000_000L,
            500_000_000,
            Status.Settings.CORES,
            null),
        new Status.Seen(
            1_760_000_000_123_456_789L,
            123,
            99_123_456,
            5_123_456,
            123,
            61_123_456,
            123,
            301_123_456,
            123,
            301_123_456,
            701_123_456,
            801_123_456),
        random.doubles(memory).boxed().toList(),
        new Status.Decided(
            random.nextDouble(),
            1,
            random.nextDouble() * 100,
            random.nextDouble() * 100,
            random.nextDouble() * 1e7,
            1 + random.nextDouble()),
        new Status.Nominal(493_374.48, 2_435_036.21, 2_472_212.63, 71_182_560.0, 71_496_928.0));
  }

  private static Status news(int subtasks) {
    SplittableRandom random = new SplittableRandom(2);
    return Status.news(
        from(subtasks),
        new Status.Demand(
            random.nextDouble() * 100,
            random.nextDouble(),
            1 + random.nextDouble(),
            0.95 * random.nextDouble(),
            random.nextDouble(),
            false),
        null);
  }

  private static Status.From from(int subtasks) {
    return new Status.From(subtasks - 1, subtasks, 1_760_000_000_123L, 12, "saccade");
  }
}
