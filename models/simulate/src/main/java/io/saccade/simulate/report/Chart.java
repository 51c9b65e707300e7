package io.saccade.simulate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over time as SVG. Colours are the page's: each line has the class of its controller.
 *
 * @param title with the unit
 * @param seconds length of the time axis
 * @param top end of the value axis; what is above is drawn at the top
 * @param lines from the one drawn first to the one drawn last, on top
 * @param mark a value to draw as a dashed line; not a number for none
 */
record Chart(String title, double seconds, double top, List<Line> lines, double mark) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 150;
  private static final int LEFT = 44;
  private static final int BOTTOM = 20;
  private static final int ABOVE = 22;

  /** One value per second. */
  record Line(String style, List<Double> values) {}

  Chart {
    if (!(top > 0 && seconds > 0)) {
      throw new IllegalArgumentException(
          "axes must be longer than 0, but were %s s and %s".formatted(seconds, top));
    }
    lines = List.copyOf(lines);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(LEFT + WIDTH + 8, ABOVE + HEIGHT + BOTTOM, title));
    svg.append("<text class=\"title\" x=\"%d\" y=\"14\">%s</text>\n".formatted(LEFT, title));
    for (int part = 0; part <= 2; part++) {
      grid(svg, top * part / 2);
    }
    for (double at = 0; at <= seconds; at += 10) {
      svg.append(
          "<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n"
              .formatted(number(x(at)), ABOVE + HEIGHT + 14, at));
    }
    if (!Double.isNaN(mark)) {
      svg.append(
          "<path class=\"mark\" d=\"M%d %sh%d\"/>\n".formatted(LEFT, number(y(mark)), WIDTH));
    }
    lines.forEach(line -> svg.append(path(line)));
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg, double value) {
    svg.append("<path class=\"grid\" d=\"M%d %sh%d\"/>\n".formatted(LEFT, number(y(value)), WIDTH));
    svg.append(
        "<text class=\"tick\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
            .formatted(LEFT - 6, number(y(value) + 4), String.format(Locale.ROOT, "%.2g", value)));
  }

  private String path(Line line) {
    List<String> points = new ArrayList<>();
    for (int second = 0; second < line.values().size(); second++) {
      points.add(number(x(second + 0.5)) + " " + number(y(line.values().get(second))));
    }
    return "<path class=\"line %s\" d=\"M%s\"/>\n"
        .formatted(line.style(), String.join("L", points));
  }

  private double x(double at) {
    return LEFT + WIDTH * Math.min(1, at / seconds);
  }

  private double y(double value) {
    return ABOVE + HEIGHT * (1 - Math.min(1, value / top));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
