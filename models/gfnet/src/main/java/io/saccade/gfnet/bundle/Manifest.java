package io.saccade.gfnet.bundle;

import static java.util.Locale.ROOT;

import io.saccade.gfnet.decode.Filter;
import io.saccade.gfnet.decode.Fit;
import io.saccade.gfnet.decode.Shrink;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code manifest.json}, format 1 (docs/bundle.md).
 *
 * @param multiplyAdds of one glance and of one focus look
 * @param files SHA-256 in hex by file name, of every file but the manifest itself
 */
public record Manifest(
    String id,
    String version,
    String description,
    String backbone,
    String head,
    int imageSize,
    int glanceSize,
    int patchSize,
    int steps,
    List<String> classes,
    Fit fit,
    Shrink glance,
    boolean reducedDecode,
    int memorySize,
    int opset,
    String glanceFile,
    String focusFile,
    MultiplyAdds multiplyAdds,
    String frontierFile,
    String goldenFile,
    String licence,
    String source,
    Map<String, String> files) {

  static final String FILE = "manifest.json";
  static final int FORMAT = 1;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LARGEST_SIZE = 4096;
  private static final int MOST_STEPS = 16;
  private static final int LARGEST_MEMORY = 1 << 24;
  private static final int NEWEST_OPSET = 99;

  /** Cost of one glance and of one focus look: encoder, policy and classifier. */
  public record MultiplyAdds(long glance, long focus) {}

  /** Reads the manifest; when there are complaints, the values complained of mean nothing. */
  static Manifest read(byte[] json, Complaints complaints) {
    Fields fields = Fields.of(FILE, json, complaints);
    fields.integer("format", FORMAT, FORMAT);
    complaints.refuseIfAny();
    int imageSize = (int) fields.integer("imageSize", 1, LARGEST_SIZE);
    int patchSize = (int) fields.integer("patchSize", 1, imageSize);
    Fields view = fields.object("view");
    boolean reducedDecode = view.bool("reducedDecode");
    Fields graphs = fields.object("graphs");
    Fields adds = fields.object("multiplyAdds");
    Manifest manifest =
        new Manifest(
            fields.text("id"),
            fields.text("version"),
            fields.text("description"),
            fields.text("backbone"),
            fields.text("head"),
            imageSize,
            (int) fields.integer("glanceSize", 1, imageSize, patchSize),
            patchSize,
            (int) fields.integer("steps", 2, MOST_STEPS),
            classes(fields),
            fit(view, imageSize, reducedDecode),
            Shrink.valueOf(view.oneOf("glance", "area", "bilinear", "bicubic").toUpperCase(ROOT)),
            reducedDecode,
            (int) fields.integer("memorySize", 1, LARGEST_MEMORY),
            (int) fields.integer("opset", 1, NEWEST_OPSET),
            graphs.text("glance"),
            graphs.text("focus"),
            new MultiplyAdds(
                adds.integer("glance", 1, Long.MAX_VALUE),
                adds.integer("focus", 1, Long.MAX_VALUE)),
            fields.text("frontier"),
            fields.text("golden"),
            fields.text("licence"),
            fields.text("source"),
            files(fields.object("files")));
    manifest.checkOneGraph(fields);
    manifest.checkListed(fields);
    complaints.refuseIfAny();
    return manifest;
  }

  private static Fit fit(Fields view, int imageSize, boolean reducedDecode) {
    return switch (view.oneOf("fit", "stretch", "square", "crop")) {
      case "crop" -> crop(view, imageSize, reducedDecode);
      case "square" -> Fit.SQUARE;
      default -> Fit.STRETCH;
    };
  }

  private static Fit crop(Fields view, int imageSize, boolean reducedDecode) {
    view.expect(!reducedDecode, "reducedDecode", "false with a crop", reducedDecode);
    int resize = (int) view.integer("resize", imageSize, LARGEST_SIZE);
    String filter = view.oneOf("filter", "bilinear", "bicubic");
    return new Fit.Crop(resize, Filter.valueOf(filter.toUpperCase(ROOT)));
  }

  private static List<String> classes(Fields fields) {
    List<String> classes = fields.texts("classes");
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      fields.expect(seen.add(name), "classes", "unique names", name + " twice");
      fields.expect(
          name.codePoints().allMatch(Complaints::prints), "classes", "names that print", name);
    }
    return List.copyOf(classes);
  }

  private static Map<String, String> files(Fields fields) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : fields.names()) {
      fields.expect(BundleFiles.isPlain(name), name, "a plain file name", "that");
      fields.expect(!name.equals(FILE), name, "left out: it cannot hold its own hash", "listed");
      String hash = fields.text(name);
      fields.expect(SHA_256.matcher(hash).matches(), name, "64 lower-case hex digits", hash);
      files.put(name, hash);
    }
    return Map.copyOf(files);
  }

  private void checkOneGraph(Fields fields) {
    fields.expect(
        glanceSize == patchSize || !glanceFile.equals(focusFile),
        "glanceSize",
        patchSize + ", the patchSize, where one graph does both",
        glanceSize);
  }

  private void checkListed(Fields fields) {
    for (String file : List.of(glanceFile, focusFile, frontierFile, goldenFile)) {
      // An empty name has been complained of already.
      fields.expect(
          file.isEmpty() || files.containsKey(file), "files", "a list with " + file, "without it");
    }
  }
}
