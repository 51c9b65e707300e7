package io.saccade.quickstart;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine and process are, as Linux tells; for reports. */
public final class Machine {
  private Machine() {}

  /** Processor, cores, memory, Java. */
  public static String description() {
    return "%s, %d cores, %d GiB, Linux %s, Java %s"
        .formatted(
            field(Path.of("/proc/cpuinfo"), "model name", "unknown processor"),
            Runtime.getRuntime().availableProcessors(),
            Math.round(kilobytes(Path.of("/proc/meminfo"), "MemTotal") / (double) (1 << 20)),
            System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
            System.getProperty("java.version"));
  }

  /** Resident memory of this process, megabytes; 0 where Linux's /proc is missing. */
  static long residentMegabytes() {
    return kilobytes(Path.of("/proc/self/status"), "VmRSS") / 1024;
  }

  /** The most it ever was. */
  static long peakResidentMegabytes() {
    return kilobytes(Path.of("/proc/self/status"), "VmHWM") / 1024;
  }

  /** CPU time of the whole process so far: all threads, the garbage collector and the compiler. */
  static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long kilobytes(Path file, String name) {
    return Long.parseLong(field(file, name, "0").replaceAll("[^0-9]", ""));
  }

  private static String field(Path file, String name, String without) {
    try {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return without;
    }
    return without;
  }
}
