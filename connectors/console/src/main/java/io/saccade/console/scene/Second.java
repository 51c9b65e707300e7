package io.saccade.console.scene;

/**
 * What one second brought. What was decided and spent is that of one job, where several share the
 * topics; labels are those of all.
 *
 * @param atMillis its beginning, milliseconds since 1970
 * @param offered frames offered per second, as the job estimates
 * @param served frames looked at
 * @param shed frames left out
 * @param deadLetters frames that could not be read
 * @param meanLooks looks per frame looked at; NaN without one
 * @param ageP50 median age of the labels in milliseconds; NaN without one
 * @param ageP99 its 99th percentile
 * @param position mean operating point; NaN without a decision
 * @param budgetCores of all subtasks; NaN without a decision
 * @param usedCores of all subtasks; NaN without a decision
 */
public record Second(
    long atMillis,
    double offered,
    int served,
    int shed,
    int deadLetters,
    double meanLooks,
    double ageP50,
    double ageP99,
    double position,
    double budgetCores,
    double usedCores) {

  /** The names of the columns as the head of a CSV file, in the order of {@link #values}. */
  public static final String COLUMNS =
      "atMillis,offered,served,shed,deadLetters,meanLooks,ageP50Millis,ageP99Millis,position,"
          + "budgetCores,usedCores";

  public double[] values() {
    return new double[] {
      atMillis,
      offered,
      served,
      shed,
      deadLetters,
      meanLooks,
      ageP50,
      ageP99,
      position,
      budgetCores,
      usedCores
    };
  }
}
