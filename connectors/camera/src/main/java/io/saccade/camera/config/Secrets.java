package io.saccade.camera.config;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${env:NAME}} and {@code ${file:PATH}} in a camera's URL. What stands after {@code
 * ://} in user info or in the query is percent-encoded, so that no password can change what the URL
 * means; elsewhere it is taken as it is, and may be a whole URL.
 *
 * @param environment variables by name
 */
public record Secrets(Map<String, String> environment) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  /** Files with secrets are small; a wrong path must not be read whole. */
  private static final long MAX_FILE_BYTES = 64 * 1024;

  public Secrets {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Secrets ofProcess() {
    return new Secrets(System.getenv());
  }

  /**
   * The URL with its references filled.
   *
   * @throws IllegalArgumentException when one cannot be filled or the outcome is no URL; shows no
   *     secret
   */
  public CameraUrl url(String template) {
    CameraUrl.requireShort(template);
    Set<String> substituted = new HashSet<>();
    StringBuilder text = new StringBuilder();
    Matcher reference = REFERENCE.matcher(template);
    while (reference.find()) {
      String value = value(String.valueOf(reference.group(1)));
      boolean encode = isData(template, reference.start(), reference.end());
      String placed = encode ? encoded(value) : value;
      if (!value.contains("://")) {
        substituted.add(value);
        substituted.add(placed);
      }
      // Of a whole URL the path may be the secret.
      String[] parts = value.split("://[^/?#]*[/?#]", 2);
      if (parts.length == 2 && parts[1].length() > 1) {
        substituted.add(parts[1]);
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(placed));
    }
    return CameraUrl.of(reference.appendTail(text).toString(), substituted);
  }

  /** Whether a place is within user info or the query. */
  private static boolean isData(String template, int start, int end) {
    String before = template.substring(0, start);
    int authority = before.indexOf("://");
    if (authority < 0) {
      return false;
    }
    if (before.indexOf('?', authority) >= 0) {
      return true;
    }
    boolean inAuthority = !before.substring(authority + 3).contains("/");
    String rest = REFERENCE.matcher(template.substring(end)).replaceAll("");
    int authorityEnd = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
    return inAuthority && rest.substring(0, authorityEnd).contains("@");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String value(String reference) {
    int colon = reference.indexOf(':');
    String kind = colon < 0 ? "" : reference.substring(0, colon);
    String name = reference.substring(colon + 1);
    return switch (kind) {
      case "env" -> {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
          throw new IllegalArgumentException(
              "needs environment variable %s, but it is %s"
                  .formatted(name, value == null ? "not set" : "empty"));
        }
        yield value;
      }
      case "file" -> content(name);
      default ->
          throw new IllegalArgumentException(
              "may refer to ${env:NAME} or ${file:PATH}, but has ${" + reference + "}");
    };
  }

  private static String content(String name) {
    Path file = Path.of(name);
    try {
      // A device or a pipe has no size, and may have no end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "needs a secret in file " + name + ", but it is no regular file");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            "needs a secret in file %s, but it has %d bytes".formatted(name, Files.size(file)));
      }
      String value = Files.readString(file).strip();
      if (value.isEmpty()) {
        throw new IllegalArgumentException("needs a secret in file " + name + ", but it is empty");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "needs a secret in file %s, but it cannot be read (%s)"
              .formatted(name, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return environment.size() + " variables";
  }
}
