package io.saccade.wire;

import org.jspecify.annotations.Nullable;

/**
 * How one camera is, as the process that reads it tells. Written whenever the state changes and
 * every {@link #EVERY_MILLIS} while that process runs, under the camera's id, so that the topic can
 * be compacted to the newest record of each camera.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param camera the camera's id, the key of its frames
 * @param state {@code starting}, {@code live}, {@code stalled}, {@code retrying}, {@code refused},
 *     {@code disabled}, {@code ended} or {@code stopped}; more may be added
 * @param reason why it is not live, for people, without secrets; null when there is nothing to say
 * @param atMillis wall clock at writing, milliseconds since 1970
 * @param sinceMillis wall clock when this state began
 * @param newestFrameMillis capture time of the newest frame, null before the first
 * @param nextSequence no frame so far has this sequence number or a greater one; whoever reads the
 *     camera next starts with it; at most {@link #MOST_SEQUENCE}
 * @param frames captured since the process started
 * @param dropped of these, not taken by Kafka
 * @param reconnects since the process started
 */
public record CameraStatus(
    int schema,
    String camera,
    String state,
    @Nullable String reason,
    long atMillis,
    long sinceMillis,
    @Nullable Long newestFrameMillis,
    long nextSequence,
    long frames,
    long dropped,
    long reconnects) {

  public static final int SCHEMA = 1;

  /** Whoever goes on from here has numbers for ever: one false record must not use them up. */
  public static final long MOST_SEQUENCE = 1L << 62;

  /** The state of a camera whose frames are coming. In every other there are none. */
  public static final String LIVE = "live";

  /** How often a record is written at least. */
  public static final long EVERY_MILLIS = 2_000;

  /** A record older than this tells nothing: whoever wrote it has died or cannot write. */
  public static final long STALE_MILLIS = 10_000;

  public CameraStatus {
    Require.schema(SCHEMA, schema);
    Require.text("camera", camera);
    Require.text("state", state);
    Require.that(
        nextSequence >= 0 && nextSequence <= MOST_SEQUENCE,
        "nextSequence",
        "within [0, " + MOST_SEQUENCE + "]",
        nextSequence);
    Require.atLeast("frames", 0, frames);
    Require.atLeast("dropped", 0, dropped);
    Require.atLeast("reconnects", 0, reconnects);
  }

  /** Whether the camera's newest picture may be shown as what is there now. */
  public boolean available(long nowMillis) {
    return state.equals(LIVE) && nowMillis - atMillis <= STALE_MILLIS;
  }
}
