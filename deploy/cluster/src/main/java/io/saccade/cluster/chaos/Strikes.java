package io.saccade.cluster.chaos;

import io.saccade.cluster.Life;
import io.saccade.quickstart.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hits processes.
 *
 * @param frozen how long a frozen process stands still
 */
record Strikes(Stage stage, Duration frozen) {
  private static final String BROKER = "broker";

  /**
   * A process that can be hit.
   *
   * @param name with the number of its life, if it has any
   */
  record Victim(String name, long pid) {
    static Victim of(Life life) {
      return new Victim(life.program() + "." + life.number(), life.pid());
    }
  }

  /** Who a strike will hit. */
  Victim victim(Plan.Strike strike) throws InterruptedException {
    return switch (strike.kind()) {
      case KILL_TASKMANAGER -> strike.choose(taskManagers());
      case KILL_JOBMANAGER -> Victim.of(stage.jobManager());
      case KILL_BROKER -> broker();
      case FREEZE -> strike.choose(everyKind(strike));
    };
  }

  /** One of each kind, of the TaskManagers any. */
  private List<Victim> everyKind(Plan.Strike strike) throws InterruptedException {
    List<Victim> each = new ArrayList<>();
    List<Victim> taskManagers = taskManagers();
    // The digits that do not choose the kind choose the TaskManager.
    each.add(taskManagers.get((int) (strike.draw() * 3e6) % taskManagers.size()));
    each.add(Victim.of(stage.jobManager()));
    each.add(broker());
    return each;
  }

  private List<Victim> taskManagers() throws InterruptedException {
    List<Victim> busy = stage.busyTaskManagers().stream().map(Victim::of).toList();
    if (busy.isEmpty()) {
      throw new IllegalStateException("a TaskManager must have tasks of the job, but none has");
    }
    return busy;
  }

  private Victim broker() {
    return new Victim(BROKER, stage.broker().pid());
  }

  /** Does it; when it returns, the process is dead, or at work again. */
  void hit(FaultKind kind, Victim victim) throws IOException, InterruptedException {
    if (kind == FaultKind.FREEZE) {
      Signals.send("STOP", victim.pid);
      try {
        TimeUnit.NANOSECONDS.sleep(frozen.toNanos());
      } finally {
        // Unless somebody has ended it meanwhile.
        if (ProcessHandle.of(victim.pid).isPresent()) {
          Signals.send("CONT", victim.pid);
        }
      }
    } else if (kind == FaultKind.KILL_BROKER) {
      stage.broker().kill();
      stage.broker().begin();
    } else {
      ProcessHandle.of(victim.pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
