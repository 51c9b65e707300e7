package io.saccade.wire;

/**
 * The budget settings in force, whole: each control record replaces the last, so that the topic can
 * be compacted to its newest record.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param epoch grows with every change; an epoch not above the one in force is refused
 * @param issuedBy who asked for the change
 * @param budgetCores CPU seconds per second for the whole job, above 0
 * @param targetAgeMillis waiting time that the controller works towards
 * @param maxAgeMillis a frame older than this is shed unread
 */
public record Control(
    int schema,
    long epoch,
    String issuedBy,
    double budgetCores,
    long targetAgeMillis,
    long maxAgeMillis) {

  public static final int SCHEMA = 1;

  /** Key of the record in the compacted topic. */
  public static final String KEY = "budget";

  public Control {
    Require.schema(SCHEMA, schema);
    Require.atLeast("epoch", 1, epoch);
    Require.text("issuedBy", issuedBy);
    Require.that(
        Double.isFinite(budgetCores) && budgetCores > 0,
        "budgetCores",
        "finite and above 0",
        budgetCores);
    Require.atLeast("targetAgeMillis", 1, targetAgeMillis);
    Require.that(
        maxAgeMillis >= targetAgeMillis,
        "maxAgeMillis",
        "at least targetAgeMillis (" + targetAgeMillis + ")",
        maxAgeMillis);
  }
}
