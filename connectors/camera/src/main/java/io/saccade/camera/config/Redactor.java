package io.saccade.camera.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts: the known ones wherever they stand, and whatever stands as user info
 * in a URL or as a parameter named like a secret. A very short one only counts where a value
 * stands: it would take every text apart.
 */
public final class Redactor {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s'\"@]*@(?=\\S)");

  /** What names of secrets have in them, or end with. */
  static final String SECRET_NAME =
      "pass|pwd|psw|pas(?==)|pw(?==)|secret|token|key|auth|sign|credential|session";

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)([?&;/][^?&;/\\s'\"]*?(?:%s)[^=?&;/\\s'\"]*+=)[^&\\s'\"]*+".formatted(SECRET_NAME));
  private static final int SHORT = 4;
  private static final String HIDDEN = "***";

  /** The longest first, as one may be part of another. */
  private final List<String> secrets;

  public Redactor(Set<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> !secret.isEmpty() && !HIDDEN.contains(secret))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted =
          secret.length() < SHORT
              ? redacted.replaceAll(
                  "(?<=[:=/])" + Pattern.quote(secret) + "(?=[@&\\s'\"]|$)", HIDDEN)
              : redacted.replace(secret, HIDDEN);
    }
    redacted = PARAMETER.matcher(redacted).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
    return USER_INFO.matcher(redacted).replaceAll(HIDDEN + "@");
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return secrets.size() + " secrets";
  }
}
