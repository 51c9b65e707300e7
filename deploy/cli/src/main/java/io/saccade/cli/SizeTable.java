package io.saccade.cli;

import io.saccade.evaluate.sizing.Load;
import io.saccade.evaluate.sizing.Quality;
import io.saccade.evaluate.sizing.Sizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sizing for people: as lines, or several side by side in a page. */
final class SizeTable {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- size -->\\n).*?(<!-- /size -->)", Pattern.DOTALL);

  private SizeTable() {}

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static List<String> lines(Sizing it) {
    List<String> lines = new ArrayList<>();
    Load load = it.load();
    lines.add(
        text(
            "%,d cameras x %s frames/s of %s: %,.0f frames/s; model %s",
            load.cameras(),
            plain(load.framesPerSecond()),
            load.resolution(),
            load.offered(),
            it.model()));
    lines.add(
        text(
            "a picture: %.0f KB, %.1f ms to decode (assumed by its pixels unless given)",
            it.pictureBytes() / 1e3, it.decodeMillis()));
    lines.add("");
    lines.add("quality      looks  ms/frame       cores  accuracy (90 %)");
    it.qualities().forEach(quality -> lines.add(line(quality)));
    if (it.qualities().stream().noneMatch(quality -> quality.equals(it.chosen()))) {
      lines.add(line(it.chosen()));
    }
    lines.add("");
    if (it.chosen().kept() < 1) {
      lines.add(
          text(
              "not even glances fit: %.0f %% of the frames are looked at, the others are left out",
              100 * it.chosen().kept()));
    }
    lines.add(
        text(
            "at %s: --budget-cores %.2f --parallelism %d%s, %d partitions",
            it.chosen().name(),
            it.budgetCores(),
            it.subtasks(),
            it.jobs() == 1 ? "" : text(" divided among %d jobs", it.jobs()),
            it.partitions()));
    lines.add(
        "besides, on top of these cores: Kafka's clients and the JVM's own threads, and brokers,"
            + " cameras and the page where they run on the same machine");
    lines.add(
        text(
            "TaskManagers: %s of memory in use, with %d subtasks each; plus JobManager and brokers",
            bytes(it.memoryMegabytes()), it.subtasksPerTaskManager()));
    lines.add(
        text(
            "Kafka: frames %s/s in and %s/s out, %s/s between brokers; labels %s/s",
            bytes(it.framesMegabytesPerSecond()),
            bytes(it.framesMegabytesPerSecond()),
            bytes(it.replicaMegabytesPerSecond()),
            bytes(it.labelsMegabytesPerSecond())));
    lines.add(
        text(
            "control: status %s/s a job, news %s/s to its subtasks; state %s",
            bytes(it.statusMegabytesPerSecond()),
            bytes(it.newsMegabytesPerSecond()),
            bytes(it.stateMegabytes())));
    lines.add("costs measured on: " + it.machine());
    return lines;
  }

  private static String line(Quality quality) {
    return text(
        "%-11s %6.2f %9.2f %11.2f  %.3f (%.3f to %.3f)",
        quality.name(),
        quality.looks(),
        quality.frameMillis(),
        quality.cores(),
        quality.accuracy(),
        quality.low(),
        quality.high());
  }

  /** Without zeros after the point. */
  private static String plain(double number) {
    return number == Math.rint(number) ? text("%.0f", number) : text("%s", number);
  }

  private static String bytes(double megabytes) {
    if (megabytes >= 1e6) {
      return text("%.1f TB", megabytes / 1e6);
    }
    if (megabytes >= 1e3) {
      return text("%.1f GB", megabytes / 1e3);
    }
    return megabytes >= 1 ? text("%.1f MB", megabytes) : text("%.1f KB", megabytes * 1e3);
  }

  /** Replaces what stands between {@code <!-- size -->} and {@code <!-- /size -->}. */
  static void write(Path page, Sizing... sizings) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(page));
    if (!block.find()) {
      throw new IllegalArgumentException(
          "expected <!-- size --> and <!-- /size --> in %s, but found neither or one"
              .formatted(page));
    }
    String table = block.group(1) + "\n" + markdown(List.of(sizings)) + "\n" + block.group(2);
    Files.writeString(page, block.replaceFirst(Matcher.quoteReplacement(table)));
  }

  private static String markdown(List<Sizing> sizings) {
    StringBuilder table = new StringBuilder();
    row(table, "cameras", sizings, it -> text("%,d", it.load().cameras()));
    row(table, "---", sizings, it -> "---");
    row(table, "frames/s", sizings, it -> text("%,.0f", it.load().offered()));
    row(table, "cores: glances only", sizings, it -> cores(it, 0));
    row(table, "cores: within a point of the best", sizings, it -> cores(it, 1));
    row(table, "cores: every look", sizings, it -> cores(it, 2));
    row(table, "subtasks", sizings, it -> text("%,d", it.subtasks()));
    row(table, "jobs", sizings, it -> text("%,d", it.jobs()));
    row(table, "partitions", sizings, it -> text("%,d", it.partitions()));
    row(table, "frames into Kafka, and out", sizings, it -> rate(it.framesMegabytesPerSecond()));
    row(table, "between brokers", sizings, it -> rate(it.replicaMegabytesPerSecond()));
    row(table, "labels", sizings, it -> rate(it.labelsMegabytesPerSecond()));
    row(table, "status of a job", sizings, it -> rate(it.statusMegabytesPerSecond()));
    row(table, "news within a job", sizings, it -> rate(it.newsMegabytesPerSecond()));
    row(table, "state", sizings, it -> bytes(it.stateMegabytes()));
    row(table, "memory of TaskManagers", sizings, it -> bytes(it.memoryMegabytes()));
    Sizing first = sizings.get(0);
    return table
        + text(
            "%n%s frames a second of %s, %.0f KB each, %.1f ms to decode; quality: %s. %s, on"
                + " %s.%n",
            plain(first.load().framesPerSecond()),
            first.load().resolution(),
            first.pictureBytes() / 1e3,
            first.decodeMillis(),
            first.chosen().name(),
            first.model(),
            first.machine());
  }

  private static String cores(Sizing it, int quality) {
    return text("%,.1f", it.qualities().get(quality).cores());
  }

  private static String rate(double megabytes) {
    return bytes(megabytes) + "/s";
  }

  private static void row(
      StringBuilder table, String name, List<Sizing> sizings, Function<Sizing, String> cell) {
    table.append("| ").append(name);
    sizings.forEach(it -> table.append(" | ").append(cell.apply(it)));
    table.append(" |\n");
  }
}
