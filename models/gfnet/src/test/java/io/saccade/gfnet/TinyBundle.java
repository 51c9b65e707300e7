package io.saccade.gfnet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A network of seeded random weights made by the Python exporter (S = 64, P = 32, T = 3, 5
 * classes), and copies of it to change. What is changed is hashed anew, unless said otherwise. The
 * wide one has glances of 32, as the other, and patches of 48.
 */
public final class TinyBundle {
  public static final Path PATH = Path.of("src/test/bundles/tiny");
  public static final Path WIDE = Path.of("src/test/bundles/wide");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> files = new TreeMap<>();

  public TinyBundle() {
    this(PATH);
  }

  public TinyBundle(Path folder) {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] file(String name) {
    return files.getOrDefault(name, new byte[0]);
  }

  /** Changes a file and nothing else. */
  public TinyBundle tamper(String name, byte[] bytes) {
    files.put(name, bytes);
    return this;
  }

  public TinyBundle remove(String name) {
    files.remove(name);
    return this;
  }

  /** Changes a file and its hash. */
  public TinyBundle with(String name, byte[] bytes) {
    files.put(name, bytes);
    return manifest(manifest -> ((ObjectNode) manifest.path("files")).put(name, sha256(bytes)));
  }

  public TinyBundle manifest(Consumer<ObjectNode> change) {
    files.put("manifest.json", changed("manifest.json", change));
    return this;
  }

  /** Changes a JSON file and its hash. */
  public TinyBundle json(String name, Consumer<ObjectNode> change) {
    return with(name, changed(name, change));
  }

  private byte[] changed(String name, Consumer<ObjectNode> change) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(file(name));
      change.accept(object);
      return JSON.writeValueAsBytes(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder(Path folder) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a zip, with {@code prefix} before every name. */
  public Path zip(Path zip, String prefix) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(prefix + file.getKey()));
        out.write(file.getValue());
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
