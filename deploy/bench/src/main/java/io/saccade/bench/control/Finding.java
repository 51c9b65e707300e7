package io.saccade.bench.control;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param measure what was measured, with its unit
 * @param scenario in which
 * @param wanted the most it may be; null when nothing was asked for
 * @param real of the job
 * @param simulated what the simulator said; null when it says nothing about it
 * @param leftOut share of the frames that were not looked at in these runs of the job
 * @param least share of the frames that had to be left out
 * @param digits after the decimal point
 */
public record Finding(
    String measure,
    String scenario,
    @Nullable Double wanted,
    Spread real,
    @Nullable Spread simulated,
    double leftOut,
    double least,
    int digits) {

  /** Heads of the columns. */
  public static final List<String> HEADS =
      List.of("measure", "scenario", "wanted", "real job", "simulator", "left out (least), %");

  /** Whether the job did what was asked; true when nothing was. */
  public boolean held() {
    // As printed: a bound is not missed by what nobody can see.
    return wanted == null || rounded(real.median()) <= rounded(wanted);
  }

  private double rounded(double figure) {
    double tenths = Math.pow(10, digits);
    return Math.round(figure * tenths) / tenths;
  }

  /** The columns, as printed. */
  public List<String> cells() {
    String format = "%." + digits + "f";
    String asked = wanted == null ? "-" : "at most " + String.format(Locale.ROOT, format, wanted);
    return List.of(
        measure,
        scenario,
        held() ? asked : asked + ", missed",
        real.printed(format),
        simulated == null ? "-" : simulated.printed(format),
        String.format(Locale.ROOT, "%.1f (%.1f)", 100 * leftOut, 100 * least));
  }
}
