package io.saccade.simulate.report;

import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.contest.Contest.Run;
import io.saccade.simulate.measure.Series;
import io.saccade.simulate.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Charts of every scenario in one page that needs nothing else. */
final class HtmlReport {
  /** Per cent. */
  private static final double MOST_SPENT = 150;

  private static final double AGE_SECONDS = 1;

  /** Shown at first; the others by a tick. */
  private static final Set<Contender> SHOWN =
      EnumSet.of(Contender.LAW, Contender.AIMD, Contender.PI, Contender.STATIC);

  private final List<Contest> contests;
  private final Trace trace;

  HtmlReport(List<Contest> contests, Trace trace) {
    this.contests = contests;
    this.trace = trace;
  }

  String page() {
    StringBuilder body = new StringBuilder("<div class=\"legend\">\n");
    for (Contender contender : Contender.values()) {
      body.append(
          "<label><input type=\"checkbox\" id=\"%1$s\"%3$s><i class=\"%1$s\"></i>%2$s</label>\n"
              .formatted(
                  style(contender),
                  contender.label(),
                  SHOWN.contains(contender) ? " checked" : ""));
    }
    body.append("</div>\n");
    contests.forEach(contest -> body.append(section(contest)));
    body.append("<pre>");
    body.append(Table.head()).append('\n');
    contests.forEach(contest -> body.append(String.join("\n", Table.lines(contest))).append('\n'));
    body.append(String.join("\n", Table.legend())).append("</pre>\n");
    return resource("page.html")
        .replace(
            "{{model}}",
            "%s %s, %d recorded frames"
                .formatted(text(trace.model()), text(trace.version()), trace.frames()))
        .replace("{{toggles}}", toggles())
        .replace("{{body}}", body);
  }

  private String section(Contest contest) {
    double seconds = contest.scenario().seconds();
    Chart age =
        new Chart(
            "oldest frame of each second, s",
            seconds,
            AGE_SECONDS,
            lines(contest, Series::age),
            contest.scenario().settings().targetAgeNanos() / 1e9);
    Chart spent =
        new Chart(
            "spent of the budget, %", seconds, MOST_SPENT, lines(contest, Series::spent), 100);
    Chart looks =
        new Chart(
            "operating point: looks per frame that came (below 1: not all were looked at)",
            seconds,
            trace.looks(),
            lines(contest, Series::looks),
            1);
    return "<section><h2>%s</h2><p>%s; %s</p>\n%s%s%s</section>\n"
        .formatted(
            contest.scenario().name(),
            contest.scenario().about(),
            contest.scenario().asked(),
            age.svg(),
            spent.svg(),
            looks.svg());
  }

  /** The law last, so that it is on top. */
  private static List<Chart.Line> lines(Contest contest, Function<Series, List<Double>> quantity) {
    List<Chart.Line> lines = new ArrayList<>();
    for (Run run : contest.runs()) {
      lines.add(new Chart.Line(style(run.contender()), quantity.apply(run.series())));
    }
    Collections.reverse(lines);
    return lines;
  }

  /** A line is shown when its box is ticked; without any script. */
  private static String toggles() {
    StringBuilder rules = new StringBuilder();
    for (Contender contender : Contender.values()) {
      rules.append(
          "body:has(#%1$s:not(:checked)) path.%1$s{display:none}\n".formatted(style(contender)));
    }
    return rules.toString();
  }

  private static String style(Contender contender) {
    return contender.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " must be there, but is not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " cannot be read", e);
    }
  }
}
