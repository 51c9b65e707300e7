package io.saccade.quickstart;

import static java.util.Objects.requireNonNull;

import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the cameras see, for a person: a table that is redrawn, or one plain line a time. */
final class LiveTable {
  private static final String TOP_LEFT = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int LINES_AROUND = 6;

  private final PrintStream out;
  private final boolean plain;
  private final int rows;
  private final Map<String, String> knownClasses;
  private boolean drawn;

  /**
   * @param rows of the terminal
   * @param knownClasses what each camera is known to show
   */
  LiveTable(PrintStream out, boolean plain, int rows, Map<String, String> knownClasses) {
    this.out = out;
    this.plain = plain;
    this.rows = rows;
    this.knownClasses = Map.copyOf(knownClasses);
  }

  void draw(Ledger ledger, long nowNanos, long elapsedSeconds) {
    if (plain) {
      out.println(String.join("  ", summary(ledger, elapsedSeconds)));
    } else {
      StringBuilder page = new StringBuilder(drawn ? TOP_LEFT : CLEAR + TOP_LEFT);
      drawn = true;
      for (String line : summary(ledger, elapsedSeconds)) {
        line(page, "%s", line);
      }
      line(page, "");
      line(page, "%-12s %-16s %10s  %-7s %8s  %s", "camera", "sees", "sure", "looks", "age", "");
      int shown = 0;
      Map<String, Ledger.Seen> newest = ledger.newest();
      for (Map.Entry<String, Ledger.Seen> camera : newest.entrySet()) {
        if (shown++ == Math.max(1, rows - LINES_AROUND)) {
          line(page, "... and %d more", newest.size() - shown + 1);
          break;
        }
        camera(page, camera.getKey(), camera.getValue(), nowNanos);
      }
      out.print(page.append(CLEAR_BELOW));
    }
    out.flush();
  }

  private void camera(StringBuilder page, String id, Ledger.Seen seen, long nowNanos) {
    Label label = seen.label();
    long silentMillis = (nowNanos - seen.atNanos()) / 1_000_000;
    if (silentMillis > 3_000) {
      line(page, "%-12s %-16s", id, "(silent for %d s)".formatted(silentMillis / 1000));
    } else if (label.outcome().equals(Label.CLASSIFIED)) {
      Label.Ranked best = label.classes().get(0);
      @Nullable String known = knownClasses.get(id);
      line(
          page,
          "%-12s %-16s %9.0f%%  %-7s %5d ms  %s",
          id,
          best.name(),
          100 * best.confidence(),
          "o".repeat(label.looks().size()),
          label.ageMillis(),
          known == null || known.equals(best.name()) ? "" : "(is: " + known + ")");
    } else {
      line(page, "%-12s %-16s", id, label.outcome() + ": " + label.reason());
    }
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append(CLEAR_LINE).append('\n');
  }

  /** What is asked and decided, then what came of it: two lines, or one next to the other. */
  private static List<String> summary(Ledger ledger, long elapsedSeconds) {
    List<Status> decisions = ledger.decisions();
    if (decisions.isEmpty()) {
      return List.of(String.format(Locale.ROOT, "%4d s  starting", elapsedSeconds));
    }
    Spending.Figures spending = ledger.spending();
    return List.of(
        String.format(
            Locale.ROOT,
            "%4d s  offered %.0f/s  budget %.2f cores, used %s  depth %.1f  kept %.0f%%",
            elapsedSeconds,
            sum(decisions, it -> decided(it).offeredPerSecond()),
            sum(decisions, it -> requireNonNull(it.settings()).budgetCores()),
            spending.seconds() > 0 ? String.format(Locale.ROOT, "%.2f", spending.usedCores()) : "-",
            sum(decisions, it -> decided(it).position()) / decisions.size(),
            100 * sum(decisions, it -> decided(it).keep()) / decisions.size()),
        String.format(
            Locale.ROOT,
            "labels %d: classified %d, shed %d, unreadable %d  age p50 %d ms, p99 %d ms",
            ledger.labels(),
            ledger.count(Label.CLASSIFIED),
            ledger.count(Label.SHED),
            ledger.count(Label.UNREADABLE),
            ledger.ageMillis(50),
            ledger.ageMillis(99)));
  }

  private static Status.Decided decided(Status decision) {
    return requireNonNull(decision.decided());
  }

  private static double sum(List<Status> decisions, ToDoubleFunction<Status> of) {
    return decisions.stream().mapToDouble(of).sum();
  }
}
