package io.saccade.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A fresh folder for everything that is not to outlive the process. */
public final class Scratch implements AutoCloseable {
  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** In the folder for temporary files. */
  public static Scratch make() {
    try {
      return new Scratch(Files.createTempDirectory("saccade-"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder could be made in " + System.getProperty("java.io.tmpdir"), e);
    }
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
    for (int attempt = 0; attempt < 3 && Files.exists(folder); attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException | UncheckedIOException | DirectoryNotEmptyException e) {
        // Someone else deleted or made a file meanwhile: look again.
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + folder, e);
      }
    }
  }
}
