package io.saccade.camera.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts: the known ones wherever they stand, and whatever stands as user info
 * in a URL.
 */
public final class Redactor {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s'\"@]*@(?=\\S)");
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
      redacted = redacted.replace(secret, HIDDEN);
    }
    return USER_INFO.matcher(redacted).replaceAll(HIDDEN + "@");
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return secrets.size() + " secrets";
  }
}
