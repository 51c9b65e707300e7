package io.saccade.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of seeded pictures, and the network of random weights that looks at them. */
record Folder(Path root) {
  static final Path TINY = Path.of("../gfnet/src/test/bundles/tiny");

  /** Blots on a ground, as JPEG. */
  static byte[] jpeg(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(150, 110, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int blot = 0; blot < 12; blot++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      int size = 10 + random.nextInt(blot == 0 ? 300 : 60);
      graphics.fillOval(random.nextInt(150) - 20, random.nextInt(110) - 20, size, size);
    }
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Folder with(String file, byte[] bytes) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder without pictures. */
  Folder withEmpty(String name) {
    return with(name + "/notes.txt", new byte[] {'x'});
  }
}
