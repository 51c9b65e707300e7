package io.saccade.cli;

import io.saccade.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Which cluster is meant. */
final class ClusterPlace {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "The cluster's folder (default: work/cluster where saccade is).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path folder;

  Path folder() {
    return (folder == null ? Home.work().resolve("cluster") : folder).toAbsolutePath().normalize();
  }

  /** The one that runs. */
  Cluster running() throws IOException {
    return Cluster.at(folder())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no cluster runs in %s; cluster start begins one".formatted(folder())));
  }
}
