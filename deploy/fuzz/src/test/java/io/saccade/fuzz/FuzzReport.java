package io.saccade.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was fuzzed and for how long, added up over runs: {@code docs/figures/fuzz.json}. A run that
 * ended with a finding counts with the time it took, and its finding stays counted once it is
 * mended.
 */
final class FuzzReport {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern DONE = Pattern.compile("(?m)^Done (\\d+) runs? in \\d+ second");
  private static final Pattern FOUND =
      Pattern.compile(
          "(?m)^== Java (?:Exception|Assertion)|^==\\d+== *ERROR: libFuzzer"
              + "|Test unit written to .*/(?:crash|timeout|oom|leak)-");
  private static final Pattern PROGRESS = Pattern.compile("(?m)^#(\\d+)\\s");

  private FuzzReport() {}

  /** Report, target, seconds it ran, of CPU time, log. */
  public static void main(String[] arguments) throws IOException {
    Path report = Path.of(arguments[0]);
    String log = Files.readString(Path.of(arguments[4]), StandardCharsets.ISO_8859_1);
    ObjectNode before =
        Files.exists(report)
            ? (ObjectNode) JSON.readTree(Files.readString(report))
            : JSON.createObjectNode();
    before.put("machine", machine());
    book(
        before,
        arguments[1],
        Long.parseLong(arguments[2]),
        Long.parseLong(arguments[3]),
        executions(log),
        FOUND.matcher(log).find() ? 1 : 0);
    Files.writeString(report, JSON.writeValueAsString(before) + "\n");
  }

  /** Adds a run to what is there. */
  static void book(
      ObjectNode report,
      String target,
      long seconds,
      long cpuSeconds,
      long executions,
      int findings) {
    ObjectNode all = report.withObject("/targets");
    ObjectNode of = all.withObject("/" + target);
    add(of, "runs", 1);
    add(of, "seconds", seconds);
    add(of, "cpuSeconds", cpuSeconds);
    add(of, "executions", executions);
    add(of, "findings", findings);
  }

  private static void add(ObjectNode to, String name, long more) {
    JsonNode before = to.path(name);
    to.put(name, before.asLong() + more);
  }

  /** As libFuzzer says at the end; of a run that was ended, as it said last. */
  static long executions(String log) {
    Matcher done = DONE.matcher(log);
    if (done.find()) {
      return Long.parseLong(done.group(1));
    }
    long last = 0;
    Matcher progress = PROGRESS.matcher(log);
    while (progress.find()) {
      last = Long.parseLong(progress.group(1));
    }
    return last;
  }

  private static String machine() throws IOException {
    List<String> processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.replaceFirst(".*: ", ""))
            .toList();
    return String.format(
        Locale.ROOT,
        "%s, %d cores, load average %.1f, Java %s",
        processor.isEmpty() ? "unknown processor" : processor.get(0),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.version"));
  }
}
