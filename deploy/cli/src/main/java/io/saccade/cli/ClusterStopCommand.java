package io.saccade.cli;

import io.saccade.cluster.Cluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code saccade cluster stop}. */
@Command(
    name = "stop",
    description = {
      "Ends all processes of the cluster, and with them its jobs.",
      "Checkpoints, savepoints and logs stay in its folder.",
      "",
      "Example: saccade cluster stop",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ClusterStopCommand implements Callable<Integer> {
  @Mixin private ClusterPlace place = new ClusterPlace();

  @Override
  public Integer call() throws Exception {
    Cluster cluster = place.running();
    cluster.stop();
    System.out.println("ended; logs and checkpoints are in " + cluster.folder());
    return ExitCode.OK;
  }
}
