package io.saccade.cluster;

import io.saccade.quickstart.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders that are to go. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a folder and what is in it, if it is there, also while others make and delete in it.
   */
  public static void delete(Path path) {
    Scratch.delete(path);
    if (Files.exists(path)) {
      throw new IllegalStateException(
          "cannot delete " + path + ": others go on making files in it");
    }
  }

  /**
   * Refuses a folder that is somebody else's, for things in it are going to be deleted.
   *
   * @param mark a file that ours has, within the folder
   * @throws IllegalStateException when it holds something, but not the mark
   */
  public static void requireOurs(Path folder, String mark) throws IOException {
    if (!Files.exists(folder) || Files.exists(folder.resolve(mark))) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new IllegalStateException(
        "%s must be a new or empty folder, or one that has been used for this before (with %s), but is neither: --dir takes another"
            .formatted(folder, mark));
  }
}
