package io.saccade.console.scene;

import io.saccade.console.control.JobName;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jobs through time: a row for each of the last 900 seconds, marks where something happened,
 * and the newest decision of each subtask. Of several jobs that share the topics, one is told of,
 * the first by name, wherever a figure is what jobs decide or spend; labels are those of all, as
 * they do not say whose they are. Safe for use by several threads.
 */
public final class Chronicle {
  /** A quarter of an hour. */
  static final int SECONDS = 900;

  static final int MARKS = 500;

  /** Seconds by which the present is judged. */
  private static final int OF_LATE = 10;

  /** A camera's word is news for so long; older ones are what it said before this console began. */
  private static final long NEWS_MILLIS = 10_000;

  private final Deque<Second> seconds = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Subtasks subtasks = new Subtasks();
  private final CameraStates cameras = new CameraStates();
  private final Models models = new Models();
  private Counting counting = new Counting();
  private long secondMillis;
  private long marked;
  private @Nullable Control control;
  private final SortedSet<JobName> running = new TreeSet<>();
  private long unreadableMarkedMillis;

  /** Closes the seconds that are over; to be called several times a second. */
  public synchronized void tick(long nowMillis) {
    long second = nowMillis - nowMillis % 1000;
    if (secondMillis == 0) {
      secondMillis = second;
    }
    subtasks.forgetSilent(nowMillis);
    markThoseGone(nowMillis);
    if (second == secondMillis) {
      return;
    }
    Optional<JobName> job = toldOf();
    seconds.addLast(
        counting.sum(
            secondMillis,
            job.map(subtasks::offeredPerSecond).orElse(0.0),
            job.map(subtasks::budgetCores).orElse(Double.NaN)));
    if (seconds.size() > SECONDS) {
      seconds.removeFirst();
    }
    counting = new Counting();
    secondMillis = second;
  }

  private void markThoseGone(long nowMillis) {
    SortedSet<JobName> gone = new TreeSet<>(running);
    gone.removeAll(subtasks.jobs());
    for (JobName job : gone) {
      mark(nowMillis, "job", "", named(job) + " has stopped deciding");
    }
    running.removeAll(gone);
  }

  /** For people: the only one needs no name. */
  private String named(JobName job) {
    return job.among(Math.max(1, running.size()));
  }

  /** The same behind a subtask's number. */
  private String ofJob(JobName job) {
    return running.size() <= 1 ? "" : " of " + named(job);
  }

