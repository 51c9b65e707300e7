package io.saccade.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where things are in a cluster's folder.
 *
 * @param folder absolute
 */
record Layout(Path folder) {
  /** What every cluster's folder has, and hardly any other. */
  static final String MARK = "conf/" + Setup.FILE;

  /** Configuration, and how each program is to be started. */
  Path conf() {
    return folder.resolve("conf");
  }

  Path logs() {
    return folder.resolve("log");
  }

  /** Who runs; gone when nobody does. */
  Path run() {
    return folder.resolve("run");
  }

  /** What a program writes and nobody needs when it has ended, blobs for example. */
  Path scratch(String program) {
    return scratches().resolve(program);
  }

  private Path scratches() {
    return folder.resolve("tmp");
  }

  Path zooKeeper() {
    return folder.resolve("zookeeper");
  }

  /** What a JobManager has to know to go on where another stopped. */
  Path leader() {
    return folder.resolve("ha");
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  Path savepoints() {
    return folder.resolve("savepoints");
  }

  /**
   * How Flink is told of a folder. It takes what it is told for the path itself: a blank that is
   * escaped, as in a URI of Java's, would be a folder of another name.
   */
  static String toldToFlink(Path folder) {
    return "file:" + folder;
  }

  /** Native libraries, unpacked once for all processes and lives of the cluster. */
  Path natives() {
    return folder.resolve("native");
  }

  /**
   * Makes the folders of a cluster that begins; what one before has left is forgotten.
   *
   * @throws IllegalStateException when the folder is not a cluster's
   */
  void prepare() {
    try {
      Cluster.requireOurs(folder);
      forget();
      for (Path path : List.of(conf(), logs(), run(), checkpoints(), savepoints(), natives())) {
        Files.createDirectories(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "the cluster's folder must be one that can be written, but %s could not be made: %s"
              .formatted(folder, e),
          e);
    }
  }

  /** Deletes what is of no use without its processes; checkpoints, savepoints and logs stay. */
  void forget() {
    for (Path path : List.of(run(), scratches(), zooKeeper(), leader())) {
      Folders.delete(path);
    }
  }
}
