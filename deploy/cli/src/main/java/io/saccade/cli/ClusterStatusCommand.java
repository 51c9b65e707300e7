package io.saccade.cli;

import io.saccade.cluster.ClusterStatus;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code saccade cluster status}. */
@Command(
    name = "status",
    description = {
      "Tells which processes run, which slots are free, how jobs are.",
      "Ends with 1 when anything is missing, or a job has failed in the last hour.",
      "",
      "Example: saccade cluster status",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ClusterStatusCommand implements Callable<Integer> {
  @Mixin private ClusterPlace place = new ClusterPlace();

  @Override
  public Integer call() throws Exception {
    ClusterStatus status = place.running().status();
    System.out.println("cluster at " + status.web());
    status.programs().forEach(ClusterStatusCommand::print);
    System.out.println(
        status.answers()
            ? "TaskManagers %d of %d, slots %d, free %d"
                .formatted(
                    status.taskManagers(),
                    status.taskManagersWanted(),
                    status.slots(),
                    status.freeSlots())
            : "no JobManager leads, or tells its jobs, at this moment");
    status.jobs().forEach(ClusterStatusCommand::print);
    return status.well() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void print(ClusterStatus.Running program) {
    System.out.printf(
        "  %-14s process %d%s%s%n",
        program.life().program(),
        program.life().pid(),
        program.life().number() == 1
            ? ""
            : ", started again %d times".formatted(program.life().number() - 1),
        program.runs() ? "" : ", has ended");
  }

  private static void print(ClusterStatus.Job job) {
    System.out.printf(
        "job %s %s: %s, tasks running %d of %d%n",
        job.id(), job.name(), job.state(), job.tasksRunning(), job.tasks());
    ClusterStatus.Checkpoint newest = job.checkpoint();
    System.out.println(
        newest == null
            ? "  no checkpoint yet, failed %d".formatted(job.failedCheckpoints())
            : String.format(
                Locale.ROOT,
                "  checkpoint %d, %.1f s ago, took %d ms; failed %d",
                newest.id(),
                (System.currentTimeMillis() - newest.completedMillis()) / 1e3,
                newest.durationMillis(),
                job.failedCheckpoints()));
  }
}
