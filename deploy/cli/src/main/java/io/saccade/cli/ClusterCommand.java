package io.saccade.cli;

import picocli.CommandLine.Command;

/** {@code saccade cluster}. */
@Command(
    name = "cluster",
    description = {
      "A Flink cluster on this machine, for development and tests.",
      "ZooKeeper, JobManager and TaskManagers are processes of their own, started again when"
          + " they die.",
      "",
      "Example: saccade cluster start --taskmanagers 2",
      "Example: saccade cluster submit -- --brokers 127.0.0.1:19092 --parallelism 2",
      ""
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterStartCommand.class,
      ClusterSubmitCommand.class,
      ClusterStatusCommand.class,
      ClusterSavepointCommand.class,
      ClusterStopCommand.class
    })
final class ClusterCommand {}
