package io.saccade.camera.config;

import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.wire.Excerpt;

/** Single values as they stand in a file; each refuses with what must be. */
final class Values {
  private static final int MOST_SHOWN = 40;

  private Values() {}

  static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw refused("a number", text);
  }

  static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("a whole number", text);
    }
  }

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused("true or false", text);
    };
  }

  static Transport transport(String text) {
    return switch (text) {
      case "tcp" -> Transport.TCP;
      case "udp" -> Transport.UDP;
      default -> throw refused("tcp or udp", text);
    };
  }

  /** A key; without a space after its colon, a URL and its password are part of it. */
  static String shownKey(String key) {
    return key.matches("[A-Za-z]{1,20}") ? key : "something else";
  }

  /** A value for a complaint: a line's worth, nothing of it when it looks like a URL. */
  static String shown(String found) {
    if (found.contains("@") || found.contains("://")) {
      return "something else";
    }
    return Excerpt.plain(found.replaceAll("\\p{Cntrl}", " "), MOST_SHOWN);
  }

  private static IllegalArgumentException refused(String expected, String found) {
    return new IllegalArgumentException(
        "must be %s, but was '%s'".formatted(expected, shown(found)));
  }
}
