package io.saccade.bench.camera;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.Scratch;
import io.saccade.quickstart.TopicPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import javax.imageio.ImageIO;

/** A broker and a folder, and camera processes on them. */
final class Stage implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int PICTURES = 5;

  private final Scratch scratch = Scratch.make();
  private final EmbeddedBroker broker =
      EmbeddedBroker.start(scratch.folder("kafka"), EmbeddedBroker.freePort());
  private int runs;

  static Stage set() throws InterruptedException {
    Stage stage = new Stage();
    TopicPlan.passing(1).create(stage.broker.address());
    return stage;
  }

  String brokers() {
    return broker.address();
  }

  Path folder(String name) {
    return scratch.folder(name);
  }

  /** A folder of JPEGs that differ; about 100 KB each at 720p, as cameras send them. */
  Path pictures(int width, int height) throws IOException {
    Path folder = scratch.folder("pictures-" + width);
    Random random = new Random(7);
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int grey = (x / 5 + y / 3 + 20 * i + random.nextInt(16)) % 256;
          picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
        }
      }
      ImageIO.write(picture, "jpeg", folder.resolve("picture-" + i + ".jpg").toFile());
    }
    return folder;
  }

  /** Starts a process with these cameras, each a line of settings, and waits until all are live. */
  CameraProgram run(Map<String, String> cameras) throws IOException, InterruptedException {
    return run(cameras, brokers());
  }

  /** The same on another broker. */
  CameraProgram run(Map<String, String> cameras, String brokers)
      throws IOException, InterruptedException {
    Path folder = scratch.folder("run-" + ++runs);
    StringJoiner yaml = new StringJoiner("\n", "cameras:\n", "\n");
    cameras.forEach((id, settings) -> yaml.add("  - {id: %s, %s}".formatted(id, settings)));
    Path config = Files.writeString(folder.resolve("cameras.yaml"), yaml.toString());
    CameraProgram program =
        CameraProgram.start(
            folder,
            Map.of(),
            List.of("--config", config.toString(), "--brokers", brokers, "--health-port", "0"));
    for (String camera : cameras.keySet()) {
      Waiting.until(
          () -> camera + " is live, not: " + program.said(), START, () -> program.up(camera));
    }
    return program;
  }

  @Override
  public void close() {
    broker.close();
    scratch.close();
  }
}
