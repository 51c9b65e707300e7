package io.saccade.cli;

import io.saccade.budget.Settings;
import io.saccade.console.control.ControlDesk;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade budget set}: changes what is asked for, and leaves the rest as it is. */
@Command(
    name = "set",
    description = {
      "Changes the budget; the running job follows within a second.",
      "What is not named stays as it is.",
      "",
      "Example: saccade budget set --cores 0.5 --brokers 127.0.0.1:19092",
      "Example: saccade budget set --target-age 100ms --max-age 1s",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BudgetSetCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Option(names = "--cores", description = "CPU seconds per second for the whole job.")
  private @Nullable Double cores;

  @Option(names = "--target-age", description = "Waiting time to work towards, such as 200ms.")
  private @Nullable Duration targetAge;

  @Option(names = "--max-age", description = "A frame older than this is shed unread.")
  private @Nullable Duration maxAge;

  @Option(names = "--operator", paramLabel = "NAME", description = "Who asks (default: the user).")
  private String operator = System.getProperty("user.name", "unknown");

  @Override
  public Integer call() throws InterruptedException {
    if (cores == null && targetAge == null && maxAge == null) {
      throw Complaint.of(
          spec, "at least one of --cores, --target-age, --max-age must be given, but none was");
    }
    try (ControlDesk desk = kafka.desk()) {
      List<Status> running = desk.running(System.currentTimeMillis());
      Control control = changed(desk.newest(), running);
      requireUsable(control, running);
      desk.write(control);
      System.out.println("written: " + described(control));
      return report(desk.answer(control, running.isEmpty() ? Duration.ofSeconds(1) : PATIENCE));
    }
  }

  private int report(ControlDesk.Answer answer) {
    if (answer.refusal().isPresent()) {
      System.err.println("saccade: the job refused: " + answer.refusal().get());
      return ExitCode.SOFTWARE;
    }
    if (answer.complete()) {
      System.out.println("accepted by the job");
    } else if (answer.accepted() > 0) {
      System.out.printf(
          "accepted by %d of the job's %d subtasks so far%n",
          answer.accepted(), answer.parallelism());
    } else {
      System.out.println(
          "no running job has answered at %s; it holds for the next one"
              .formatted(kafka.brokers()));
    }
    return ExitCode.OK;
  }

  /** What the job is sure to refuse is not written: it would hide the settings in force. */
  private static void requireUsable(Control control, List<Status> running) {
    if (!running.isEmpty()) {
      JobBudget.objection(control.budgetCores(), running.get(0).parallelism())
          .ifPresent(
              objection -> {
                throw new IllegalStateException(objection);
              });
    }
  }

  /**
   * The settings in force with the changes asked for: those the job runs with, else the newest
   * written.
   */
  private Control changed(Optional<Control> newest, List<Status> running) {
    Optional<Control> base = settingsOf(running).or(() -> newest);
    if (base.isEmpty() && cores == null) {
      throw Complaint.of(
          spec,
          "--cores must be given, because no settings were written yet and no job is running");
    }
    Control before =
        base.orElseGet(
            () ->
                new Control(
                    Control.SCHEMA,
                    1,
                    operator,
                    1,
                    TimeUnit.NANOSECONDS.toMillis(Settings.TARGET_AGE_NANOS),
                    TimeUnit.NANOSECONDS.toMillis(Settings.MAX_AGE_NANOS)));
    long epoch =
        1
            + Math.max(
                newest.map(Control::epoch).orElse(0L),
                running.stream().mapToLong(Status::epoch).max().orElse(0));
    try {
      return new Control(
          Control.SCHEMA,
          epoch,
          operator,
          cores == null ? before.budgetCores() : cores,
          targetAge == null ? before.targetAgeMillis() : targetAge.toMillis(),
          maxAge == null ? before.maxAgeMillis() : maxAge.toMillis());
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  /** What a job that was never told otherwise runs with. */
  static Optional<Control> settingsOf(List<Status> running) {
    for (Status subtask : running) {
      Status.Settings settings = subtask.settings();
      if (settings != null) {
        return Optional.of(
            new Control(
                Control.SCHEMA,
                Math.max(1, subtask.epoch()),
                "the job's start",
                settings.budgetCores() * subtask.parallelism(),
                TimeUnit.NANOSECONDS.toMillis(settings.targetAgeNanos()),
                TimeUnit.NANOSECONDS.toMillis(settings.maxAgeNanos())));
      }
    }
    return Optional.empty();
  }

  static String described(Control control) {
    return String.format(
        Locale.ROOT,
        "%s cores, target age %d ms, maximum age %d ms (epoch %d, by %s)",
        control.budgetCores(),
        control.targetAgeMillis(),
        control.maxAgeMillis(),
        control.epoch(),
        control.issuedBy());
  }
}
