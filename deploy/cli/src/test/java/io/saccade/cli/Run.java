package io.saccade.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * A command run as a shell would.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained
 */
record Run(int code, String out, String err) {

  static Run saccade(String... arguments) {
    return saccade(new ByteArrayOutputStream(), arguments);
  }

  /**
   * The same for who wants to read meanwhile.
   *
   * @param err where complaints go
   */
  static Run saccade(ByteArrayOutputStream err, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      CommandLine commandLine = Saccade.commandLine();
      commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      int code = commandLine.execute(arguments);
      return new Run(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
  }
}
