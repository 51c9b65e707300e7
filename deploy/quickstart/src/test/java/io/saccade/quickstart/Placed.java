package io.saccade.quickstart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a kept model where it was ordered from: a savepoint names the place. */
final class Placed {
  private Placed() {}

  /** In one move, for another build on this machine may be at it, too; what is there stays. */
  static void at(Path place, Path model) throws IOException {
    Path parent = place.toAbsolutePath().getParent();
    if (Files.exists(place) || parent == null) {
      return;
    }
    Files.createDirectories(parent);
    Path aside = Files.createTempDirectory(parent, "placed");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(model)) {
      for (Path file : files) {
        Files.copy(file, aside.resolve(file.getFileName()));
      }
    }
    try {
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Somebody was faster; the savepoint pins what must be there.
      if (!Files.exists(place)) {
        throw e;
      }
    }
  }
}
