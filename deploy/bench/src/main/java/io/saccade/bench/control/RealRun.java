package io.saccade.bench.control;

import io.saccade.bench.control.Projector.Shown;
import io.saccade.bench.control.Trial.Change;
import io.saccade.bench.control.Trial.Deed;
import io.saccade.quickstart.Tail;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.measure.RunLog;
import io.saccade.wire.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Plays a trial on the real job. */
final class RealRun {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LAST_LABELS = Duration.ofSeconds(15);
  private static final Duration LEAD = Duration.ofMillis(200);

  /** After the last label, to see what the job costs when nothing comes. */
  private static final Duration SILENCE = Duration.ofMillis(1_500);

  private final Trial trial;
  private final Stage stage;
  private final Journal journal;
  private final ControlRoom room;

  private RealRun(Trial trial, Stage stage, Journal journal, ControlRoom room) {
    this.trial = trial;
    this.stage = stage;
    this.journal = journal;
    this.room = room;
  }

  /**
   * Plays a trial to its end.
   *
   * @param planned its frames
   * @param judgedFrom the seconds before are not judged
   */
  static Played play(Trial trial, Stage stage, Reel reel, List<Frame> planned, double judgedFrom)
      throws Exception {
    Journal journal = new Journal(stage.topics());
    String brokers = stage.options().brokers();
    try (Tail tail =
            Tail.from(brokers, List.of(stage.topics().labels(), stage.topics().status()), journal);
        Projector projector = new Projector(brokers, stage.topics().frames(), reel);
        ControlRoom room = new ControlRoom(stage.options())) {
      Played played = new RealRun(trial, stage, journal, room).play(projector, planned, judgedFrom);
      tail.requireAlive();
      return played;
    }
  }

  private Played play(Projector projector, List<Frame> planned, double judgedFrom)
      throws Exception {
    awaitDecision(0);
    if (trial.deed() == Deed.OUTAGE) {
      stage.awaitCheckpoint();
    }
    List<Frame> inOrder =
        planned.stream().sorted(Comparator.comparingLong(Frame::captured)).toList();
    RunClock clock = RunClock.startingIn(LEAD);
    FutureTask<Shown> showing = start(() -> projector.show(inOrder, clock));
    double up = deed(clock);
    Shown shown = finished(showing);
    journal.awaitLabels(shown.frames().size(), LAST_LABELS);
    stage.requireAlive();
    TimeUnit.NANOSECONDS.sleep(SILENCE.toNanos());
    Scenario scenario =
        trial.deed() == Deed.OUTAGE
            ? Trials.troubled(new Span(up, trial.scenario().seconds()), trial.scenario())
            : trial.scenario();
    RunLog log = Chronicle.of(scenario, clock, shown.frames(), journal, judgedFrom);
    List<Status> answers = journal.statuses(Status.CONTROL_ACCEPTED);
    return new Played(
        log,
        shown.frames().stream().filter(it -> it.captured() / 1e9 >= judgedFrom).toList(),
        new Beside(
            shown.lateness(0.99),
            journal.duplicates(),
            Gauges.idleCores(journal.statuses(Status.DECISION)),
            Gauges.theft(log.dials(), trial),
            room.secondsToForce(answers),
            Gauges.secondsToFollow(log, trial)));
  }

  /** Does what belongs to the trial; returns when the job was up again, if it was down. */
  private double deed(RunClock clock) throws InterruptedException {
    Span trouble = trial.scenario().trouble();
    for (Change change : trial.changes()) {
      clock.await(change.atSeconds());
      room.write(change);
    }
    if (trial.deed() == Deed.THEFT) {
      clock.await(trouble.from());
      try (Thief thief = Thief.atWork(Runtime.getRuntime().availableProcessors())) {
        clock.await(trouble.until());
        thief.requireAtWork();
      }
    } else if (trial.deed() == Deed.OUTAGE) {
      Span down = trial.scenario().host().down();
      clock.await(down.from());
      stage.cancel();
      long cancelledMillis = System.currentTimeMillis();
      clock.await(down.until());
      stage.resume();
      return clock.nanosToMillis(awaitDecision(cancelledMillis)) / 1e9;
    }
    return 0;
  }

  /** Waits for the first decision after a moment; returns its time. */
  private long awaitDecision(long afterMillis) throws InterruptedException {
    boolean came =
        journal.awaitStatus(
            it -> it.kind().equals(Status.DECISION) && it.atMillis() > afterMillis, START);
    stage.requireAlive();
    if (!came) {
      throw new IllegalStateException(
          "the job must decide within %d s, but has not".formatted(START.toSeconds()));
    }
    return journal.statuses(Status.DECISION).stream()
        .mapToLong(Status::atMillis)
        .filter(at -> at > afterMillis)
        .min()
        .orElseThrow();
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "cameras");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> T finished(FutureTask<T> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception why ? why : e;
    }
  }
}
