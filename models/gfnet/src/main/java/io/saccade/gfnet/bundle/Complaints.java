package io.saccade.gfnet.bundle;

import io.saccade.gfnet.InvalidBundleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a bundle, gathered so that all of it is said at once. */
public final class Complaints {
  private static final int MOST_SAID = 20;
  private static final int LONGEST = 500;

  private final Path bundle;
  private final List<String> found = new ArrayList<>();

  public Complaints(Path bundle) {
    this.bundle = bundle;
  }

  /** Notes what is wrong with a file of the bundle. */
  public void add(String file, String complaint) {
    found.add(plain(file + ": " + complaint));
  }

  /** A bundle may come from anybody: what it names is shown on one line, as far as it prints. */
  private static String plain(String complaint) {
    StringBuilder plain = new StringBuilder();
    complaint
        .codePoints()
        .limit(LONGEST)
        .forEach(it -> plain.appendCodePoint(prints(it) ? it : '?'));
    return complaint.codePointCount(0, complaint.length()) > LONGEST
        ? plain.append("...").toString()
        : plain.toString();
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

  /** Notes what is wrong and ends the reading. */
  InvalidBundleException refusal(String file, String complaint) {
    add(file, complaint);
    return refusal();
  }

  /** Ends the reading if something was wrong. */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw refusal();
    }
  }

  private InvalidBundleException refusal() {
    if (found.size() == 1) {
      return new InvalidBundleException("bundle " + bundle + ": " + found.get(0));
    }
    StringBuilder text = new StringBuilder();
    text.append("bundle %s has %d faults:".formatted(bundle, found.size()));
    found.stream().limit(MOST_SAID).forEach(complaint -> text.append("\n- ").append(complaint));
    if (found.size() > MOST_SAID) {
      text.append("\n- and %d more".formatted(found.size() - MOST_SAID));
    }
    return new InvalidBundleException(text.toString());
  }
}
