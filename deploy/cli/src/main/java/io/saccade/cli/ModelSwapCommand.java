package io.saccade.cli;

import io.saccade.console.control.Answer;
import io.saccade.console.control.Answers;
import io.saccade.console.control.ModelDesk;
import io.saccade.console.control.Running;
import io.saccade.gfnet.GfNet;
import io.saccade.wire.ModelOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade model swap}: orders another model for the running job, and waits for it. */
@Command(
    name = "swap",
    description = {
      "Has the running job look with another model from the next frame on.",
      "Each subtask loads it beside the one in force and checks its hashes and its golden"
          + " picture; when anything differs, the one before stays. Classes must be the same, and"
          + " the bundle within a folder that the job takes models from.",
      "",
      "Example: saccade model swap --bundle models/bundles/runway \\",
      "    --brokers 127.0.0.1:19092",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ModelSwapCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      required = true,
      description = "Folder or zip, at a path where the TaskManagers find it.")
  private Path bundle = Path.of("");

  @Option(
      names = "--sha256",
      paramLabel = "HASH",
      description =
          "SHA-256 of its manifest.json, which pins it (default: that of the bundle here,"
              + " which is checked before). With it the bundle need not be on this machine.")
  private @Nullable String sha256;

  @Option(names = "--operator", paramLabel = "NAME", description = "Who asks (default: the user).")
  private String operator = System.getProperty("user.name", "unknown");

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "Longest wait for the job (default: 60s).")
  private Duration patience = Duration.ofSeconds(60);

  @Override
  public Integer call() throws InterruptedException {
    Path path = bundle.toAbsolutePath().normalize();
    String pinned = sha256 == null ? hashed(path) : sha256;
    try (ModelDesk desk = kafka.modelDesk()) {
      long epoch = 1 + desk.newest().map(ModelOrder::epoch).orElse(0L);
      ModelOrder order = order(epoch, path, pinned);
      Running running = desk.running(System.currentTimeMillis());
      desk.write(order);
      System.out.printf("ordered: %s, pinned to %s (order %d)%n", path, pinned, epoch);
      return report(desk.answer(order, running, patience));
    }
  }

  /** Opening checks everything, so that what is broken is not even ordered. */
  private static String hashed(Path path) {
    try (GfNet net = GfNet.open(path)) {
      return net.bundle().sha256();
    }
  }

  private ModelOrder order(long epoch, Path path, String pinned) {
    try {
      return new ModelOrder(epoch, operator, path.toString(), pinned);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private int report(Answers answers) {
    if (answers.none()) {
      System.err.printf(
          "saccade: no running job has answered at %s within %d s; the order stays for the next"
              + " one%n",
          kafka.brokers(), patience.toSeconds());
      return ExitCode.SOFTWARE;
    }
    List<Answer> jobs = answers.jobs();
    for (Answer answer : jobs) {
      report(answer, jobs.size() == 1 ? "" : " of " + answer.job().among(jobs.size()), answers);
    }
    return jobs.stream().allMatch(Answer::inForce) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void report(Answer answer, String ofJob, Answers answers) {
    answer
        .refusals()
        .forEach(
            (subtask, reason) ->
                System.err.printf(
                    "saccade: subtask %d%s refused it and goes on as before: %s%n",
                    subtask, ofJob, reason));
    System.out.printf(
        Locale.ROOT,
        "in force on %d of %d subtasks%s after %.2f s%n",
        answer.taken(),
        answer.parallelism(),
        ofJob,
        answers.after().toNanos() / 1e9);
  }
}
