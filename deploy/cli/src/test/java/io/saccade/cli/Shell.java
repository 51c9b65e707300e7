package io.saccade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the launcher consists of besides itself. */
final class Shell {
  private static final Path FOLDER = Path.of("src/main/shell");

  private Shell() {}

  static void copy(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("archive.sh", "checkout.sh", "doctor.sh")) {
      Files.copy(FOLDER.resolve(name), folder.resolve(name));
    }
  }
}
