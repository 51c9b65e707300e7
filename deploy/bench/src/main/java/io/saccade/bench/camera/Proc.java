package io.saccade.bench.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process. A process that has ended has nothing. */
final class Proc {
  /** Of the times in /proc, on every Linux in use. */
  private static final double TICKS_A_SECOND = 100;

  private Proc() {}

  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  /** CPU time of a process and of its children that have ended, seconds. */
  static double cpuSecondsWithEnded(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The name, in brackets, may hold anything. After it: state is 0, utime 11 to cstime 14.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = 11; field <= 14; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_A_SECOND;
  }

  static double residentMegabytes(long pid) {
    return status(pid, "VmRSS:") / 1024.0;
  }

  static long threads(long pid) {
    return status(pid, "Threads:");
  }

  private static long status(long pid, String field) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(Path.of("/proc/" + pid, file)), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
