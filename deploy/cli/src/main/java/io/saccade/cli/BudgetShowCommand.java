package io.saccade.cli;

import io.saccade.console.control.ControlDesk;
import io.saccade.console.control.InForce;
import io.saccade.console.control.Running;
import io.saccade.console.control.Spent;
import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code saccade budget show}: the settings written, and what each subtask does with them. */
@Command(
    name = "show",
    description = {
      "Shows the settings in force and what the job decided last.",
      "Which share each subtask has, what it could use, and how right answers are.",
      "",
      "Example: saccade budget show --brokers 127.0.0.1:19092",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BudgetShowCommand implements Callable<Integer> {
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Override
  public Integer call() {
    try (ControlDesk desk = kafka.desk()) {
      Optional<Control> written = desk.newest();
      List<Running.Job> jobs = desk.running(System.currentTimeMillis()).jobs();
      System.out.println(
          "written: " + written.map(BudgetSetCommand::described).orElse("nothing yet"));
      if (jobs.isEmpty()) {
        System.out.println("running: no job");
      }
      for (Running.Job job : jobs) {
        String running = jobs.size() == 1 ? "running" : "running, " + job.name().among(jobs.size());
        print(running, written, job);
      }
    }
    return ExitCode.OK;
  }

  private static void print(String running, Optional<Control> written, Running.Job job) {
    InForce.of(written, job.decisions())
        .ifPresent(it -> System.out.println(running + ": " + InForce.described(it)));
    Map<Integer, Status> news =
        job.news().stream().collect(Collectors.toMap(Status::subtask, Function.identity()));
    for (Status it : job.decisions()) {
      print(it, job.spent().get(it.subtask()), news.get(it.subtask()));
    }
  }

  private static void print(Status decision, @Nullable Spent spent, @Nullable Status news) {
    Status.Decided decided = decision.decided();
    Status.Settings settings = decision.settings();
    if (decided == null || settings == null) {
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "  subtask %d: may use %s%s, offered %.0f frames/s, %.2f ms a frame, position %.2f on the"
            + " frontier, kept %.0f%%%n",
        decision.subtask(),
        share(settings),
        spent == null ? "" : used(settings, spent),
        decided.offeredPerSecond(),
        decided.costNanos() / 1e6,
        decided.position(),
        100 * decided.keep());
    if (news != null) {
      print(news);
    }
  }

  private static String share(Status.Settings settings) {
    Double multiplyAdds = settings.budgetMultiplyAddsPerSecond();
    return multiplyAdds == null
        ? String.format(Locale.ROOT, "%.3f cores", settings.budgetCores())
        : String.format(Locale.ROOT, "%.4g multiply-adds per second", multiplyAdds);
  }

  /** In the unit of the budget. */
  private static String used(Status.Settings settings, Spent spent) {
    return settings.budgetMultiplyAddsPerSecond() == null
        ? String.format(Locale.ROOT, " and used %.3f", spent.cores())
        : String.format(Locale.ROOT, " and used %.4g", spent.multiplyAdds());
  }

  private static void print(Status news) {
    Status.Demand demand = news.demand();
    if (demand != null) {
      System.out.printf(
          Locale.ROOT,
          "    could use %.3f cores for every look, %.3f for glances%s%n",
          demand.fullCores(),
          demand.glanceCores(),
          demand.deaf() && news.parallelism() > 1 ? "; hears no news, has the equal share" : "");
    }
    Status.Accuracy accuracy = news.accuracy();
    if (accuracy != null) {
      System.out.printf(
          Locale.ROOT,
          "    %.0f audits: %.0f%% agree with the final answer (%.0f to %.0f%%); about %.0f%% of"
              + " answers are right (%.0f to %.0f%%)%n",
          accuracy.audits(),
          100 * accuracy.agreement(),
          100 * accuracy.agreementLow(),
          100 * accuracy.agreementHigh(),
          100 * accuracy.accuracy(),
          100 * accuracy.accuracyLow(),
          100 * accuracy.accuracyHigh());
    }
  }
}
