package io.saccade.gfnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of the README; a test compares the two and runs it. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void run(String bundle, String image) throws IOException {
    // example-begin
    try (GfNet net = GfNet.open(Path.of(bundle))) {
      if (net.classify(Files.readAllBytes(Path.of(image)), 0.9f) instanceof Sight.Verdict seen) {
        System.out.println(net.bundle().classes().get(seen.best()) + " " + seen.looks());
      }
    }
    // example-end
  }
}
