package io.saccade.evaluate;

import io.saccade.gfnet.Sight.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Pictures with the looks drawn on them in order, as SVG around the picture's own bytes, and a page
 * that shows them all.
 */
public final class ShownLooks {
  private static final List<String> COLOURS =
      List.of("#ffffff", "#ffb000", "#ff5ca8", "#5cd6ff", "#8cff66");

  private final Path folder;
  private final List<String> classes;

  /** Into a folder that need not exist. */
  public ShownLooks(Path folder, List<String> classes) {
    this.folder = folder;
    this.classes = classes;
  }

  /**
   * Writes all pictures and {@code index.html}.
   *
   * @return how many pictures
   */
  public int write(Viewing viewing) throws IOException {
    Files.createDirectories(folder);
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html>
            <meta charset="utf-8">
            <title>Where it looked</title>
            <style>body{font:14px sans-serif;background:#222;color:#eee}img{width:300px;margin:4px}</style>
            <p>Boxes are looks in order; under each picture what was said after each look.</p>
            """);
    int number = 0;
    for (Sighting sighting : viewing.sightings()) {
      String name = "%05d-%s.svg".formatted(++number, plain(sighting.picture().clip()));
      Files.writeString(folder.resolve(name), svg(sighting));
      page.append("<img loading=\"lazy\" src=\"%s\" alt=\"%s\">\n".formatted(name, name));
    }
    Files.writeString(folder.resolve("index.html"), page.toString());
    return number;
  }

  private static String plain(String clip) {
    return clip.replaceAll("[^A-Za-z0-9_.-]+", "-");
  }

  private String svg(Sighting sighting) throws IOException {
    Look glance = sighting.looks().get(0);
    // The glance is centred, so that what lies before it lies behind it as well.
    int width = glance.width() + 2 * glance.x();
    int height = glance.height() + 2 * glance.y();
    double unit = Math.max(width, height) / 300.0;
    int looks = sighting.looks().size();
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.1f\""
                + " font-family=\"sans-serif\" font-size=\"%.1f\">\n",
            width, height + (looks + 1) * 16 * unit, 12 * unit));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#222\"/>\n");
    svg.append(
        format(
            "<image width=\"%d\" height=\"%d\" href=\"data:%s;base64,%s\"/>\n",
            width,
            height,
            type(sighting.picture().file()),
            Base64.getEncoder().encodeToString(Files.readAllBytes(sighting.picture().file()))));
    for (int look = 1; look <= looks; look++) {
      svg.append(box(sighting.looks().get(look - 1), look, unit));
    }
    svg.append(line(0, height, unit, "#ddd", classes.get(sighting.picture().label())));
    for (int look = 1; look <= looks; look++) {
      svg.append(said(sighting, look, height, unit));
    }
    return svg + "</svg>\n";
  }

  private static String box(Look look, int number, double unit) {
    return format(
        """
        <rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="%s" stroke-width="%.2f"/>
        <text x="%.1f" y="%.1f" fill="%s" stroke="#000" stroke-width="%.2f" paint-order="stroke">%d</text>
        """,
        look.x(),
        look.y(),
        look.width(),
        look.height(),
        colour(number),
        2 * unit,
        // Looks may lie upon each other; their numbers do not.
        look.x() + (4 + 12 * (number - 1)) * unit,
        look.y() + 14 * unit,
        colour(number),
        2 * unit,
        number);
  }

  private String said(Sighting sighting, int look, int height, double unit) {
    String answer =
        format(
            "%d %s %s, %.0f %% sure",
            look,
            sighting.isRight(look) ? "\u2713" : "\u2717",
            classes.get(sighting.looks().get(look - 1).best()),
            100 * sighting.confidence(look));
    return line(look, height, unit, colour(look), answer);
  }

  private static String line(int number, int height, double unit, String colour, String text) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n",
        4 * unit, height + (number + 0.8) * 16 * unit, colour, Chart.escaped(text));
  }

  private static String colour(int look) {
    return COLOURS.get((look - 1) % COLOURS.size());
  }

  private static String type(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png")
        ? "image/png"
        : name.endsWith(".webp") ? "image/webp" : "image/jpeg";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
