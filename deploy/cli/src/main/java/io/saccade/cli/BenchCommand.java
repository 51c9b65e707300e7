package io.saccade.cli;

import picocli.CommandLine.Command;

/** {@code saccade bench}. */
@Command(
    name = "bench",
    description = {
      "Measures on this machine.",
      "",
      "Example: saccade bench pipeline --seconds 20",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchPipelineCommand.class,
      BenchCameraCommand.class,
      BenchControlCommand.class,
      BenchConsoleCommand.class
    },
    mixinStandardHelpOptions = true)
final class BenchCommand {}
