package io.saccade.cli;

import io.saccade.cluster.Jobs;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code saccade cluster savepoint}. */
@Command(
    name = "savepoint",
    description = {
      "Keeps what a job knows, for `cluster submit --from-savepoint`.",
      "Prints where it is kept.",
      "",
      "Example: saccade cluster savepoint --stop",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ClusterSavepointCommand implements Callable<Integer> {
  @Mixin private ClusterPlace place = new ClusterPlace();

  @Option(names = "--job", paramLabel = "ID", description = "Which job (default: the only one).")
  private @Nullable String job;

  @Option(names = "--stop", description = "The job ends with it.")
  private boolean stop;

  @Override
  public Integer call() throws Exception {
    Jobs jobs = new Jobs(place.running(), System.err::println);
    System.out.println(jobs.savepoint(job == null ? jobs.only() : job, stop));
    return ExitCode.OK;
  }
}
