package io.saccade.cli;

import io.saccade.camera.config.CameraSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cameras and their settings for people, without secrets. */
final class CameraTable {
  private CameraTable() {}

  static void print(List<CameraSettings> cameras, PrintStream out) {
    int widest = cameras.stream().mapToInt(camera -> camera.id().length()).max().orElse(2);
    String format = "%-" + Math.max(2, widest) + "s  %-9s %-6s %-6s %-8s %-18s %s%n";
    out.printf(format, "id", "transport", "fps", "width", "quality", "region", "url");
    for (CameraSettings camera : cameras) {
      out.printf(
          Locale.ROOT,
          format,
          camera.id(),
          camera.transport(),
          shown(camera.fps()),
          shown(camera.width()),
          camera.asItComes() ? "as is" : Objects.requireNonNullElse(camera.quality(), 80),
          shown(camera.region()),
          camera.url() + (camera.enabled() ? "" : "  (disabled)"));
    }
    out.printf("%d %s, no fault%n", cameras.size(), cameras.size() == 1 ? "camera" : "cameras");
    out.flush();
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "as is" : value.toString();
  }
}
