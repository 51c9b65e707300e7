package io.saccade.cli;

import io.saccade.console.control.ControlDesk;
import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code saccade budget show}: the settings written, and what each subtask does with them. */
@Command(
    name = "show",
    description = {
      "Shows the settings in force and what the running job decided last.",
      "",
      "Example: saccade budget show --brokers 127.0.0.1:19092",
      ""
    },
    mixinStandardHelpOptions = true)
final class BudgetShowCommand implements Callable<Integer> {
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Override
  public Integer call() {
    try (ControlDesk desk = kafka.desk()) {
      Optional<Control> written = desk.newest();
      List<Status> running = desk.running(System.currentTimeMillis());
      System.out.println(
          "written: " + written.map(BudgetSetCommand::described).orElse("nothing yet"));
      System.out.println(
          "running: "
              + BudgetSetCommand.settingsOf(running)
                  .map(
                      it ->
                          String.format(
                              Locale.ROOT,
                              "%s cores, target age %d ms, maximum age %d ms",
                              it.budgetCores(),
                              it.targetAgeMillis(),
                              it.maxAgeMillis()))
                  .orElse("no job"));
      running.forEach(BudgetShowCommand::print);
    }
    return ExitCode.OK;
  }

  private static void print(Status subtask) {
    Status.Decided decided = subtask.decided();
    if (decided != null) {
      System.out.printf(
          Locale.ROOT,
          "  subtask %d: offered %.0f frames/s, %.2f ms a frame, position %.2f on the frontier,"
              + " kept %.0f%%%n",
          subtask.subtask(),
          decided.offeredPerSecond(),
          decided.costNanos() / 1e6,
          decided.position(),
          100 * decided.keep());
    }
  }
}
