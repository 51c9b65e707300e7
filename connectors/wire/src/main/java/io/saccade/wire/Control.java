package io.saccade.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The budget settings in force, whole: each control record replaces the last, so that the topic can
 * be compacted to its newest record. The budget is in CPU time or in multiply-adds; with neither,
 * frames are looked at as long as the target age holds.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param epoch grows with every change; an epoch not above the one in force is refused
 * @param issuedBy who asked for the change, in characters that print
 * @param budgetCores CPU seconds per second for the whole job, above 0; null for another budget
 * @param budgetMultiplyAddsPerSecond multiply-adds of looks per second for the whole job, above 0;
 *     null for another budget
 * @param targetAgeMillis waiting time that the controller works towards
 * @param maxAgeMillis a frame older than this is shed unread
 * @param auditShare share of the frames looked at to full depth whatever they show, from 0 to
 *     {@link #MOST_AUDITS}
 * @param cameras what holds for single cameras, by name; others have {@link Camera#ANY}
 */
public record Control(
    int schema,
    long epoch,
    String issuedBy,
    @Nullable Double budgetCores,
    @Nullable Double budgetMultiplyAddsPerSecond,
    long targetAgeMillis,
    long maxAgeMillis,
    double auditShare,
    Map<String, Camera> cameras) {

  public static final int SCHEMA = 2;

  /** The oldest layout that is still read: cores alone, no cameras, no audits. */
  public static final int OLDEST = 1;

  /** Key of the record in the compacted topic. */
  public static final String KEY = "budget";

  /** One frame of a hundred, unless asked otherwise. */
  public static final double AUDITS = 0.01;

  public static final double MOST_AUDITS = 0.2;
  public static final int MOST_CAMERAS = 10_000;

  /** A camera that matters less than this should be capped instead; sums stay exact. */
  public static final double LEAST_WEIGHT = 0.001;

  public static final double MOST_WEIGHT = 1_000;

  /** So much of a small budget is still above nothing. */
  public static final double LEAST_CAP = 1e-6;

  public Control {
    Require.schema(SCHEMA, schema);
    Require.atLeast("epoch", 1, epoch);
    Require.line("issuedBy", issuedBy);
    rate("budgetCores", budgetCores);
    rate("budgetMultiplyAddsPerSecond", budgetMultiplyAddsPerSecond);
    Require.that(
        budgetCores == null || budgetMultiplyAddsPerSecond == null,
        "budgetMultiplyAddsPerSecond",
        "missing or null beside budgetCores (" + budgetCores + ")",
        String.valueOf(budgetMultiplyAddsPerSecond));
    Require.atLeast("targetAgeMillis", 1, targetAgeMillis);
    Require.that(
        maxAgeMillis >= targetAgeMillis,
        "maxAgeMillis",
        "at least targetAgeMillis (" + targetAgeMillis + ")",
        maxAgeMillis);
    Require.that(
        auditShare >= 0 && auditShare <= MOST_AUDITS,
        "auditShare",
        "within [0, " + MOST_AUDITS + "]",
        auditShare);
    cameras = Require.entries("cameras", MOST_CAMERAS, cameras);
    cameras.keySet().forEach(name -> Require.camera("each name in cameras", name));
  }

  /** A budget in cores for all cameras alike, with the usual audits. */
  public Control(
      int schema,
      long epoch,
      String issuedBy,
      double budgetCores,
      long targetAgeMillis,
      long maxAgeMillis) {
    this(
        schema,
        epoch,
        issuedBy,
        budgetCores,
        null,
        targetAgeMillis,
        maxAgeMillis,
        AUDITS,
        Map.of());
  }

  /** From JSON of this layout or an older one, which becomes what it means in this one. */
  @JsonCreator
  static Control read(
      @JsonProperty("schema") int schema,
      @JsonProperty("epoch") long epoch,
      @JsonProperty("issuedBy") String issuedBy,
      @JsonProperty("budgetCores") @Nullable Double budgetCores,
      @JsonProperty("budgetMultiplyAddsPerSecond") @Nullable Double multiplyAdds,
      @JsonProperty("targetAgeMillis") long targetAgeMillis,
      @JsonProperty("maxAgeMillis") long maxAgeMillis,
      @JsonProperty("auditShare") @Nullable Double auditShare,
      @JsonProperty("cameras") @Nullable Map<String, Camera> cameras) {
    if (schema == OLDEST) {
      double cores = Require.given("budgetCores", budgetCores);
      return new Control(SCHEMA, epoch, issuedBy, cores, targetAgeMillis, maxAgeMillis);
    }
    Require.schema(SCHEMA, schema);
    return new Control(
        schema,
        epoch,
        issuedBy,
        budgetCores,
        multiplyAdds,
        targetAgeMillis,
        maxAgeMillis,
        Require.given("auditShare", auditShare),
        Require.given("cameras", cameras));
  }

  private static void rate(String name, @Nullable Double found) {
    Require.that(
        found == null || (Double.isFinite(found) && found > 0),
        name,
        "finite and above 0",
        String.valueOf(found));
  }

  /** What holds for a camera. */
  public Camera camera(String name) {
    return cameras.getOrDefault(name, Camera.ANY);
  }

  /**
   * What holds for one camera.
   *
   * @param weight how dear its looks are to us against those of other cameras, from {@link
   *     #LEAST_WEIGHT} to {@link #MOST_WEIGHT}; 1 for any
   * @param cap share of the job's budget that it may take at most, from {@link #LEAST_CAP} to 1
   */
  public record Camera(double weight, double cap) {
    /** A camera that nothing was said about. */
    public static final Camera ANY = new Camera(1, 1);

    public Camera {
      Require.that(
          weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT,
          "weight",
          "within [" + LEAST_WEIGHT + ", " + (int) MOST_WEIGHT + "]",
          weight);
      Require.that(cap >= LEAST_CAP && cap <= 1, "cap", "within [" + LEAST_CAP + ", 1]", cap);
    }
  }
}
