package io.saccade.simulate.report;

import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.contest.Contest.Run;
import io.saccade.simulate.measure.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The measures as one table, for the terminal or for a page. */
public final class Table {
  private static final String NARROW = "%-19s %-11s";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("used", 6, it -> number("%.3f", it.used())),
          new Column("10s", 11, it -> range(it.least10(), it.most10())),
          new Column("60s", 11, it -> range(it.least60(), it.most60())),
          new Column("p50 s", 6, it -> number("%.2f", it.ageP50())),
          new Column("p99 s", 6, it -> number("%.2f", it.ageP99())),
          new Column("max s", 6, it -> number("%.2f", it.ageMax())),
          new Column("looks", 5, it -> number("%.2f", it.looks())),
          new Column("right%", 6, it -> number("%.1f", 100 * it.accuracy())),
          new Column("oracle%", 7, it -> number("%.1f", 100 * it.oracle().sameCost())),
          new Column("of all%", 7, it -> number("%.1f", 100 * it.yield())),
          new Column("unseen%", 7, it -> number("%.1f", 100 * it.unseen())),
          new Column("least%", 6, it -> number("%.1f", 100 * it.leastShed())),
          new Column("calm s", 6, it -> number("%.1f", it.ageSettled())),
          new Column("rest%", 6, it -> number("%.0f", 100 * it.unrest())),
          new Column("1s%", 4, it -> number("%.0f", 100 * it.swing())),
          new Column("lost", 4, it -> Long.toString(it.unaccounted())));

  private Table() {}

  /** One column: its head, its width in the terminal, and how it is printed. */
  private record Column(String head, int width, Function<Measures, String> cell) {
    String padded(String text) {
      return String.format(Locale.ROOT, "%" + width + "s", text);
    }
  }

  /** What the columns mean. */
  public static List<String> legend() {
    return List.of(
        "used: cores; 10s, 60s: least and most used in any such window, in % of the budget;",
        "p50, p99, max: age of classified frames; right: of classified frames; oracle: the best",
        "fixed point of each 10 s at the same cost; of all: right answers of all frames offered;",
        "unseen: shed or thinned; least: had to be; calm: seconds from the start of the trouble until",
        "no frame waits longer than the target; rest: swing of the decided cost of a frame in the last",
        "third; 1s: swing of the mean cost of a second's frames, then (static: of chance and content",
        "alone); lost: frames without a record.");
  }

  public static String head() {
    StringBuilder line = new StringBuilder(NARROW.formatted("scenario", "controller"));
    COLUMNS.forEach(column -> line.append(' ').append(column.padded(column.head)));
    return line.toString();
  }

  /** One line for each contender. */
  public static List<String> lines(Contest contest) {
    List<String> lines = new ArrayList<>();
    for (Run run : contest.runs()) {
      StringBuilder line =
          new StringBuilder(NARROW.formatted(contest.scenario().name(), run.contender().label()));
      COLUMNS.forEach(
          column -> line.append(' ').append(column.padded(column.cell.apply(run.measures()))));
      lines.add(line.toString());
    }
    return lines;
  }

  /** All of it in Markdown. */
  public static String markdown(List<Contest> contests) {
    StringBuilder page = new StringBuilder("| scenario | controller |");
    COLUMNS.forEach(column -> page.append(' ').append(column.head).append(" |"));
    page.append("\n|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
    for (Contest contest : contests) {
      for (Run run : contest.runs()) {
        page.append("| %s | %s |".formatted(contest.scenario().name(), run.contender().label()));
        COLUMNS.forEach(
            column -> page.append(' ').append(column.cell.apply(run.measures())).append(" |"));
        page.append('\n');
      }
    }
    return page.toString();
  }

  private static String range(double least, double most) {
    return number("%.1f", 100 * least) + "-" + number("%.1f", 100 * most);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
