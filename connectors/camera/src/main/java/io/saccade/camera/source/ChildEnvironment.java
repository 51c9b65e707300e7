package io.saccade.camera.source;

import java.util.Set;

/**
 * What a child finds in its environment: only what a program needs to run, as any other variable of
 * this process may be the password of some camera.
 */
final class ChildEnvironment {
  static final Set<String> ALLOWED =
      Set.of(
          "PATH",
          "HOME",
          "LANG",
          "LC_ALL",
          "LD_LIBRARY_PATH",
          "TMPDIR",
          "TZ",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private ChildEnvironment() {}

  static void restrict(ProcessBuilder builder) {
    builder.environment().keySet().retainAll(ALLOWED);
  }
}
