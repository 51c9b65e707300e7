package io.saccade.bench.camera;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Eight HTTP cameras at 720p and 25 frames a second, whose JPEGs are handed on as they come. */
final class MjpegPassthrough {
  private static final int CAMERAS = 8;
  private static final int FPS = 25;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  private final Stage stage;
  private final CameraBenchOptions options;

  MjpegPassthrough(Stage stage, CameraBenchOptions options) {
    this.stage = stage;
    this.options = options;
  }

  CameraReport.Passthrough measure() throws IOException, InterruptedException {
    Path pictures = pictures();
    List<String> ids = IntStream.range(0, CAMERAS).mapToObj(i -> "mjpeg" + i).toList();
    Map<String, Path> folders = new LinkedHashMap<>();
    ids.forEach(id -> folders.put(id, pictures));
    List<Double> millis = new ArrayList<>();
    long frames = 0;
    try (MjpegServer server = MjpegServer.start(folders, FPS)) {
      Map<String, String> cameras = new LinkedHashMap<>();
      ids.forEach(id -> cameras.put(id, "url: \"%s\"".formatted(server.url(id))));
      try (FrameLog log = FrameLog.counting(stage.brokers());
          CameraProgram program = stage.run(cameras)) {
        for (int round = 0; round < options.rounds(); round++) {
          double before = program.cpuSeconds();
          long counted = frames(log, ids);
          Thread.sleep(options.seconds() * 1000L);
          long more = frames(log, ids) - counted;
          millis.add((program.cpuSeconds() - before) * 1e3 / more);
          frames += more;
        }
        program.terminate();
      }
    }
    return new CameraReport.Passthrough(
        WIDTH + "x" + HEIGHT + " MJPEG", frames, Figures.median(millis), Figures.spread(millis));
  }

  private static long frames(FrameLog log, List<String> ids) {
    return ids.stream().mapToLong(log::count).sum();
  }

  /** About 100 KB each, as cameras send them. */
  private Path pictures() throws IOException {
    Path folder = stage.folder("pictures");
    Random random = new Random(7);
    for (int i = 0; i < 5; i++) {
      BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int grey = (x / 5 + y / 3 + 20 * i + random.nextInt(16)) % 256;
          picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
        }
      }
      ImageIO.write(picture, "jpeg", folder.resolve("picture-" + i + ".jpg").toFile());
    }
    return folder;
  }
}
