package io.saccade.cli.cameras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cameras file in the making. */
final class CamerasYaml {
  private final Map<String, String> cameras = new LinkedHashMap<>();

  /**
   * Puts a camera in, or in the place of the one of the same id.
   *
   * @param settings further ones, as YAML has them
   */
  CamerasYaml camera(String id, String url, String... settings) {
    StringBuilder camera = new StringBuilder("  - {id: %s, url: \"%s\"".formatted(id, url));
    for (String setting : settings) {
      camera.append(", ").append(setting);
    }
    cameras.put(id, camera.append("}\n").toString());
    return this;
  }

  /** Writes it at one go, as a careful operator would. */
  Path write(Path file) throws IOException {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(made, "cameras:\n" + String.join("", cameras.values()));
    return Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
