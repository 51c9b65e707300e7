package io.saccade.evaluate;

import java.util.List;
import java.util.Locale;

/** An SVG drawing area with two axes. Colours are told apart without seeing them, too. */
final class Chart {
  static final String BLUE = "#0b62a4";
  static final String ORANGE = "#c9570c";
  static final String GREY = "#767676";

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 64;
  private static final int ABOVE = 48;
  private static final int BELOW = 52;
  private static final int TICKS = 5;

  private final StringBuilder svg = new StringBuilder();
  private final Range across;
  private final Range up;

  /** An axis, with what it measures. */
  record Range(String name, double from, double to, String format) {
    Range {
      if (!(to > from)) {
        throw new IllegalArgumentException(
            "an axis must end above its start, but went from %s to %s".formatted(from, to));
      }
    }

    double share(double value) {
      return (value - from) / (to - from);
    }
  }

  Chart(String title, Range across, Range up) {
    this.across = across;
    this.up = up;
    int width = LEFT + WIDTH + 24;
    int height = ABOVE + HEIGHT + BELOW;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" \
        font-family="sans-serif" font-size="13" fill="#222">
        <rect width="%d" height="%d" fill="#fff"/>
        """
            .formatted(width, height, escaped(title), width, height));
    text(LEFT, 22, "start", "#222", title);
    text(LEFT + WIDTH, ABOVE + HEIGHT + 42, "end", "#222", across.name());
    text(LEFT, 40, "start", "#222", up.name());
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = up.from() + (up.to() - up.from()) * tick / TICKS;
      add("<path d=\"M%d %.1fh%d\" stroke=\"#e2e2e2\"/>", LEFT, y(value), WIDTH);
      text(LEFT - 8, y(value) + 4, "end", "#555", format(up.format(), value));
    }
  }

  Chart ticksAcross(List<Double> values) {
    for (double value : values) {
      text(x(value), ABOVE + HEIGHT + 20, "middle", "#555", format(across.format(), value));
    }
    return this;
  }

  /** A line with a dot at each point. */
  Chart line(String colour, String dashes, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? "M" : "L").append(format("%.1f", x(point[0])));
      path.append(' ').append(format("%.1f", y(point[1])));
      add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          x(point[0]), y(point[1]), colour);
    }
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>",
        path, colour, dashes);
    return this;
  }

  /** The area between two values at each place. */
  Chart band(String colour, List<double[]> lowAndHigh) {
    StringBuilder path = new StringBuilder();
    for (double[] at : lowAndHigh) {
      path.append(path.isEmpty() ? "M" : "L").append(format("%.1f %.1f", x(at[0]), y(at[1])));
    }
    for (int i = lowAndHigh.size() - 1; i >= 0; i--) {
      double[] at = lowAndHigh.get(i);
      path.append('L').append(format("%.1f %.1f", x(at[0]), y(at[2])));
    }
    add("<path d=\"%sZ\" fill=\"%s\" fill-opacity=\"0.12\"/>", path, colour);
    return this;
  }

  /** A bar between two values, centred at {@code at}. */
  Chart bar(String colour, double at, double width, double low, double high) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x(at - width / 2),
        y(high),
        x(at + width / 2) - x(at - width / 2),
        y(low) - y(high),
        colour);
    return this;
  }

  /** What a colour stands for; {@code place} counts from the right edge of the title's line. */
  Chart legend(int place, String colour, String name) {
    double right = LEFT + WIDTH - place * 150.0;
    add("<rect x=\"%.1f\" y=\"30\" width=\"12\" height=\"12\" fill=\"%s\"/>", right - 140, colour);
    text(right - 122, 41, "start", "#222", name);
    return this;
  }

  private double x(double value) {
    return LEFT + WIDTH * across.share(value);
  }

  private double y(double value) {
    return ABOVE + HEIGHT * (1 - up.share(value));
  }

  private void text(double x, double y, String anchor, String colour, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, colour, escaped(text));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  String svg() {
    return svg + "</svg>\n";
  }
}
