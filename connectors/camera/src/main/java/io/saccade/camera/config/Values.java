package io.saccade.camera.config;

import io.saccade.camera.config.CameraSettings.Transport;

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

  private static IllegalArgumentException refused(String expected, String found) {
    String shown = found.length() > MOST_SHOWN ? found.substring(0, MOST_SHOWN) + "..." : found;
    return new IllegalArgumentException("must be %s, but was '%s'".formatted(expected, shown));
  }
}