  private Optional<JobName> toldOf() {
    SortedSet<JobName> jobs = subtasks.jobs();
    return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.first());
  }

  public synchronized void hear(Note note, long nowMillis) {
    counting.count(note);
    models.change(note, nowMillis).ifPresent(it -> mark(nowMillis, "model", "", it));
    // A camera that sends garbage does so with every frame: once in ten seconds is told.
    if (note.unreadable() && nowMillis - unreadableMarkedMillis > 10_000) {
      unreadableMarkedMillis = nowMillis;
      mark(nowMillis, "refused", note.camera(), "a frame could not be read: " + note.reason());
    }
  }

  public synchronized void hear(Status status, long nowMillis) {
    JobName job = JobName.of(status);
    switch (status.kind()) {
      case Status.DECISION -> decided(status, nowMillis);
      case Status.NEWS -> {
        if (Subtasks.fresh(status, nowMillis)) {
          subtasks.told(status);
        }
      }
      case Status.CONTROL_ACCEPTED -> {
        if (status.subtask() == 0) {
          mark(
              nowMillis,
              "control",
              "",
              "settings of epoch %d are in force%s"
                  .formatted(status.epoch(), running.size() <= 1 ? "" : " for " + named(job)));
        }
      }
      case Status.CONTROL_REFUSED -> {
        if (status.subtask() == 0) {
          mark(nowMillis, "refused", "", named(job) + " refused settings: " + status.reason());
        }
      }
      // Each subtask checks the model for itself: any may be the only one to refuse it.
      case Status.MODEL_REFUSED ->
          mark(
              nowMillis,
              "refused",
              "",
              "subtask %d%s refused a model: %s"
                  .formatted(status.subtask(), ofJob(job), status.reason()));
      default -> {
        // More kinds may come; that another model is in force is seen by its labels.
      }
    }
  }

  private void decided(Status status, long nowMillis) {
    if (!Subtasks.fresh(status, nowMillis)) {
      return;
    }
    JobName job = JobName.of(status);
    boolean rescaled = subtasks.rescaled(status);
    Status before = subtasks.decided(status);
    if (toldOf().equals(Optional.of(job))) {
      counting.count(status);
    }
    if (rescaled) {
      mark(nowMillis, "job", "", named(job) + " runs with parallelism " + status.parallelism());
    }
    if (running.add(job)) {
      mark(nowMillis, "job", "", named(job) + " decides");
    } else if (before != null && restarted(before, status)) {
      String who = "subtask " + status.subtask() + ofJob(job);
      mark(nowMillis, "job", "", who + " was gone for a while");
    }
  }

  /** Ten decisions a second are usual: two seconds without one are a restart or a long stall. */
  private static boolean restarted(Status before, Status now) {
    return now.atMillis() - before.atMillis() > 2_000;
  }

  public synchronized void hear(Event event, long nowMillis) {
    String text =
        switch (event.kind()) {
          case Event.SILENT -> "has fallen silent";
          case Event.BACK -> "is back" + (event.to() == null ? "" : ", shows " + event.to());
          default ->
              event.from() == null
                  ? "shows " + event.to()
                  : "shows " + event.to() + ", no longer " + event.from();
        };
    mark(told(event.atMillis(), nowMillis), "camera", event.camera(), text);
  }

  /** What the process of a camera says of it. */
  public synchronized void hear(CameraStatus status, long nowMillis) {
    Optional<String> change = cameras.change(status);
    if (change.isPresent() && status.atMillis() >= nowMillis - NEWS_MILLIS) {
      mark(told(status.atMillis(), nowMillis), "camera", status.camera(), change.get());
    }
  }

  public synchronized void hear(Control written) {
    if (control == null || written.epoch() > control.epoch()) {
      control = written;
    }
  }

  /** Whoever writes a record chooses its time: nothing has happened before 1970 or after now. */
  private static long told(long atMillis, long nowMillis) {
    return Math.max(0, Math.min(atMillis, nowMillis));
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

  /** The jobs that run; the first is the one told of. */
  public synchronized List<JobName> jobs() {
    return List.copyOf(subtasks.jobs());
  }

  /** The newest decision of each subtask of the job told of; empty when none runs. */
  public synchronized List<Status> decisions() {
    return toldOf().map(subtasks::decisions).orElse(List.of());
  }

  /** The newest news of each subtask of the job told of; empty when none tells. */
  public synchronized List<Status> news() {
    return toldOf().map(subtasks::news).orElse(List.of());
  }

  /** How the last {@link #OF_LATE} seconds went; empty when no frame came. */
  public synchronized Optional<Lately> lately(double mostLooks) {
    double frames = 0;
    double served = 0;
    double looks = 0;
    Iterator<Second> newest = seconds.descendingIterator();
    for (int i = 0; i < OF_LATE && newest.hasNext(); i++) {
      Second second = newest.next();
      frames += second.served() + second.shed() + second.deadLetters();
      served += second.served();
      looks += second.served() == 0 ? 0 : second.served() * second.meanLooks();
    }
    return frames == 0
        ? Optional.empty()
        : Optional.of(new Lately(served / frames, Math.max(0, 1 - looks / (frames * mostLooks))));
  }

  /**
   * How it went of late.
   *
   * @param kept share of the frames that were looked at
   * @param qualityDeficit share of the looks of full quality that were not taken, those at frames
   *     that were left out included
   */
  public record Lately(double kept, double qualityDeficit) {}

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

  /** A model that labels name of late and that is not this bundle's, for people. */
  public synchronized Optional<String> modelOtherThan(Bundle bundle) {
    return models.otherThan(bundle);
  }
}
