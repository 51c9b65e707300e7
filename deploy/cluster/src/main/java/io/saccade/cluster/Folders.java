package io.saccade.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Folders that are to go. The keeper has this, and nothing of other modules, on its class path. */
public final class Folders {
  private static final int ATTEMPTS = 10;
  private static final Duration PAUSE = Duration.ofMillis(30);

  private Folders() {}

  /**
   * Deletes a folder and what is in it, if it is there, also while others make and delete in it.
   */
  public static void delete(Path path) {
    for (int attempt = 1; Files.exists(path); attempt++) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException | DirectoryNotEmptyException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("cannot delete " + path + ": " + e, e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + path, e);
      }
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
