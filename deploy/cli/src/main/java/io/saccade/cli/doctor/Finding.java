package io.saccade.cli.doctor;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param what its name, such as {@code memory}
 * @param found how it is
 * @param expected how it should be; empty where it is so
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(State state, String what, String found, String expected, String advice) {
  /** Between the parts of a finding of the launcher. */
  private static final String SEPARATOR = "\u001f";

  /** From good to bad. */
  public enum State {
    OK,
    /** Something that may be wanted is not there. */
    HINT,
    /** Saccade runs, but not as it should. */
    WARNING,
    /** Saccade does not run. */
    PROBLEM
  }

  public Finding {
    if (what.isBlank() || found.isBlank()) {
      throw new IllegalArgumentException(
          "a finding must say what was looked at and how it is, but was '%s', '%s'"
              .formatted(what, found));
    }
    if (state != State.OK && advice.isBlank()) {
      throw new IllegalArgumentException(
          "a finding that is not ok must say what to do, but that of " + what + " does not");
    }
  }

  static Finding ok(String what, String found) {
    return new Finding(State.OK, what, found, "", "");
  }

  static Finding hint(String what, String found, String advice) {
    return new Finding(State.HINT, what, found, "", advice);
  }

  static Finding warning(String what, String found, String expected, String advice) {
    return new Finding(State.WARNING, what, found, expected, advice);
  }

  static Finding problem(String what, String found, String expected, String advice) {
    return new Finding(State.PROBLEM, what, found, expected, advice);
  }

  /** A line as the launcher writes it. */
  public static Finding parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    if (parts.length < 3 || parts.length > 5) {
      throw new IllegalArgumentException(
          "a finding must have 3 to 5 parts, but had %d: %s".formatted(parts.length, line));
    }
    return new Finding(
        State.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        parts[1],
        parts[2],
        parts.length > 3 ? parts[3] : "",
        parts.length > 4 ? parts[4] : "");
  }

  /** For people, in one to three lines. */
  public String text() {
    StringBuilder text =
        new StringBuilder(
            "%-8s %-12s %s".formatted(state.name().toLowerCase(Locale.ROOT), what, found));
    append(text, "expected", expected);
    append(text, "to do", advice);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("%n%-21s %s: %s".formatted("", name, value));
    }
  }
}
