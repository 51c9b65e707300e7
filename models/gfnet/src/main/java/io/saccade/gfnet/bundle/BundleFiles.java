package io.saccade.gfnet.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Every file of a bundle, in memory. A {@code .zip} is never unpacked to disk, so that no entry can
 * be written anywhere; its sizes are counted while inflating, whatever they are declared to be.
 */
record BundleFiles(Map<String, byte[]> byName) {
  static final int MOST_FILES = 64;
  static final long MOST_BYTES = 1L << 30;

  private static final int HASHED_AT_ONCE = 1 << 14;

  /** No folders, no drive letters, nothing hidden, nothing that a terminal would act upon. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  /** Reads a folder or a {@code .zip}. */
  static BundleFiles read(Path bundle, Complaints complaints) {
    return read(bundle, MOST_BYTES, complaints);
  }

  static BundleFiles read(Path bundle, long mostBytes, Complaints complaints) {
    try {
      if (Files.isDirectory(bundle)) {
        return new Collected(mostBytes, complaints).folder(bundle);
      }
      if (Files.isRegularFile(bundle)) {
        return new Collected(mostBytes, complaints).zip(bundle);
      }
    } catch (IOException e) {
      throw complaints.refusal("files", "must be readable, but were not: " + e);
    }
    throw complaints.refusal(
        Manifest.FILE, "must be in a folder or a .zip, but there is nothing at this path");
  }

  /** SHA-256 of the manifest, hex, reading nothing else; empty when none can be read. */
  static Optional<String> pin(Path bundle) {
    try {
      if (Files.isDirectory(bundle)) {
        try (InputStream manifest = Files.newInputStream(bundle.resolve(Manifest.FILE))) {
          return Optional.of(sha256(manifest));
        }
      }
      return Files.isRegularFile(bundle) ? pinOfZip(bundle) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // The latter for names in a zip that are no text.
      return Optional.empty();
    }
  }

  private static Optional<String> pinOfZip(Path zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(Manifest.FILE)) {
          return Optional.of(sha256(in));
        }
      }
    }
    return Optional.empty();
  }

  private static String sha256(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The bytes of a file that is known to be there. */
  byte[] bytes(String name) {
    byte[] bytes = byName.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException(name + " must be in the bundle, but was not");
    }
    return bytes;
  }

  /** Complains of every file that is missing, unlisted or not what was hashed. */
  void check(Map<String, String> sha256ByName, Complaints complaints) {
    for (String name : new TreeSet<>(byName.keySet())) {
      if (!sha256ByName.containsKey(name) && !name.equals(Manifest.FILE)) {
        complaints.add(name, "must be listed in manifest.json, but was not");
      }
    }
    for (String name : new TreeSet<>(sha256ByName.keySet())) {
      byte[] bytes = byName.get(name);
      if (bytes == null) {
        complaints.add(name, "must be there, as manifest.json lists it, but was missing");
        continue;
      }
      String expected = sha256ByName.get(name);
      String found = sha256(bytes);
      if (!found.equals(expected)) {
        complaints.add(name, "SHA-256 must be %s, but was %s".formatted(expected, found));
      }
    }
  }

  static String sha256(byte[] bytes) {
    MessageDigest digest = sha256();
    // In pieces: a single long call would stay in the interpreter to its end.
    for (int from = 0; from < bytes.length; from += HASHED_AT_ONCE) {
      digest.update(bytes, from, Math.min(HASHED_AT_ONCE, bytes.length - from));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The files so far, within the limits. */
  private static final class Collected {
    private final long mostBytes;
    private final Complaints complaints;
    private final Map<String, byte[]> byName = new TreeMap<>();
    private long total;

    Collected(long mostBytes, Complaints complaints) {
      this.mostBytes = mostBytes;
      this.complaints = complaints;
    }

    BundleFiles folder(Path folder) throws IOException {
      try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
        for (Path path : paths) {
          String name = String.valueOf(path.getFileName());
          if (!Files.isRegularFile(path)) {
            throw complaints.refusal(name, "must be a file, but was a folder or something else");
          }
          try (InputStream in = Files.newInputStream(path)) {
            add(name, in);
          }
        }
      }
      return new BundleFiles(byName);
    }

    BundleFiles zip(Path zip) throws IOException {
      try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          add(entry.getName(), in);
        }
      }
      return new BundleFiles(byName);
    }

    private void add(String name, InputStream in) throws IOException {
      if (!isPlain(name)) {
        throw complaints.refusal(
            '"' + name.replaceAll("\\p{Cntrl}", "?") + '"',
            "must be a plain file name (letters, digits, '.', '_', '-'; no folders), but was not");
      }
      if (byName.size() == MOST_FILES) {
        throw complaints.refusal(name, "must be one of at most %d files".formatted(MOST_FILES));
      }
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, mostBytes - total + 1));
      total += bytes.length;
      if (total > mostBytes) {
        throw complaints.refusal(
            name,
            "must be in a bundle of at most %d bytes, but reaches beyond".formatted(mostBytes));
      }
      if (byName.put(name, bytes) != null) {
        throw complaints.refusal(name, "must be there once, but was there twice");
      }
    }
  }
}
