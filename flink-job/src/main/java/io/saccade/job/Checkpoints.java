package io.saccade.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What earlier runs left in a checkpoint directory. */
final class Checkpoints {
  /** Flink writes it last: where it is, the checkpoint is complete. */
  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /**
   * The newest complete checkpoint.
   *
   * @param directory a {@code file:} address; there is nothing to find in others
   */
  static Optional<Path> newest(String directory) {
    URI address = URI.create(directory);
    if (!"file".equals(address.getScheme()) || !Files.isDirectory(Path.of(address))) {
      return Optional.empty();
    }
    try (Stream<Path> all =
        Files.find(Path.of(address), 3, (path, it) -> path.endsWith(METADATA))) {
      return all.max(Comparator.comparing(Checkpoints::modifiedMillis)).map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for checkpoints in " + directory, e);
    }
  }

  private static long modifiedMillis(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("could not look at " + path, e);
    }
  }
}
