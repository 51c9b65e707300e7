package io.saccade.bench.control;

import io.saccade.bench.control.Journal.Fate;
import io.saccade.budget.Observation;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.replay.LoggedDecision;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;

/**
 * Turns what a job said into the simulator's log of a run, so that both are measured by the same
 * code.
 */
final class Chronicle {
  private static final String TOO_OLD = "too-old";

  /** Spending of one tick is spread over its time in pieces of this length. */
  private static final long PIECE_NANOS = 10_000_000;

  private static final long TICK_NANOS = 100_000_000;

  /** A longer time between two ticks is an outage, in which nothing was spent. */
  private static final long LONGEST_TICK_NANOS = 1_500_000_000;

  private final RunClock clock;
  private final List<Frame> frames;
  private final double judgedFrom;
  private final RunLog log;
  private long lastTick;

  private Chronicle(Scenario scenario, RunClock clock, List<Frame> frames, double judgedFrom) {
    this.clock = clock;
    this.frames = frames;
    this.judgedFrom = judgedFrom;
    log = new RunLog(scenario, frames.stream().filter(this::judged).toList());
  }

  /**
   * The log of a run that is over.
   *
   * @param frames as sent, in the order of their offsets
   * @param judgedFrom frames captured in the seconds before are left out: the JVM is warming up
   */
  static RunLog of(
      Scenario scenario, RunClock clock, List<Frame> frames, Journal journal, double judgedFrom) {
    Chronicle chronicle = new Chronicle(scenario, clock, frames, judgedFrom);
    journal.fates().forEach(chronicle::book);
    journal.statuses(Status.DECISION).forEach(chronicle::book);
    chronicle.log.ends(0);
    return chronicle.log;
  }

  private boolean judged(Frame frame) {
    return frame.captured() / 1e9 >= judgedFrom;
  }

  private void book(Fate fate) {
    Frame frame = frames.get(fate.frame());
    if (frame.sequence() != fate.sequence()) {
      throw new IllegalStateException(
          "offset %d must hold sequence %d of its camera, but its label says %d"
              .formatted(fate.frame(), frame.sequence(), fate.sequence()));
    }
    if (!judged(frame)) {
      return;
    }
    long at = Math.max(0, frame.captured() + fate.ageMillis() * 1_000_000);
    if (fate.outcome().equals(Label.CLASSIFIED)) {
      log.classified(frame, at, fate.looks());
    } else if (fate.outcome().equals(Label.SHED)) {
      if (fate.reason().equals(TOO_OLD)) {
        log.shed(at);
      } else {
        log.thinned(at);
      }
    } else {
      throw new IllegalStateException(
          "a sample picture must be readable, but one was %s, %s"
              .formatted(fate.outcome(), fate.reason()));
    }
  }

  private void book(Status status) {
    LoggedDecision decision = LoggedDecision.of(status);
    Observation seen = decision.seen();
    long at = clock.nanosTo(seen.nowNanos());
    if (at >= 0) {
      spread(at, seen.spentNanos(), sinceLastTick(at));
      log.decided(at, decision.memory(), seen, decision.point());
    }
  }

  private long sinceLastTick(long at) {
    long since = at - lastTick;
    lastTick = at;
    return since <= LONGEST_TICK_NANOS ? since : TICK_NANOS;
  }

  private void spread(long at, long cpuNanos, long overNanos) {
    long pieces = Math.max(1, overNanos / PIECE_NANOS);
    for (long piece = 0; piece < pieces; piece++) {
      log.spent(Math.max(0, at - piece * PIECE_NANOS - PIECE_NANOS / 2), cpuNanos / pieces);
    }
  }
}
