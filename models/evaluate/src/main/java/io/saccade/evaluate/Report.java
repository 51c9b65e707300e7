package io.saccade.evaluate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found, as written to the report file. CPU times are of the classifying thread
 * alone, from encoded picture to answer; another process on the machine slows them a little, but
 * does not count in them.
 *
 * @param model whose figures these are
 * @param data the last two names of the folder
 * @param accuracyPerStep share of right answers after look 1 .. T (anytime)
 * @param intervals of accuracyPerStep, and of what look t adds to the glance, paired by clip
 * @param gains likewise; the first is 0
 * @param calibrationErrorPerStep mean distance between confidence and accuracy (15 bins)
 * @param frontier accuracy and cost with exits, replayed from looks to full depth (budgeted)
 * @param realRuns some of these points run for real, to show what replaying is worth
 * @param classes in the model's order, those with pictures
 * @param clipTable clips of more than one frame
 */
public record Report(
    int format,
    Model model,
    String data,
    int frames,
    int clips,
    List<Double> accuracyPerStep,
    List<Estimate> intervals,
    List<Estimate> gains,
    List<Double> calibrationErrorPerStep,
    Stages stages,
    List<Point> frontier,
    List<RealRun> realRuns,
    List<Part> classes,
    List<Part> clipTable,
    List<Viewing.Skipped> skipped,
    List<String> emptyClasses,
    Machine machine) {

  public static final int FORMAT = 1;

  /**
   * Which model it was.
   *
   * @param manifest SHA-256 of the manifest at the time
   * @param hashes SHA-256 of {@code glance}, {@code focus} and {@code frontier}, which decide the
   *     figures; the manifest changes with every text in the bundle, this report among them
   */
  public record Model(String id, String version, String manifest, Map<String, String> hashes) {}

  /** A mean with its 90 % interval, by bootstrap over clips. */
  public record Estimate(double mean, double low, double high) {}

  /**
   * Mean CPU time of each stage.
   *
   * @param lookMillis of look 1 .. T
   * @param glanceMultiplyAdds as the manifest says
   * @param focusMultiplyAdds as the manifest says
   */
  public record Stages(
      double decodeMillis,
      List<Double> lookMillis,
      long glanceMultiplyAdds,
      long focusMultiplyAdds) {}

  /**
   * One operating point, as promised by the frontier and as found here.
   *
   * @param meanCpuMillis decoding and looks
   * @param meanNetworkCpuMillis looks alone
   * @param predictedCpuMillis what the frontier's exit shares give at the mean cost of each stage
   * @param exitShares of look 1 .. T, found here
   * @param predictedExitShares likewise, on the clips the frontier was solved on
   */
  public record Point(
      int position,
      double meanCpuMillis,
      double meanNetworkCpuMillis,
      double meanMultiplyAdds,
      double meanLooks,
      double accuracy,
      Estimate accuracyInterval,
      double predictedCpuMillis,
      double predictedLooks,
      double predictedAccuracy,
      List<Double> exitShares,
      List<Double> predictedExitShares) {

    /** By how much the prediction is above what was found, as a share of the latter. */
    public double predictionError() {
      return predictedCpuMillis / meanCpuMillis - 1;
    }
  }

  /**
   * A point that was run for real.
   *
   * @param replayedCpuMillis what replaying the looks to full depth gives
   * @param differingFrames with another number of looks or another answer than replayed
   */
  public record RealRun(
      int position, double meanCpuMillis, double replayedCpuMillis, int differingFrames) {

    /** By how much the replay is above what was found, as a share of the latter. */
    public double replayError() {
      return replayedCpuMillis / meanCpuMillis - 1;
    }
  }

  /** Of one class or one clip. */
  public record Part(String name, int clips, int frames, List<Double> accuracyPerStep) {}

  /** Where and while what. */
  public record Machine(String name, double loadBefore, double loadAfter, double seconds) {}

  /** Writes the report as JSON. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, json());
  }

  byte[] json() throws IOException {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException for a file that is no such report
   */
  public static Report read(Path file) throws IOException {
    try {
      Report report =
          new ObjectMapper()
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
              .readValue(Files.readAllBytes(file), Report.class);
      if (report.format() != FORMAT) {
        throw new IllegalArgumentException(
            "expected a report of format %d in %s, but found %d"
                .formatted(FORMAT, file, report.format()));
      }
      return report;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "expected the report of an evaluation in %s, but found something else: %s"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
