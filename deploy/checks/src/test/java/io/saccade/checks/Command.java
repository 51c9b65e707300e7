package io.saccade.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.cli.Saccade;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * A command run to its end within this process.
 *
 * @param code its exit code
 * @param said what it printed, complaints included
 */
public record Command(int code, String said) {

  public static Command saccade(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream caught = new PrintStream(said, true, UTF_8)) {
      System.setOut(caught);
      System.setErr(caught);
      CommandLine command = Saccade.commandLine();
      command.setOut(new PrintWriter(caught, true, UTF_8));
      command.setErr(new PrintWriter(caught, true, UTF_8));
      int code = command.execute(arguments);
      return new Command(code, said.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
