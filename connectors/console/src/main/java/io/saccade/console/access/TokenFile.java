package io.saccade.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that let people in: a JSON list of {@code {"name", "role", "token", "cameras"}}, where
 * {@code role} is {@code viewer} or {@code operator} and {@code cameras}, which may be missing,
 * lists the only ones seen. Refused with all complaints at once.
 */
public final class TokenFile {
  /** A token that can be guessed is none: 24 characters of base64 are 18 random bytes. */
  public static final int SHORTEST = 24;

  private record Entry(byte[] digest, Person person) {}

  private final List<Entry> entries;

  private TokenFile(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Reads the file, which only its owner may be able to read. */
  public static TokenFile read(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        throw new IllegalArgumentException(
            "token file %s must be readable by its owner alone, but others can read it: chmod 600 %s"
                .formatted(file, file));
      }
    }
    return parse(Files.readString(file, UTF_8), String.valueOf(file));
  }

  static TokenFile parse(String json, String from) {
    JsonNode root;
    try {
      root = JsonMapper.builder().build().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "token file %s must be a JSON list, but line %d is not JSON"
              .formatted(from, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new IllegalArgumentException(
          "token file %s must be a JSON list with at least one entry, but was %s"
              .formatted(from, root.isArray() ? "empty" : root.getNodeType()));
    }
    List<String> wrong = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < root.size(); i++) {
      try {
        JsonNode it = root.get(i);
        String token = token(it.path("token"));
        if (!tokens.add(token)) {
          throw new IllegalArgumentException("token must be one of its own, but stands twice");
        }
        entries.add(new Entry(digest(token), person(it)));
      } catch (IllegalArgumentException e) {
        wrong.add("entry " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("token file " + from + ": " + String.join("; ", wrong));
    }
    return new TokenFile(entries);
  }

  private static String token(JsonNode token) {
    // What was found is not told: it is a secret.
    if (!token.isTextual() || token.asText().length() < SHORTEST) {
      throw new IllegalArgumentException(
          "token must have at least %d characters, but %s"
              .formatted(
                  SHORTEST, token.isTextual() ? "has " + token.asText().length() : "is missing"));
    }
    return token.asText();
  }

  private static Person person(JsonNode entry) {
    String name = entry.path("name").asText("");
    String role = entry.path("role").asText("missing");
    if (!role.equals("viewer") && !role.equals("operator")) {
      throw new IllegalArgumentException("role must be viewer or operator, but was " + role);
    }
    JsonNode cameras = entry.path("cameras");
    if (!cameras.isMissingNode() && !cameras.isArray()) {
      throw new IllegalArgumentException("cameras must be a list, but was " + cameras);
    }
    Set<String> seen = new HashSet<>();
    cameras.forEach(camera -> seen.add(camera.asText()));
    return new Person(
        name,
        Role.valueOf(role.toUpperCase(Locale.ROOT)),
        cameras.isArray() ? Optional.of(seen) : Optional.empty());
  }

  /** Whose token this is. Takes the same time whichever token it is or none. */
  public Optional<Person> person(String token) {
    byte[] given = digest(token);
    Optional<Person> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.digest, given)) {
        found = Optional.of(entry.person);
      }
    }
    return found;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
