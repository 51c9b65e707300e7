package io.saccade.cli;

import io.saccade.cluster.Cluster;
import io.saccade.cluster.ClusterOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade cluster start}. */
@Command(
    name = "start",
    description = {
      "Starts a cluster, and returns when its TaskManagers are there.",
      "It goes on until `cluster stop`. Everything listens on 127.0.0.1 and writes into one"
          + " folder.",
      "",
      "Example: saccade cluster start --taskmanagers 2 --spare 1",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ClusterStartCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private ClusterPlace place = new ClusterPlace();

  @Option(names = "--taskmanagers", paramLabel = "N", description = "TaskManagers at work.")
  private int taskManagers = 2;

  @Option(
      names = "--spare",
      paramLabel = "N",
      description = "TaskManagers beside them, which take over from one that is lost.")
  private int spare = 1;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Of each TaskManager; a slot is one classifying thread.")
  private int slots = 1;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of Flink's web page; 0: a free one.")
  private int port = ClusterOptions.REST_PORT;

  @Option(
      names = "--jobmanager-heap",
      paramLabel = "MB",
      description = "Java heap of the JobManager, megabytes.")
  private int jobManagerHeap = ClusterOptions.JOB_MANAGER_HEAP_MEGABYTES;

  @Option(
      names = "--taskmanager-heap",
      paramLabel = "MB",
      description = "Java heap for the tasks of each TaskManager, megabytes.")
  private int taskManagerHeap = ClusterOptions.TASK_MANAGER_HEAP_MEGABYTES;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.start(options(), System.out::println);
    System.out.println("cluster at " + cluster.rest().address());
    return ExitCode.OK;
  }

  private ClusterOptions options() {
    try {
      return new ClusterOptions(
          place.folder(), taskManagers, spare, slots, port, jobManagerHeap, taskManagerHeap);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
