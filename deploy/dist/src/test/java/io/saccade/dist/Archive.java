package io.saccade.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive as {@code mvn package} has made it.
 *
 * @param file it
 * @param folder the name of the one folder in it
 */
record Archive(Path file, String folder) {

  /** That of the module whose tests run. */
  static Archive ofThisModule() {
    return named(System.getProperty("archive", ""));
  }

  /** That for linux-x86_64, which every build makes. */
  static Archive usual() {
    return named("saccade-" + System.getProperty("version"));
  }

  private static Archive named(String name) {
    return new Archive(
        Path.of(System.getProperty("archives", "")).resolve(name + ".tar.gz").normalize(),
        "saccade-" + System.getProperty("version"));
  }

  /** Unpacks it into a folder that is there; where its contents are then. */
  Path unpack(Path into) throws IOException, InterruptedException {
    run(into, "tar", "-xzf", file.toString());
    return into.resolve(folder);
  }

  /** The jars of a process of Saccade; that for {@code flink run} is none of them. */
  static List<Path> jars(Path unpacked) throws IOException {
    try (Stream<Path> lib = Files.list(unpacked.resolve("lib"));
        Stream<Path> cluster = Files.list(unpacked.resolve("cluster-lib"))) {
      return Stream.concat(lib, cluster)
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  /** Runs a program to its end, which must be a good one; what it said. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "%s must succeed, but ended with %d: %s".formatted(String.join(" ", command), code, said));
    }
    return said;
  }
}
