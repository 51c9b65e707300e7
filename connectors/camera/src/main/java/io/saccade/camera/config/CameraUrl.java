package io.saccade.camera.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a camera is. Printed, it never shows who may look: user info and parameters named like
 * secrets are {@code ***}. Only {@link #revealed} gives the whole, for the one who connects.
 *
 * <p>What is no URL of a known kind is refused with an {@link IllegalArgumentException}, whose
 * message shows no secret either.
 */
public final class CameraUrl {
  private static final Pattern PARTS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");

  /** In the query, and in the path too, where some cameras expect the password. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&;/][^?&;/]*?(?:%s)[^=?&;/]*+=)([^&]*+)".formatted(Redactor.SECRET_NAME));

  private static final List<String> NETWORK = List.of("rtsp", "rtsps", "http", "https");
  private static final String EXPECTED =
      "rtsp://, rtsps://, http://, https://, file:, v4l2: or a path";
  private static final String HIDDEN = "***";
  private static final int MOST_PORT = 65_535;

  /**
   * Far beyond any camera's; what is looked for in a URL takes time by the square of its length.
   */
  static final int LONGEST = 2048;

  /** How a camera is read. */
  public enum Kind {
    RTSP,
    HTTP,
    /** A video file, or what is not there yet and may become a folder. */
    FILE,
    /** Pictures in a folder. */
    FOLDER,
    /** A device of Video4Linux. */
    DEVICE
  }

  private final Kind kind;
  private final String revealed;
  private final String shown;
  private final Set<String> secrets;

  private CameraUrl(Kind kind, String revealed, String shown, Set<String> secrets) {
    this.kind = kind;
    this.revealed = revealed;
    this.shown = shown;
    this.secrets = Set.copyOf(secrets);
  }

  /** A URL that was written out. */
  public static CameraUrl of(String text) {
    return of(text, Set.of());
  }

  /**
   * A URL.
   *
   * @param substituted what came into it from outside, all of it secret
   */
  static CameraUrl of(String text, Set<String> substituted) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be " + EXPECTED + ", but was empty");
    }
    requireShort(text);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "must be one line without control characters, but had some");
    }
    String scheme = scheme(text);
    if (NETWORK.contains(scheme)) {
      return network(text, scheme, substituted);
    }
    if (scheme.equals("v4l2")) {
      String device = text.substring("v4l2:".length()).replaceFirst("^//(?=/)", "");
      return local(Kind.DEVICE, device, "v4l2:" + device, substituted);
    }
    if (!scheme.isEmpty() && !scheme.equals("file")) {
      // With an @ it is no scheme but a user whose URL has lost its scheme.
      throw new IllegalArgumentException(
          "must be "
              + EXPECTED
              + (text.contains("@") ? ", but starts otherwise" : ", but was " + scheme + ":"));
    }
    if (scheme.isEmpty() && text.matches("[^/.].*@.*")) {
      throw new IllegalArgumentException(
          "must be " + EXPECTED + ", but has an @ and no scheme; write ./ before such a path");
    }
    String place =
        scheme.isEmpty() ? text : text.substring("file:".length()).replaceFirst("^//(?=/)", "");
    Path path = Path.of(place).toAbsolutePath().normalize();
    Kind kind = Files.isDirectory(path) ? Kind.FOLDER : Kind.FILE;
    return local(kind, path.toString(), path.toString(), substituted);
  }

  /** Refuses a text that is longer than any URL, unread. */
  static void requireShort(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must have at most %d characters, but has %d".formatted(LONGEST, text.length()));
    }
  }

  private static CameraUrl local(
      Kind kind, String revealed, String shown, Set<String> substituted) {
    return new CameraUrl(kind, revealed, new Redactor(substituted).redact(shown), substituted);
  }

  private static String scheme(String text) {
    int colon = text.indexOf(':');
    boolean letters = colon > 1 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
    return letters ? text.substring(0, colon).toLowerCase(Locale.ROOT) : "";
  }

  private static CameraUrl network(String text, String scheme, Set<String> substituted) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be %s://HOST, but was not".formatted(scheme));
    }
    String authority = parts.group(2);
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    boolean late = text.indexOf('@', parts.end(2)) >= 0;
    if (late || !host.matches("(\\[[0-9A-Fa-f:.]+]|[^:\\s\\[\\]]+)(:\\d{1,5})?")) {
      // The host is not shown: a password with a / or # that is not percent-encoded ends up there.
      throw new IllegalArgumentException(
          "must be %s://[USER:PASSWORD@]HOST[:PORT]/..., but has %s; write / ? # @ in a password"
                  .formatted(scheme, late ? "an @ after the host" : "no such host")
              + " as %2F %3F %23 %40");
    }
    requirePort(host, substituted);
    Set<String> secrets = new HashSet<>();
    substituted.forEach(secret -> remember(secret, secrets));
    if (at >= 0) {
      remember(authority.substring(0, at), secrets);
      int colon = authority.indexOf(':');
      if (colon >= 0 && colon < at) {
        remember(authority.substring(colon + 1, at), secrets);
      }
    }
    String rest = parts.group(3) + Objects.requireNonNullElse(parts.group(4), "");
    Matcher parameter = SECRET_PARAMETER.matcher(rest);
    while (parameter.find()) {
      String value = parameter.group(2);
      remember(value, secrets);
      // Where the value ends, each camera decides for itself.
      remember(value.split("[_;/?]", 2)[0], secrets);
    }
    String shown =
        scheme
            + "://"
            + (at >= 0 ? HIDDEN + "@" : "")
            + host
            + parameter.replaceAll(found -> Matcher.quoteReplacement(found.group(1) + HIDDEN));
    Kind kind = scheme.startsWith("rtsp") ? Kind.RTSP : Kind.HTTP;
    String lower = scheme + text.substring(scheme.length());
    return new CameraUrl(kind, lower, new Redactor(secrets).redact(shown), secrets);
  }

  private static void requirePort(String host, Set<String> substituted) {
    int colon = host.lastIndexOf(':');
    if (colon < 0 || host.endsWith("]")) {
      return;
    }
    String port = host.substring(colon + 1);
    if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MOST_PORT) {
      throw new IllegalArgumentException(
          "must have a port within [1, %d], but has %s"
              .formatted(MOST_PORT, new Redactor(substituted).redact(port)));
    }
  }

  /** As it stands and as it is meant. */
  private static void remember(String secret, Set<String> secrets) {
    if (!secret.isEmpty()) {
      secrets.add(secret);
      secrets.add(decoded(secret));
    }
  }

  private static String decoded(String encoded) {
    try {
      // A plus is a plus outside of forms.
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  public Kind kind() {
    return kind;
  }

  /** The whole, secrets included: for who connects, and for nothing that is kept or shown. */
  public String revealed() {
    return revealed;
  }

  /** Takes this camera's secrets out of texts. */
  public Redactor redactor() {
    return new Redactor(secrets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CameraUrl url && url.kind == kind && url.revealed.equals(revealed);
  }

  @Override
  public int hashCode() {
    return revealed.hashCode();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return shown;
  }
}
