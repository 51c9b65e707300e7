package io.saccade.cli;

import java.nio.file.Path;

/** Where Saccade is, and what it ships. */
final class Home {
  private Home() {}

  /** The repository, as the launcher tells; the working folder without it. */
  static Path folder() {
    return Path.of(System.getProperty("saccade.home", "."));
  }

  /** The shipped model. */
  static Path bundle() {
    return folder().resolve("models/bundles/runway");
  }
}
