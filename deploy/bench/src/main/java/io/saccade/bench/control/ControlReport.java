package io.saccade.bench.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.saccade.budget.StageCosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the bench found, as written to the report file.
 *
 * @param findings the table
 * @param results the runs, in the order played
 * @param scale of all times
 * @param threads that classify
 * @param budgetCores CPU seconds per second, but where the budget changes
 * @param nominal CPU time of each stage on the golden picture, as measured at the start
 * @param pictures that were shown
 * @param loadBefore load average of the machine before the first run
 * @param loadAfter after the last
 */
public record ControlReport(
    List<Finding> findings,
    List<Result> results,
    double scale,
    int threads,
    double budgetCores,
    StageCosts nominal,
    int pictures,
    String model,
    String machine,
    double loadBefore,
    double loadAfter,
    Map<String, String> versions) {

  /** Seconds by which a camera may be behind its plan. */
  private static final double MOST_LATENESS = 0.05;

  public ControlReport {
    findings = List.copyOf(findings);
    results = List.copyOf(results);
    versions = Map.copyOf(versions);
  }

  /** The findings as lines of aligned columns. */
  public List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(Finding.HEADS);
    findings.forEach(finding -> rows.add(finding.cells()));
    int[] widths = new int[Finding.HEADS.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** Whether the cameras kept to their times; if not, the machine was too busy to say anything. */
  public boolean machineWasFree() {
    return results.stream().allMatch(it -> it.beside().lateness99() <= MOST_LATENESS);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column));
      line.append(" ".repeat(widths[column] - row.get(column).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** Writes all of it as JSON. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }
}
