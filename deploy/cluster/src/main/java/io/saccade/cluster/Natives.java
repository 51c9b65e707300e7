package io.saccade.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * ONNX Runtime's native libraries, unpacked once. Left to itself, each JVM would unpack them into
 * the folder for temporary files, and leave them there when it is killed.
 */
final class Natives {
  private Natives() {}

  /**
   * Unpacks those of this machine that are not there yet.
   *
   * @param jar ONNX Runtime's
   * @return the folder with them
   */
  static Path unpack(Path jar, Path folder) throws IOException {
    Path into = Files.createDirectories(folder.resolve("onnxruntime"));
    String from = "ai/onnxruntime/native/%s/".formatted(platform());
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> libraries =
          zip.stream()
              .filter(it -> it.getName().startsWith(from) && it.getName().endsWith(".so"))
              .toList();
      if (libraries.isEmpty()) {
        throw new IllegalStateException(
            "ONNX Runtime must have native libraries in %s of %s, but has none"
                .formatted(from, jar));
      }
      for (ZipEntry library : libraries) {
        unpack(zip, library, into.resolve(library.getName().substring(from.length())));
      }
    }
    return into;
  }

  private static void unpack(ZipFile zip, ZipEntry library, Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == library.getSize()) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (InputStream in = zip.getInputStream(library)) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As ONNX Runtime names it. */
  private static String platform() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "linux-aarch64" : "linux-x64";
  }
}
