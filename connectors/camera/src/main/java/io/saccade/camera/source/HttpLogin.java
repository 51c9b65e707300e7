package io.saccade.camera.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what a server asks of who wants in: Digest (RFC 7616) before Basic. Shows no secret. */
final class HttpLogin {
  private final String user;
  private final String password;

  HttpLogin(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /**
   * The Authorization for a GET.
   *
   * @param challenges the values of WWW-Authenticate
   * @param target of the request
   * @return empty when none of them is known
   */
  Optional<String> answer(List<String> challenges, String target) {
    return challenges.stream()
        .filter(asked -> asked.regionMatches(true, 0, "Digest ", 0, 7))
        .flatMap(asked -> digest(asked, target, nonce()).stream())
        .findFirst()
        .or(
            () ->
                challenges.stream()
                    .filter(asked -> asked.regionMatches(true, 0, "Basic", 0, 5))
                    .map(asked -> basic())
                    .findFirst());
  }

  private String basic() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  Optional<String> digest(String asked, String target, String clientNonce) {
    String algorithm = parameter(asked, "algorithm").orElse("MD5");
    String qop = parameter(asked, "qop").orElse("");
    String hash =
        switch (algorithm.toUpperCase(Locale.ROOT)) {
          case "MD5" -> "MD5";
          case "SHA-256" -> "SHA-256";
          default -> "";
        };
    boolean counted = List.of(qop.split("\\s*,\\s*")).contains("auth");
    if (hash.isEmpty() || !(qop.isEmpty() || counted)) {
      return Optional.empty();
    }
    String realm = parameter(asked, "realm").orElse("");
    String nonce = parameter(asked, "nonce").orElse("");
    String who = hashed(hash, user + ":" + realm + ":" + password);
    String what = hashed(hash, "GET:" + target);
    String between = counted ? ":00000001:" + clientNonce + ":auth:" : ":";
    StringBuilder answer = new StringBuilder("Digest ");
    answer.append(
        "username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=%s, response=\"%s\""
            .formatted(
                user.replace("\\", "\\\\").replace("\"", "\\\""),
                realm,
                nonce,
                target,
                algorithm,
                hashed(hash, who + ":" + nonce + between + what)));
    parameter(asked, "opaque")
        .ifPresent(opaque -> answer.append(", opaque=\"%s\"".formatted(opaque)));
    if (counted) {
      answer.append(", qop=auth, nc=00000001, cnonce=\"%s\"".formatted(clientNonce));
    }
    return Optional.of(answer.toString());
  }

  private static Optional<String> parameter(String asked, String name) {
    Matcher found =
        Pattern.compile("(?i)[\\s,]" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))")
            .matcher(asked);
    return found.find()
        ? Optional.of(found.group(1) == null ? found.group(2) : found.group(1))
        : Optional.empty();
  }

  private static String nonce() {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String hashed(String hash, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + hash, e);
    }
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "a login";
  }
}
