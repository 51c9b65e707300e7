package io.saccade.gfnet;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a bundle's manifest says, format 1 (docs/bundle.md).
 *
 * @param sha256 of the manifest file, hex: the model's identity
 */
public record Bundle(
    String id,
    String version,
    String sha256,
    int imageSize,
    int glanceSize,
    int patchSize,
    int steps,
    List<String> classes,
    Frontier frontier) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public Bundle {
    require(!id.isBlank(), "id", "text", "blank");
    require(!version.isBlank(), "version", "text", "blank");
    require(SHA_256.matcher(sha256).matches(), "sha256", "64 lower-case hex digits", sha256);
    require(imageSize >= 1, "imageSize", "at least 1", imageSize);
    String within = "within [1, " + imageSize + "]";
    require(glanceSize >= 1 && glanceSize <= imageSize, "glanceSize", within, glanceSize);
    require(patchSize >= 1 && patchSize <= imageSize, "patchSize", within, patchSize);
    require(steps == frontier.looks(), "steps", frontier.looks() + ", as in the frontier", steps);
    classes = List.copyOf(classes);
    require(
        !classes.isEmpty() && Set.copyOf(classes).size() == classes.size(),
        "classes",
        "at least 1 unique name",
        classes);
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", but was " + found);
    }
  }
}
