package io.saccade.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What can be had at this moment, a container's limit included.
 *
 * @param root where {@code proc} and {@code sys} are
 */
public record Memory(Path root) implements Check {
  /** The quickstart's peak is about 0.6 GB; a build has Maven's and the compiler's JVMs besides. */
  private static final double COMFORTABLE_GIGABYTES = 1.5;

  private static final double LEAST_GIGABYTES = 0.75;
  private static final double GIGABYTE = 1L << 30;

  @Override
  public List<Finding> look() {
    OptionalLong available = available();
    if (available.isEmpty()) {
      return List.of(
          Finding.warning(
              "memory",
              "unknown: %s says nothing".formatted(root.resolve("proc/meminfo")),
              "%.1f GB".formatted(COMFORTABLE_GIGABYTES),
              "see whether there is as much"));
    }
    OptionalLong limit = limit();
    double gigabytes = Math.min(available.getAsLong(), limit.orElse(Long.MAX_VALUE)) / GIGABYTE;
    String found =
        limit.isPresent() && limit.getAsLong() < available.getAsLong()
            ? said("%.1f GB, by the container's limit", gigabytes)
            : said("%.1f GB available", gigabytes);
    String expected = said("%.1f GB", COMFORTABLE_GIGABYTES);
    String advice = "end something else, or give the container or machine more";
    return List.of(
        gigabytes < LEAST_GIGABYTES
            ? Finding.problem("memory", found, expected, advice)
            : gigabytes < COMFORTABLE_GIGABYTES
                ? Finding.warning("memory", found, expected, advice)
                : Finding.ok("memory", found));
  }

  private static String said(String format, double gigabytes) {
    return String.format(Locale.ROOT, format, gigabytes);
  }

  private OptionalLong available() {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst();
  }

  /** The least of this process's control groups, of either version, and of those around them. */
  private OptionalLong limit() {
    return Stream.concat(
            limits("sys/fs/cgroup", "memory.max", "::"),
            limits("sys/fs/cgroup/memory", "memory.limit_in_bytes", ":memory:"))
        .mapToLong(Long::longValue)
        .min();
  }

  private Stream<Long> limits(String tree, String file, String mark) {
    Path top = root.resolve(tree);
    List<Path> groups = new ArrayList<>(List.of(top));
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      int at = line.indexOf(mark + "/");
      if (at >= 0) {
        Path group = top.resolve(line.substring(at + mark.length() + 1)).normalize();
        for (Path it = group; it != null && it.startsWith(top); it = it.getParent()) {
          groups.add(it);
        }
      }
    }
    // "max" is no limit.
    return groups.stream()
        .flatMap(group -> lines(group.resolve(file)).stream())
        .filter(line -> line.matches("\\d{1,18}"))
        .map(Long::parseLong);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(); // Not every kernel has each.
    }
  }
}
