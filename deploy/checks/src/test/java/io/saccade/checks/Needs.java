package io.saccade.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program of the machine. Without it a test is skipped, but in CI it fails. */
public record Needs(String program, String packages) {

  public void require() {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    String message = program + " is needed (" + packages + ")";
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    assumeTrue(there, message);
  }
}
