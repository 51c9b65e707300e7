package io.saccade.console.scene;

import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job through time: a row for each of the last 900 seconds, marks where something happened, and
 * the newest decision of each subtask. Safe for use by several threads.
 */
public final class Chronicle {
  /** A quarter of an hour. */
  static final int SECONDS = 900;

  static final int MARKS = 500;

  /** A job decides ten times a second: one silent for so long is not running. */
  static final long ALIVE_MILLIS = 5_000;

  private final Deque<Second> seconds = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Map<Integer, Status> decisions = new HashMap<>();
  private Counting counting = new Counting();
  private long secondMillis;
  private long marked;
  private @Nullable Control control;
  private @Nullable String model;
  private boolean running;
  private long unreadableMarkedMillis;

  /** Closes the seconds that are over; to be called several times a second. */
  public synchronized void tick(long nowMillis) {
    long second = nowMillis - nowMillis % 1000;
    if (secondMillis == 0) {
      secondMillis = second;
    }
    decisions.values().removeIf(it -> it.atMillis() < nowMillis - ALIVE_MILLIS);
    if (running && decisions.isEmpty()) {
      running = false;
      mark(nowMillis, "job", "", "the job has stopped deciding");
    }
    if (second == secondMillis) {
      return;
    }
    seconds.addLast(counting.sum(secondMillis, offered(), budget()));
    if (seconds.size() > SECONDS) {
      seconds.removeFirst();
    }
    counting = new Counting();
    secondMillis = second;
  }

  public synchronized void hear(Label label, long nowMillis) {
    counting.count(label);
    String now = label.model() + " " + abbreviated(label.modelSha256());
    if (!now.equals(model)) {
      mark(nowMillis, "model", "", (model == null ? "model " : "another model: ") + now);
      model = now;
    }
    // A camera that sends garbage does so with every frame: once in ten seconds is told.
    if (label.outcome().equals(Label.UNREADABLE) && nowMillis - unreadableMarkedMillis > 10_000) {
      unreadableMarkedMillis = nowMillis;
      mark(nowMillis, "refused", label.camera(), "a frame could not be read: " + label.reason());
    }
  }

  public synchronized void hear(Status status, long nowMillis) {
    switch (status.kind()) {
      case Status.DECISION -> decided(status, nowMillis);
      case Status.CONTROL_ACCEPTED -> {
        if (status.subtask() == 0) {
          mark(nowMillis, "control", "", "settings of epoch " + status.epoch() + " are in force");
        }
      }
      case Status.CONTROL_REFUSED -> {
        if (status.subtask() == 0) {
          mark(nowMillis, "refused", "", "the job refused settings: " + status.reason());
        }
      }
      default -> {
        // More kinds may come.
      }
    }
  }

  private void decided(Status status, long nowMillis) {
    if (status.atMillis() < nowMillis - ALIVE_MILLIS) {
      return; // Of the time before this console began.
    }
    counting.count(status);
    Status before = decisions.put(status.subtask(), status);
    if (before != null && before.parallelism() != status.parallelism()) {
      decisions.keySet().removeIf(it -> it >= status.parallelism());
      mark(nowMillis, "job", "", "the job runs with parallelism " + status.parallelism());
    }
    if (!running) {
      running = true;
      mark(nowMillis, "job", "", "the job decides");
    } else if (before != null && restarted(before, status)) {
      mark(nowMillis, "job", "", "subtask " + status.subtask() + " was gone for a while");
    }
  }

  /** Ten decisions a second are usual: two seconds without one are a restart or a long stall. */
  private static boolean restarted(Status before, Status now) {
    return now.atMillis() - before.atMillis() > 2_000;
  }

  public synchronized void hear(Event event) {
    String text =
        switch (event.kind()) {
          case Event.SILENT -> "has fallen silent";
          case Event.BACK -> "is back" + (event.to() == null ? "" : ", shows " + event.to());
          default ->
              event.from() == null
                  ? "shows " + event.to()
                  : "shows " + event.to() + ", no longer " + event.from();
        };
    mark(event.atMillis(), "camera", event.camera(), text);
  }

  public synchronized void hear(Control written) {
    if (control == null || written.epoch() > control.epoch()) {
      control = written;
    }
  }

  private void mark(long atMillis, String kind, String camera, String text) {
    marks.addLast(new Mark(++marked, atMillis, kind, camera, text));
    if (marks.size() > MARKS) {
      marks.removeFirst();
    }
  }

  /** The newest settings written, which the job may have refused. */
  public synchronized Optional<Control> control() {
    return Optional.ofNullable(control);
  }

  /** The newest decision of each subtask; empty when none runs. */
  public synchronized List<Status> decisions() {
    return List.copyOf(decisions.values());
  }

  /** The seconds after that one, oldest first. */
  public synchronized List<Second> secondsAfter(long atMillis) {
    List<Second> after = new ArrayList<>();
    seconds.stream().filter(it -> it.atMillis() > atMillis).forEach(after::add);
    return after;
  }

  /** The marks after that one, oldest first. */
  public synchronized List<Mark> marksAfter(long number) {
    return marks.stream().filter(it -> it.number() > number).toList();
  }

  private double offered() {
    double offered = 0;
    for (Status it : decisions.values()) {
      Status.Decided decided = it.decided();
      offered += decided == null ? 0 : decided.offeredPerSecond();
    }
    return offered;
  }

  private double budget() {
    double budget = 0;
    for (Status it : decisions.values()) {
      Status.Settings settings = it.settings();
      budget += settings == null ? 0 : settings.budgetCores();
    }
    return decisions.isEmpty() ? Double.NaN : budget;
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
