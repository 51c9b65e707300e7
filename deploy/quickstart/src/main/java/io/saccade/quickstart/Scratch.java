package io.saccade.quickstart;

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

/** A fresh folder for everything that is not to outlive the process. */
public final class Scratch implements AutoCloseable {
  private static final int ATTEMPTS = 10;
  private static final Duration PAUSE = Duration.ofMillis(30);

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** In the folder for temporary files, named after this process. */
  public static Scratch make() {
    try {
      return new Scratch(Files.createTempDirectory(prefix()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder could be made in " + System.getProperty("java.io.tmpdir"), e);
    }
  }

  /** How the names of this process's folders begin. */
  static String prefix() {
    return "saccade-" + ProcessHandle.current().pid() + "-";
  }

  public Path folder() {
    return folder;
  }

  /** A folder within, made if it is not there. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the folder, also when something is still being deleted in it by others. */
  @Override
  public void close() {
    delete(folder);
  }

  /** Deletes a folder and all in it. */
  static void delete(Path folder) {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException | UncheckedIOException | DirectoryNotEmptyException e) {
        // Someone else deleted or made a file meanwhile: look again when that may be over.
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + folder, e);
      }
    }
  }
}
