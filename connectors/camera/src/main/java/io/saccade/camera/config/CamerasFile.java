package io.saccade.camera.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the file that names all cameras; refuses it with every fault at once. */
public final class CamerasFile {
  /** All keys a camera may have. */
  static final Set<String> CAMERA_KEYS =
      Set.of(
          "id",
          "url",
          "transport",
          "fps",
          "width",
          "quality",
          "region",
          "stallTimeout",
          "connectTimeout",
          "loop",
          "enabled");

  /** Those that may stand under defaults. */
  static final Set<String> DEFAULT_KEYS =
      Set.of("transport", "fps", "width", "quality", "stallTimeout", "connectTimeout");

  private static final Set<String> REGION_KEYS = Set.of("x", "y", "width", "height");
  private static final long MAX_BYTES = 4 * 1024 * 1024;

  private final Secrets secrets;
  private final List<Fault> faults = new ArrayList<>();

  private CamerasFile(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The cameras of a file, in its order. */
  public static List<CameraSettings> read(Path file, Secrets secrets)
      throws FaultyCamerasException {
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw refused("must have at most %d bytes, but has %d".formatted(MAX_BYTES, bytes));
      }
      return parse(Files.readString(file), secrets);
    } catch (NoSuchFileException e) {
      throw refused("must exist, but does not");
    } catch (CharacterCodingException e) {
      throw refused("must be UTF-8, but is not");
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static FaultyCamerasException refused(String complaint) {
    return new FaultyCamerasException(List.of(new Fault(0, "", complaint)));
  }

  /** The cameras of a file's text, in its order. */
  public static List<CameraSettings> parse(String text, Secrets secrets)
      throws FaultyCamerasException {
    CamerasFile file = new CamerasFile(secrets);
    Yaml root = Yaml.read(text, file.faults);
    List<CameraSettings> cameras = file.cameras(root);
    if (!file.faults.isEmpty()) {
      throw new FaultyCamerasException(file.faults);
    }
    return cameras;
  }

  private List<CameraSettings> cameras(Yaml root) {
    Fields top = Fields.of("", root, Set.of("defaults", "cameras"), faults);
    Yaml defaultsNode = top.node("defaults");
    Defaults defaults =
        defaultsNode == null
            ? Defaults.NONE
            : Defaults.NONE.overriddenBy(Fields.of("defaults", defaultsNode, DEFAULT_KEYS, faults));
    List<CameraSettings> cameras = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    int number = 0;
    for (Yaml entry : top.list("cameras")) {
      number++;
      Fields fields = Fields.of(place(entry, number), entry, CAMERA_KEYS, faults);
      String id = fields.required("id", text -> text);
      CameraUrl url = fields.required("url", secrets::url);
      Integer former = id == null ? null : lines.putIfAbsent(id, entry.line());
      if (former != null) {
        fields.complain("id", "must be there once, but stands in line %d too".formatted(former));
      }
      settings(fields, id, url, defaults).ifPresent(cameras::add);
    }
    return List.copyOf(cameras);
  }

  private static String place(Yaml entry, int number) {
    return entry instanceof Yaml.Mapping mapping
            && mapping.values().get("id") instanceof Yaml.Scalar id
            && id.text() != null
        ? "camera " + Values.shown(id.text())
        : "camera number " + number;
  }

  /** Reads on after a fault, so that all are found. */
  private Optional<CameraSettings> settings(
      Fields fields, @Nullable String id, @Nullable CameraUrl url, Defaults inherited) {
    // A folder's pictures are sent as they are, whatever is the rule for the others.
    boolean folder = url != null && url.kind() == CameraUrl.Kind.FOLDER;
    Defaults own = (folder ? inherited.asItComes() : inherited).overriddenBy(fields);
    Region region = region(fields);
    boolean loop = fields.definite("loop", false, Values::truth);
    boolean enabled = fields.definite("enabled", true, Values::truth);
    try {
      CameraSettings settings =
          new CameraSettings(
              Objects.requireNonNullElse(id, "?"),
              url == null ? CameraUrl.of("http://unknown") : url,
              own.transport(),
              own.fps(),
              own.width(),
              own.quality(),
              region,
              own.stallTimeout(),
              own.connectTimeout(),
              loop,
              enabled);
      return id == null || url == null ? Optional.empty() : Optional.of(settings);
    } catch (CameraSettings.Senseless e) {
      e.complaints()
          .forEach(complaint -> fields.complain(complaint.setting(), complaint.complaint()));
      return Optional.empty();
    }
  }

  private @Nullable Region region(Fields fields) {
    Yaml node = fields.node("region");
    if (node == null) {
      return null;
    }
    Fields parts = Fields.of("region", node, REGION_KEYS, faults);
    Integer x = parts.required("x", Values::whole);
    Integer y = parts.required("y", Values::whole);
    Integer width = parts.required("width", Values::whole);
    Integer height = parts.required("height", Values::whole);
    if (x == null || y == null || width == null || height == null) {
      return null;
    }
    try {
      return new Region(x, y, width, height);
    } catch (IllegalArgumentException e) {
      fields.complain("region", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
