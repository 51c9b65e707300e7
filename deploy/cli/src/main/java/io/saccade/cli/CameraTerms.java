package io.saccade.cli;

import io.saccade.job.Share;
import io.saccade.wire.Control;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is asked for one camera, as people write it: {@code yard=weight:2,cap:0.3}, {@code
 * yard=cap:30%}, or {@code yard=usual} to forget what was asked before.
 *
 * @param name of the camera
 * @param weight null to leave it as it is
 * @param cap likewise
 */
record CameraTerms(String name, @Nullable Double weight, @Nullable Double cap) {

  /** What the camera has after this, given what it had. */
  Control.Camera after(Control.Camera before) {
    if (weight == null && cap == null) {
      return Control.Camera.ANY;
    }
    return new Control.Camera(
        weight == null ? before.weight() : weight, cap == null ? before.cap() : cap);
  }

  /** Reads one. */
  static final class Reader implements ITypeConverter<CameraTerms> {
    private static final String EXPECTED =
        "expected NAME=weight:W,cap:C or NAME=usual, such as yard=weight:2,cap:30%%, but was '%s'";

    @Override
    public CameraTerms convert(String text) {
      // The last one: a name may have an equals sign, the terms have none.
      int at = text.lastIndexOf('=');
      if (at < 1) {
        throw new TypeConversionException(EXPECTED.formatted(text));
      }
      String terms = text.substring(at + 1);
      Double weight = null;
      Double cap = null;
      if (!terms.equals("usual")) {
        for (String term : terms.split(",", -1)) {
          if (term.startsWith("weight:")) {
            weight = number(term.substring("weight:".length()), text);
          } else if (term.startsWith("cap:")) {
            cap = number(term.substring("cap:".length()), text);
          } else {
            throw new TypeConversionException(EXPECTED.formatted(text));
          }
        }
      }
      return new CameraTerms(text.substring(0, at), weight, cap);
    }

    private static double number(String number, String text) {
      try {
        return Share.parse(number);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(EXPECTED.formatted(text));
      }
    }
  }
}
