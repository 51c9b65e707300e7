package io.saccade.checks.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What files hold. */
final class Contents {
  private static final int ATTEMPTS = 20;

  private Contents() {}

  /** All bytes of all files in a folder, as text that keeps them. */
  static String of(Path folder) throws IOException {
    StringBuilder content = new StringBuilder();
    for (Path file : files(folder)) {
      try {
        content.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      } catch (NoSuchFileException e) {
        // An older checkpoint that was just deleted.
      }
    }
    return content.toString();
  }

  /** Again, when a folder is deleted on the way through it. */
  private static List<Path> files(Path folder) throws IOException {
    for (int attempt = 1; true; attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).toList();
      } catch (UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw e.getCause();
        }
      }
    }
  }
}
