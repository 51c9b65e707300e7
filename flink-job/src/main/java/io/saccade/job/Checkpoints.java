package io.saccade.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checkpoint directories, and what earlier runs left there. */
final class Checkpoints {
  /** Flink writes it last: where it is, the checkpoint is complete. */
  private static final String METADATA = "_metadata";

  /** At least two letters: a single one is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  private Checkpoints() {}

  /** Whether it is an address, such as {@code s3://bucket/folder}, and no path. */
  static boolean hasScheme(String directory) {
    return SCHEME.matcher(directory).matches();
  }

  static boolean isAddress(String directory) {
    try {
      return address(directory).toUri().getScheme() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The address of a folder of this machine, as Flink writes it: whatever signs its name has. */
  static String address(Path directory) {
    return org.apache.flink.core.fs.Path.fromLocalFile(directory.toAbsolutePath().toFile())
        .toString();
  }

  /** Not Java's: Flink takes a per cent sign for what it is, and a blank, too. */
  private static org.apache.flink.core.fs.Path address(String directory) {
    return new org.apache.flink.core.fs.Path(directory);
  }

  /** Whether the next run can find there what this one leaves. */
  static boolean isHere(String directory) {
    return here(directory).isPresent();
  }

  /** The folder of this machine with this address; empty when it is elsewhere. */
  private static Optional<Path> here(String directory) {
    org.apache.flink.core.fs.Path address = address(directory);
    return "file".equals(address.toUri().getScheme())
        ? Optional.of(Path.of(address.getPath()))
        : Optional.empty();
  }

  /**
   * The folder of one job in a checkpoint directory, whatever signs its names have: no other prefix
   * and group have the same.
   */
  static String folder(String directory, String prefix, String group) {
    return in(directory, part(prefix) + "-" + part(group));
  }

  /** Without a dash, which stands between the two, and underscores of its own. */
  private static String part(String name) {
    return escaped(URLEncoder.encode(name, UTF_8).replace("_", "%5F").replace("-", "%2D"));
  }

  /** Where they were before: "a-b" with "c" and "a" with "b-c" had one folder. */
  static String formerFolder(String directory, String prefix, String group) {
    return in(directory, escaped(URLEncoder.encode(prefix + "-" + group, UTF_8)));
  }

  /** No per cent signs: Flink reads an address with them otherwise than Java does. */
  private static String escaped(String encoded) {
    return encoded.replace('%', '_');
  }

  private static String in(String directory, String folder) {
    return directory + (directory.endsWith("/") ? "" : "/") + folder;
  }

  /**
   * Makes a folder for checkpoints.
   *
   * @param directory a {@code file:} address; others are made by who writes there
   */
  static void make(String directory) {
    here(directory).ifPresent(Checkpoints::make);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalStateException(
          "checkpoint directory must be a folder that can be written, but %s could not be made: %s"
              .formatted(folder, e),
          e);
    }
  }

  /**
   * The newest complete checkpoint.
   *
   * @param directory a {@code file:} address; there is nothing to find in others
   */
  static Optional<Path> newest(String directory) {
    return here(directory).filter(Files::isDirectory).flatMap(Checkpoints::newest);
  }

  private static Optional<Path> newest(Path folder) {
    try (Stream<Path> all = Files.find(folder, 3, (path, it) -> path.endsWith(METADATA))) {
      return all.max(Comparator.comparing(Checkpoints::modifiedMillis)).map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for checkpoints in " + folder, e);
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
