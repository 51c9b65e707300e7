package io.saccade.console.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What the page needs of a model's bundle. Nothing else in it is read or checked: the job does.
 *
 * @param id as in its manifest and in the labels of a job that runs it
 * @param sha256 of its manifest, hex, as in those labels
 */
public record Bundle(String id, String sha256, Frontier frontier) {
  private static final String MANIFEST = "manifest.json";
  private static final int MOST_BYTES = 16 << 20;

  /**
   * Reads a folder or a {@code .zip} of one, which is not unpacked.
   *
   * @throws IllegalArgumentException when it is neither, or something is missing in it
   */
  public static Bundle read(Path path) throws IOException {
    byte[] manifest = bytes(path, MANIFEST);
    JsonNode read = JsonMapper.builder().build().readTree(manifest);
    String frontier = read.path("frontier").asText("frontier.json");
    return new Bundle(
        read.path("id").asText(""),
        sha256(manifest),
        Frontier.of(JsonMapper.builder().build().readTree(bytes(path, frontier)), frontier));
  }

  private static byte[] bytes(Path bundle, String name) throws IOException {
    if (Files.isDirectory(bundle) && Files.isRegularFile(bundle.resolve(name))) {
      try (InputStream in = Files.newInputStream(bundle.resolve(name))) {
        return bytes(in, name);
      }
    }
    if (Files.isRegularFile(bundle)) {
      try (ZipFile zip = new ZipFile(bundle.toFile())) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
          return bytes(zip.getInputStream(entry), name);
        }
      } catch (ZipException e) {
        // What is no zip holds nothing.
      }
    }
    throw new IllegalArgumentException(
        "bundle must be a folder, or a .zip of it, that holds %s, but %s %s"
            .formatted(name, bundle, Files.exists(bundle) ? "does not" : "is not there"));
  }

  private static byte[] bytes(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s must have at most %d bytes, but has more".formatted(name, MOST_BYTES));
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java must have SHA-256, but this one has not", e);
    }
  }
}
