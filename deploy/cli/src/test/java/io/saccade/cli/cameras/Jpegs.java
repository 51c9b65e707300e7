package io.saccade.cli.cameras;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Folders of JPEGs, each picture another one. */
final class Jpegs {
  private Jpegs() {}

  static Path folder(Path folder, int width, int height) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < 5; i++) {
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = picture.createGraphics();
      graphics.setColor(Color.getHSBColor(i / 5f, 1, 1));
      graphics.fillOval(i * width / 10, i * height / 10, width / 2, height / 2);
      graphics.dispose();
      ImageIO.write(picture, "jpeg", folder.resolve("picture-" + i + ".jpg").toFile());
    }
    return folder;
  }

  /** What tells the pictures of a folder from others. */
  static Set<Integer> hashes(Path folder) throws IOException {
    Set<Integer> hashes = new HashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        hashes.add(Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }
}
