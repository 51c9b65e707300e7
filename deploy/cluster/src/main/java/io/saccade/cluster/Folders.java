package io.saccade.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that are to go. */
public final class Folders {
  private static final int ATTEMPTS = 5;

  private Folders() {}

  /** Deletes a folder and what is in it, if it is there, also while others delete in it. */
  public static void delete(Path path) {
    for (int attempt = 1; Files.exists(path); attempt++) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("cannot delete " + path + ": " + e, e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + path, e);
      }
    }
  }
}
