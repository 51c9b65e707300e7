package io.saccade.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder that is written to, and whose native libraries are loaded.
 *
 * @param what it is for
 * @param megabytes room that is needed
 * @param otherwise how to take another
 */
public record Folder(String what, Path path, long megabytes, String otherwise) implements Check {

  @Override
  public List<Finding> look() throws InterruptedException {
    try {
      Files.createDirectories(path);
      Path trial = Files.createTempFile(path, "saccade-doctor-", ".sh");
      try {
        return List.of(look(trial));
      } finally {
        Files.deleteIfExists(trial);
      }
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              what,
              "%s cannot be written (%s)".formatted(path, e.getClass().getSimpleName()),
              "a folder to write to",
              otherwise));
    }
  }

  private Finding look(Path trial) throws IOException, InterruptedException {
    long free = Files.getFileStore(path).getUsableSpace() >> 20;
    if (free < megabytes) {
      return Finding.problem(
          what,
          "%d MB free at %s".formatted(free, path),
          megabytes + " MB",
          "make room there, or " + otherwise);
    }
    if (!runs(trial)) {
      return Finding.problem(
          what,
          path + " is mounted noexec",
          "a folder whose native libraries can be loaded",
          "mount it with exec, or " + otherwise);
    }
    return Finding.ok(what, "%d GB free at %s".formatted(free >> 10, path));
  }

  /** What noexec forbids to programs it forbids to libraries too. */
  private static boolean runs(Path trial) throws IOException, InterruptedException {
    Files.writeString(trial, "#!/bin/sh\n");
    Files.setPosixFilePermissions(trial, PosixFilePermissions.fromString("rwx------"));
    try {
      Process process = new ProcessBuilder(trial.toString()).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
