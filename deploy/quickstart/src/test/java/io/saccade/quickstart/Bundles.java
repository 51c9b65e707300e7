package io.saccade.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.gfnet.GfNet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Copies of the tiny bundle that differ from it in one way. */
final class Bundles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";

  private Bundles() {}

  /** The same. */
  static Path copy(Path to) throws IOException {
    copy(Stage.BUNDLE, to);
    return to;
  }

  /** Copies the files of a folder. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** With another name, and a frontier of three points. */
  static Path another(Path to) throws IOException {
    copy(to);
    change(
        to,
        "frontier.json",
        frontier -> {
          var points = frontier.withArray("points");
          while (points.size() > 3) {
            points.remove(1);
          }
        });
    change(to, MANIFEST, manifest -> manifest.put("id", "tiny-other"));
    return to;
  }

  /** With classes of other names. */
  static Path ofOtherClasses(Path to) throws IOException {
    copy(to);
    change(to, MANIFEST, manifest -> manifest.withArray("classes").set(0, "flint"));
    return to;
  }

  /** Whose golden looks are others, though every hash is right: it does not do what it says. */
  static Path withOtherGolden(Path to) throws IOException {
    copy(to);
    change(
        to,
        "golden.json",
        golden -> {
          var probabilities = golden.at("/looks/0/probabilities");
          double first = probabilities.get(0).asDouble();
          ((ArrayNode) probabilities)
              .set(0, JSON.getNodeFactory().numberNode(first > 0.5 ? first - 0.3 : first + 0.3));
        });
    return to;
  }

  /** Whose golden file was changed behind the manifest's back. */
  static Path withTamperedGolden(Path to) throws IOException {
    another(to);
    Files.writeString(to.resolve("golden.json"), Files.readString(to.resolve("golden.json")) + " ");
    return to;
  }

  /** Changes a JSON file, and its hash in the manifest. */
  private static void change(Path bundle, String file, Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode object = (ObjectNode) JSON.readTree(bundle.resolve(file).toFile());
    change.accept(object);
    Files.write(bundle.resolve(file), JSON.writeValueAsBytes(object));
    if (!file.equals(MANIFEST)) {
      String hash = hash(bundle.resolve(file));
      change(bundle, MANIFEST, it -> ((ObjectNode) it.path("files")).put(file, hash));
    }
  }

  /** What pins a bundle. */
  static String sha256(Path bundle) throws IOException {
    return hash(bundle.resolve(MANIFEST));
  }

  private static String hash(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Native objects that somebody still holds. */
  static int openNatives() {
    return GfNet.openNatives();
  }
}
