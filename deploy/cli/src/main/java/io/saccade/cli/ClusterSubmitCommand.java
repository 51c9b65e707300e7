package io.saccade.cli;

import io.saccade.cluster.Cluster;
import io.saccade.cluster.Jobs;
import io.saccade.job.JobCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saccade cluster submit}. */
@Command(
    name = "submit",
    description = {
      "Hands the job over to the cluster, as `flink run` does.",
      "Returns when all its tasks run, and prints the job's id. What follows -- are options"
          + " of `saccade job`.",
      "",
      "Example: saccade cluster submit -- --brokers 127.0.0.1:19092 --parallelism 2",
      "Example: saccade cluster submit \\",
      "    --from-savepoint file:/srv/savepoints/savepoint-1 -- --parallelism 1",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ClusterSubmitCommand implements Callable<Integer> {
  @Mixin private ClusterPlace place = new ClusterPlace();

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description = "Go on from what `cluster savepoint` has kept.")
  private @Nullable String savepoint;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "For all tasks to run (default: 60s).",
      showDefaultValue = Visibility.NEVER)
  private Duration wait = Duration.ofSeconds(60);

  @Parameters(
      paramLabel = "-- OPTIONS",
      description = "Of the job; see saccade job --help.",
      showDefaultValue = Visibility.NEVER)
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    requireUnderstood();
    Cluster cluster = place.running();
    Jobs jobs = new Jobs(cluster, System.err::println);
    String job = jobs.submit(savepoint, arguments);
    if (!jobs.awaitTasks(job, wait)) {
      throw new IllegalStateException(
          "job %s must run within %d s, but does not: %s"
              .formatted(
                  job,
                  wait.toSeconds(),
                  jobs.trouble(job).orElse("see " + cluster.folder() + "/log")));
    }
    System.out.println(job);
    return ExitCode.OK;
  }

  /** Wrong options are wrong usage here, before anything has been started for them. */
  private void requireUnderstood() {
    List<String> call = new ArrayList<>(List.of("job"));
    call.addAll(arguments);
    CommandLine.ParseResult job =
        Saccade.commandLine().parseArgs(call.toArray(String[]::new)).subcommand();
    if (job.commandSpec().userObject() instanceof JobCommand command) {
      command.options();
    }
  }
}
