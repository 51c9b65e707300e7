package io.saccade.cli;

import io.saccade.budget.Settings;
import io.saccade.console.control.Answer;
import io.saccade.console.control.Answers;
import io.saccade.console.control.ControlDesk;
import io.saccade.console.control.InForce;
import io.saccade.console.control.Running;
import io.saccade.job.Share;
import io.saccade.job.control.JobBudget;
import io.saccade.wire.Control;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
      "Example: saccade budget set --multiply-adds 8e9 --audit 2%%",
      "Example: saccade budget set --camera yard=weight:2,cap:30%% --camera gate=usual",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 every subtask of the jobs that run follows, or none runs; 1 a job"
          + " refused, has not answered or follows in part, or it failed; 2 wrong usage."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BudgetSetCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Option(
      names = "--cores",
      paramLabel = "CORES",
      description = "CPU seconds per second for the whole job.")
  private @Nullable Double cores;

  @Option(
      names = "--multiply-adds",
      paramLabel = "RATE",
      description = "Multiply-adds of looks per second for the whole job, such as 8e9.")
  private @Nullable Double multiplyAdds;

  @Option(
      names = "--latency-only",
      description = "No budget: look as long as frames need not wait.")
  private boolean latencyOnly;

  @Option(
      names = "--camera",
      paramLabel = "NAME=TERMS",
      converter = CameraTerms.Reader.class,
      description =
          "What holds for a camera: weight:W (0.001 to 1000, 1 for any) and cap:C, the share"
              + " of the budget it may take at most; usual forgets both. May be repeated.")
  private List<CameraTerms> cameras = List.of();

  @Option(
      names = "--audit",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Share of frames looked at to the end, to see how right answers are.")
  private @Nullable Double audit;

  @Option(
      names = "--target-age",
      paramLabel = "TIME",
      description = "Waiting time to work towards, such as 200ms.")
  private @Nullable Duration targetAge;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description = "A frame older than this is shed unread.")
  private @Nullable Duration maxAge;

  @Option(names = "--operator", paramLabel = "NAME", description = "Who asks (default: the user).")
  private String operator = System.getProperty("user.name", "unknown");

  @Override
  public Integer call() throws InterruptedException {
    requireAChange();
    try (ControlDesk desk = kafka.desk()) {
      Running running = desk.running(System.currentTimeMillis());
      Control control = changed(desk.newest(), running);
      requireUsable(control, running);
      desk.write(control);
      System.out.println("written: " + described(control));
      Duration patience = running.none() ? Duration.ofSeconds(1) : PATIENCE;
      return report(desk.answer(control, running, patience));
    }
  }

  private void requireAChange() {
    int budgets = (cores == null ? 0 : 1) + (multiplyAdds == null ? 0 : 1) + (latencyOnly ? 1 : 0);
    if (budgets > 1) {
      throw Complaint.of(
          spec,
          "at most one of --cores, --multiply-adds, --latency-only must be given, but %d were"
              .formatted(budgets));
    }
    boolean other = targetAge != null || maxAge != null || audit != null || !cameras.isEmpty();
    if (budgets == 0 && !other) {
      throw Complaint.of(
          spec,
          "at least one of --cores, --multiply-adds, --latency-only, --target-age, --max-age, --camera, --audit must be given, but none was");
    }
  }

  private int report(Answers answers) {
    List<Answer> jobs = answers.jobs();
    if (jobs.isEmpty()) {
      System.out.println("no job runs at %s; it holds for the next one".formatted(kafka.brokers()));
      return ExitCode.OK;
    }
    jobs.forEach(it -> report(it, it.job().among(jobs.size()), answers.after()));
    return jobs.stream().allMatch(Answer::inForce) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void report(Answer answer, String job, Duration after) {
    if (answer.subtasks().isEmpty()) {
      System.err.printf(
          "saccade: %s runs, but has not answered within %d s; the settings stay for it%n",
          job, PATIENCE.toSeconds());
    } else if (answer.refusal().isPresent()) {
      System.err.println("saccade: " + job + " refused: " + answer.refusal().get());
    } else if (answer.inForce()) {
      System.out.printf(
          Locale.ROOT,
          "accepted by %s: in force on %s after %.2f s%n",
          job,
          answer.parallelism() == 1
              ? "its subtask"
              : "all its " + answer.parallelism() + " subtasks",
          after.toNanos() / 1e9);
    } else {
      System.err.printf(
          "saccade: accepted by %d of %d subtasks of %s within %d s%n",
          answer.taken(), answer.parallelism(), job, PATIENCE.toSeconds());
    }
  }

  /** What every job is sure to refuse is not written: it would hide the settings in force. */
  private static void requireUsable(Control control, Running running) {
    Double cores = control.budgetCores();
    if (!running.none() && cores != null) {
      JobBudget.objection(cores, running.mostParallelism())
          .ifPresent(
              objection -> {
                throw new IllegalStateException(objection);
              });
    }
  }

  /** The settings in force with the changes asked for. */
  private Control changed(Optional<Control> newest, Running running) {
    Control before = InForce.of(newest, running).orElseGet(this::unlessSaid);
    long epoch = running.nextEpoch(newest);
    boolean sameBudget = cores == null && multiplyAdds == null && !latencyOnly;
    try {
      return new Control(
          Control.SCHEMA,
          epoch,
          operator,
          sameBudget ? before.budgetCores() : cores,
          sameBudget ? before.budgetMultiplyAddsPerSecond() : multiplyAdds,
          targetAge == null ? before.targetAgeMillis() : targetAge.toMillis(),
          maxAge == null ? before.maxAgeMillis() : maxAge.toMillis(),
          audit == null ? before.auditShare() : audit,
          camerasAfter(before));
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private Map<String, Control.Camera> camerasAfter(Control before) {
    Map<String, Control.Camera> after = new TreeMap<>(before.cameras());
    for (CameraTerms asked : cameras) {
      Control.Camera terms = asked.after(after.getOrDefault(asked.name(), Control.Camera.ANY));
      if (terms.equals(Control.Camera.ANY)) {
        after.remove(asked.name());
      } else {
        after.put(asked.name(), terms);
      }
    }
    return after;
  }

  private Control unlessSaid() {
    if (cores == null && multiplyAdds == null && !latencyOnly) {
      throw Complaint.of(
          spec,
          "a budget (--cores, --multiply-adds or --latency-only) must be given, because no settings were written yet and no job is running");
    }
    return new Control(
        Control.SCHEMA,
        1,
        operator,
        null,
        null,
        TimeUnit.NANOSECONDS.toMillis(Settings.TARGET_AGE_NANOS),
        TimeUnit.NANOSECONDS.toMillis(Settings.MAX_AGE_NANOS),
        Control.AUDITS,
        Map.of());
  }

  static String described(Control control) {
    return "%s (epoch %d, by %s)"
        .formatted(InForce.described(control), control.epoch(), control.issuedBy());
  }
}
