package io.saccade.simulate.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A trace as CSV. Lines that start with {@code #} hold the model and its frontier as {@code
 * name=value}; then a header, then a line per frame: clip, class, CPU time of decoding, and for
 * each look CPU time, confidence, and 1 for right or 0 for wrong.
 */
public final class TraceFile {
  private static final String SHIPPED = "runway.csv";

  private TraceFile() {}

  /** The trace that is shipped, of a network of three looks: runway 1.0.0. */
  public static Trace shipped() {
    try (InputStream in = TraceFile.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("the trace " + SHIPPED + " must be shipped, but is not");
      }
      return TraceParser.parse(SHIPPED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the trace " + SHIPPED + " cannot be read", e);
    }
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException naming file, line, what was expected and what was found
   */
  public static Trace read(Path file) throws IOException {
    return TraceParser.parse(file.toString(), Files.readString(file));
  }
}
