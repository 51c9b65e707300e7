package io.saccade.gfnet.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native libraries, unpacked once and kept. On its own it unpacks 24 MB in each
 * process into the folder for temporary files, and a process that is killed leaves them there.
 * OpenCV's have a folder to be kept in already, by the property {@value #FOLDER}: where that is
 * set, these go into it, too.
 *
 * @param folder where they are kept; a folder per version is made in it
 */
record KeptLibraries(Path folder) {
  private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  /** Where ONNX Runtime looks before it unpacks. */
  private static final String PLACE = "onnxruntime.native.path";

  private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

  /** Must be called before the first use of ONNX Runtime; does nothing where no folder is set. */
  static void use() {
    String folder = System.getProperty(FOLDER);
    if (folder != null && System.getProperty(PLACE) == null) {
      new KeptLibraries(Path.of(folder))
          .unpacked()
          .ifPresent(place -> System.setProperty(PLACE, place.toString()));
    }
  }

  /**
   * Unpacks what is missing. Processes may do so at the same time: a file is there wholly or not.
   *
   * @return where they are; empty when they cannot be kept, and ONNX Runtime should do as it does
   */
  Optional<Path> unpacked() {
    Optional<String> platform = platform();
    if (platform.isEmpty()) {
      return Optional.empty();
    }
    Path place = folder.resolve(version()).resolve(platform.get());
    try {
      Files.createDirectories(place);
      for (String name : NAMES) {
        String file = System.mapLibraryName(name);
        URL library =
            OrtEnvironment.class.getResource(
                "/ai/onnxruntime/native/" + platform.get() + "/" + file);
        if (library == null) {
          return Optional.empty();
        }
        unpack(library, place.resolve(file));
      }
      return Optional.of(place);
    } catch (IOException e) {
      // No room, or no right to write.
      return Optional.empty();
    }
  }

  private static void unpack(URL library, Path to) throws IOException {
    URLConnection connection = library.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      if (Files.exists(to) && Files.size(to) == connection.getContentLengthLong()) {
        return;
      }
      Path whole = Files.createTempFile(to.getParent(), to.getFileName().toString(), ".new");
      try {
        Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(whole);
      }
    }
  }

  /** As ONNX Runtime calls it. */
  private static Optional<String> platform() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch", "")) {
      case "amd64" -> Optional.of("linux-x64");
      case "aarch64" -> Optional.of("linux-aarch64");
      default -> Optional.empty();
    };
  }

  /** The name of the jar, such as {@code onnxruntime-1.28.0.jar}. */
  private static String version() {
    @Nullable CodeSource source = OrtEnvironment.class.getProtectionDomain().getCodeSource();
    @Nullable URL place = source == null ? null : source.getLocation();
    String path = place == null ? "" : place.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "onnxruntime" : name;
  }
}
