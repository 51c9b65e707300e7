package io.saccade.camera.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a child finds in its environment: only what a program needs to run, as any other variable of
 * this process may be the password of some camera.
 */
final class ChildEnvironment {
  private static final String LIBRARIES = "LD_LIBRARY_PATH";

  static final Set<String> ALLOWED =
      Set.of(
          "PATH",
          "HOME",
          "LANG",
          "LC_ALL",
          LIBRARIES,
          "TMPDIR",
          "TZ",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private ChildEnvironment() {}

  static void restrict(ProcessBuilder builder) {
    builder.environment().keySet().retainAll(ALLOWED);
    findLibrariesBeside(Path.of(builder.command().get(0)), builder.environment());
  }

  /**
   * The program finds the libraries beside it, but these do not find each other; only a machine
   * with a desktop has them elsewhere, too.
   */
  private static void findLibrariesBeside(Path program, Map<String, String> environment) {
    if (program.getParent() != null) {
      environment.merge(
          LIBRARIES, program.getParent().toString(), (others, own) -> own + ":" + others);
    }
  }
}
