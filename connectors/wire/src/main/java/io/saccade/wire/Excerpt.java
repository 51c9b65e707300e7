package io.saccade.wire;

import org.jspecify.annotations.Nullable;

/**
 * Foreign text made safe to log: short, on one line, without control characters, so that nobody who
 * writes to a topic or a file can forge a line or command a terminal.
 */
public final class Excerpt {
  private static final int LENGTH = 60;

  private Excerpt() {}

  /** The first 60 characters in quotes, or {@code null}. */
  static String of(@Nullable String text) {
    return text == null ? "null" : '"' + plain(text, LENGTH) + '"';
  }

  /** At most {@code length} characters of the text, those that do not print escaped. */
  public static String plain(String text, int length) {
    StringBuilder safe = new StringBuilder(Math.min(text.length(), length) + 8);
    int at = 0;
    for (int taken = 0; at < text.length() && taken < length; taken++) {
      int character = text.codePointAt(at);
      if (prints(character)) {
        safe.appendCodePoint(character);
      } else {
        safe.append(String.format("\\u%04x", character));
      }
      at += Character.charCount(character);
    }
    return at < text.length() ? safe.append("...").toString() : safe.toString();
  }

  /** Whether all of it prints, so that it may stand in a line as it is. */
  public static boolean prints(String text) {
    return text.codePoints().allMatch(Excerpt::prints);
  }

  /** False for control and format characters, line separators, lone surrogates, no characters. */
  static boolean prints(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
