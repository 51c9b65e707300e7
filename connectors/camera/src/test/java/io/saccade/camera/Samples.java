package io.saccade.camera;

import java.io.IOException;
import java.nio.file.Path;

/** The sample clips of the quickstart. */
final class Samples {
  static final Path FOLDER = Path.of("../../deploy/quickstart/clips");

  private Samples() {}

  static Clip bolt() throws IOException {
    return new Clip(FOLDER.resolve("bolt-012169.mp4"));
  }

  static Clip luggageTag() throws IOException {
    return new Clip(FOLDER.resolve("luggage_tag-020964.mp4"));
  }
}
