package io.saccade.simulate.trace;

import io.saccade.gfnet.Frontier.Point;
import io.saccade.simulate.trace.TracedFrame.TracedLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes what {@link TraceFile} reads. */
public final class TraceWriter {
  private TraceWriter() {}

  public static void write(Trace trace, Path file) throws IOException {
    Files.writeString(file, text(trace));
  }

  static String text(Trace trace) {
    StringBuilder out = new StringBuilder();
    out.append("# What each look of a model said about recorded frames, and its CPU time.\n");
    out.append(
        "# model=%s version=%s sha256=%s decodeNanos=%s glanceNanos=%s focusNanos=%s glanceMultiplyAdds=%s focusMultiplyAdds=%s\n"
            .formatted(
                trace.model(),
                trace.version(),
                trace.sha256(),
                trace.nominal().decodeNanos(),
                trace.nominal().glanceNanos(),
                trace.nominal().focusNanos(),
                trace.work().glance(),
                trace.work().focus()));
    trace.frontier().points().forEach(point -> out.append(line(point)));
    out.append("clip,class,decodeNanos");
    for (int look = 1; look <= trace.looks(); look++) {
      out.append(",nanos%1$d,confidence%1$d,right%1$d".formatted(look));
    }
    out.append('\n');
    for (Clip clip : trace.clips()) {
      for (TracedFrame frame : clip.frames()) {
        out.append(clip.name()).append(',').append(clip.label()).append(',');
        out.append(frame.decodeNanos());
        for (TracedLook look : frame.looks()) {
          out.append(',').append(look.nanos()).append(',').append(look.confidence());
          out.append(look.right() ? ",1" : ",0");
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static String line(Point point) {
    double[] thresholds = new double[point.thresholds().length];
    for (int look = 0; look < thresholds.length; look++) {
      // By way of its shortest decimals, which read back as the same float.
      thresholds[look] = Double.parseDouble(Float.toString(point.thresholds()[look]));
    }
    return "# point thresholds=%s exitShares=%s meanLooks=%s accuracy=%s\n"
        .formatted(list(thresholds), list(point.exitShares()), point.meanLooks(), point.accuracy());
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(";"));
  }
}
