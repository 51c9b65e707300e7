package io.saccade.cli;

import java.nio.file.Path;

/** Where Saccade is, and what it ships. */
final class Home {
  private Home() {}

  /** The checkout or the unpacked archive, as the launcher tells; the working folder without it. */
  static Path folder() {
    return Path.of(System.getProperty("saccade.home", "."));
  }

  /** For what is made by use, as the launcher tells. */
  static Path work() {
    String told = System.getProperty("saccade.work");
    return told == null ? folder().resolve("work") : Path.of(told);
  }

  /** The shipped model. */
  static Path bundle() {
    return folder().resolve("models/bundles/runway");
  }
}
