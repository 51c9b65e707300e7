package io.saccade.simulate.trace;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.Frontier.Point;
import io.saccade.simulate.trace.TracedFrame.TracedLook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the lines of a {@link TraceFile}. */
final class TraceParser {
  private static final int LOOK_COLUMNS = 3;
  private static final int FIRST_LOOK = 3;

  private final String file;
  private final Map<String, String> model = new LinkedHashMap<>();
  private final List<Point> points = new ArrayList<>();
  private final Map<String, List<TracedFrame>> clips = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private int line;
  private boolean header;

  private TraceParser(String file) {
    this.file = file;
  }

  /**
   * Reads a whole trace.
   *
   * @param file its name, for complaints
   */
  static Trace parse(String file, String text) {
    TraceParser parser = new TraceParser(file);
    text.lines().forEach(parser::take);
    return parser.trace();
  }

  private void take(String text) {
    line++;
    try {
      if (text.startsWith("# model=")) {
        model.putAll(values(text));
      } else if (text.startsWith("# point ")) {
        points.add(point(values(text)));
      } else if (text.startsWith("#") || text.isBlank()) {
        return;
      } else if (!header) {
        header = true;
      } else {
        frame(text.split(",", -1));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "trace %s, line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : text.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return values;
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected %s=..., but found only %s".formatted(name, values.keySet()));
    }
    return value;
  }

  private static Point point(Map<String, String> values) {
    double[] read = numbers(value(values, "thresholds"));
    float[] thresholds = new float[read.length];
    for (int look = 0; look < read.length; look++) {
      thresholds[look] = (float) read[look];
    }
    return new Point(
        thresholds,
        numbers(value(values, "exitShares")),
        Double.parseDouble(value(values, "meanLooks")),
        Double.parseDouble(value(values, "accuracy")));
  }

  private static double[] numbers(String list) {
    return list.isEmpty()
        ? new double[0]
        : Arrays.stream(list.split(";", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private void frame(String[] cells) {
    int looks = (cells.length - FIRST_LOOK) / LOOK_COLUMNS;
    if (looks < 1 || cells.length != FIRST_LOOK + looks * LOOK_COLUMNS) {
      throw new IllegalArgumentException(
          "expected clip, class, decodeNanos and 3 columns for each look, but found %d columns"
              .formatted(cells.length));
    }
    List<TracedLook> traced = new ArrayList<>();
    for (int look = 0; look < looks; look++) {
      int at = FIRST_LOOK + look * LOOK_COLUMNS;
      traced.add(
          new TracedLook(
              Long.parseLong(cells[at]), Float.parseFloat(cells[at + 1]), right(cells[at + 2])));
    }
    labels.put(cells[0], cells[1]);
    clips
        .computeIfAbsent(cells[0], clip -> new ArrayList<>())
        .add(new TracedFrame(Long.parseLong(cells[2]), traced));
  }

  private static boolean right(String cell) {
    if (!cell.equals("0") && !cell.equals("1")) {
      throw new IllegalArgumentException("right must be 0 or 1, but was '" + cell + "'");
    }
    return cell.equals("1");
  }

  private Trace trace() {
    try {
      return new Trace(
          value(model, "model"),
          value(model, "version"),
          value(model, "sha256"),
          new StageCosts(
              Double.parseDouble(value(model, "decodeNanos")),
              Double.parseDouble(value(model, "glanceNanos")),
              Double.parseDouble(value(model, "focusNanos"))),
          new LookWork(
              Double.parseDouble(value(model, "glanceMultiplyAdds")),
              Double.parseDouble(value(model, "focusMultiplyAdds"))),
          new Frontier(points),
          clips.entrySet().stream()
              .map(clip -> new Clip(clip.getKey(), label(clip.getKey()), clip.getValue()))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("trace %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private String label(String clip) {
    return labels.getOrDefault(clip, "");
  }
}
