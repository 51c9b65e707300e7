package io.saccade.wire;

import org.jspecify.annotations.Nullable;

/**
 * A change of what a camera sees, after smoothing and hysteresis, or the camera falling silent.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param camera the camera concerned
 * @param kind {@code changed}, {@code silent} or {@code back}
 * @param from the class seen before, null at the camera's first event
 * @param to the class seen now; null when silent
 * @param atMillis capture time of the frame that settled it, milliseconds since 1970
 * @param sinceMillis capture time of the first frame that showed {@code to} (or the last frame
 *     before silence)
 * @param framesAgreeing frames since then whose best class was {@code to}
 * @param confidence smoothed probability of {@code to}, within [0, 1]
 */
public record Event(
    int schema,
    String camera,
    String kind,
    @Nullable String from,
    @Nullable String to,
    long atMillis,
    long sinceMillis,
    int framesAgreeing,
    double confidence) {

  public static final int SCHEMA = 1;
  public static final String CHANGED = "changed";
  public static final String SILENT = "silent";
  public static final String BACK = "back";

  public Event {
    Require.schema(SCHEMA, schema);
    Require.text("camera", camera);
    Require.text("kind", kind);
    Require.atLeast("framesAgreeing", 0, framesAgreeing);
    Require.share("confidence", confidence);
  }
}
