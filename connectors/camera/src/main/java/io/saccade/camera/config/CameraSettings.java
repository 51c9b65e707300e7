package io.saccade.camera.config;

import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One camera as it is to run. Two that are equal need no restart between them.
 *
 * @param id the camera's name on Kafka
 * @param url where it is
 * @param transport of RTSP
 * @param fps most frames a second; null: as they come
 * @param width in pixels, the height follows; null: as it comes
 * @param quality of the JPEG, 1 to 100; null: 80 where a JPEG is made, and MJPEG as it comes
 * @param region what is kept of the picture; null: all
 * @param stallTimeout without a frame for so long, it is connected anew
 * @param connectTimeout longest wait for an answer, and after it for the first frame
 * @param loop whether a file or folder starts again at its end
 * @param enabled whether it is to run at all
 */
public record CameraSettings(
    String id,
    CameraUrl url,
    Transport transport,
    @Nullable Double fps,
    @Nullable Integer width,
    @Nullable Integer quality,
    @Nullable Region region,
    Duration stallTimeout,
    Duration connectTimeout,
    boolean loop,
    boolean enabled) {

  /** How RTSP carries its pictures. */
  public enum Transport {
    TCP,
    UDP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Transport DEFAULT_TRANSPORT = Transport.TCP;
  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(8);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  static final double MOST_FPS = 120;
  static final int LEAST_WIDTH = 16;
  static final Duration LEAST_TIMEOUT = Duration.ofMillis(500);
  static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);

  /**
   * What is wrong with one setting.
   *
   * @param setting its name, or those of several
   * @param complaint what it must be, and what it was
   */
  record Complaint(String setting, String complaint) {
    @Override
    public String toString() {
      return setting + " " + complaint;
    }
  }

  /** Settings that make no sense, all that is wrong with them at once. */
  static final class Senseless extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    Senseless(List<Complaint> complaints) {
      super(complaints.stream().map(Complaint::toString).collect(Collectors.joining("\n")));
      this.complaints = List.copyOf(complaints);
    }

    List<Complaint> complaints() {
      return complaints;
    }
  }

  public CameraSettings {
    List<Complaint> faults = new ArrayList<>();
    checkId(id, faults);
    check(
        fps == null || (fps > 0 && fps <= MOST_FPS), "fps", "above 0 and at most 120", fps, faults);
    check(
        width == null || (width >= LEAST_WIDTH && width <= Region.MOST && width % 2 == 0),
        "width",
        "even and within [16, 16384]",
        width,
        faults);
    check(
        quality == null || (quality >= 1 && quality <= 100),
        "quality",
        "within [1, 100]",
        quality,
        faults);
    checkTimeout("stallTimeout", stallTimeout, faults);
    checkTimeout("connectTimeout", connectTimeout, faults);
    if (fps != null && fps > 0) {
      check(
          stallTimeout.toNanos() / 1e9 > 1 / fps,
          "stallTimeout",
          "longer than a frame lasts at %s fps".formatted(fps),
          Durations.text(stallTimeout),
          faults);
    }
    if (url.kind() == CameraUrl.Kind.FOLDER) {
      check(
          width == null && quality == null && region == null,
          "width, quality and region",
          "left out for a folder, whose pictures are sent as they are",
          "given",
          faults);
    }
    if (!faults.isEmpty()) {
      throw new Senseless(faults);
    }
  }

  private static void checkId(String id, List<Complaint> faults) {
    check(
        id.equals(id.strip()) && isKey(id),
        "id",
        "a name of 1 to %d characters that print".formatted(Frames.MAX_CAMERA_LENGTH),
        "'" + Values.shown(id) + "'",
        faults);
  }

  /** Whether who reads the frames' keys finds this name, and not what can be shown of it. */
  private static boolean isKey(String id) {
    return !id.isEmpty() && Frames.camera(id.getBytes(StandardCharsets.UTF_8)).equals(id);
  }

  private static void checkTimeout(String name, Duration found, List<Complaint> faults) {
    check(
        found.compareTo(LEAST_TIMEOUT) >= 0 && found.compareTo(MOST_TIMEOUT) <= 0,
        name,
        "within [500ms, 10m]",
        Durations.text(found),
        faults);
  }

  private static void check(
      boolean holds, String name, String expected, @Nullable Object found, List<Complaint> faults) {
    if (!holds) {
      faults.add(new Complaint(name, "must be %s, but was %s".formatted(expected, found)));
    }
  }

  /** Silence after which a connection ends by itself; by either timeout, the watchdog is sooner. */
  public Duration longestSilence() {
    Duration longer = stallTimeout.compareTo(connectTimeout) > 0 ? stallTimeout : connectTimeout;
    return longer.multipliedBy(2);
  }

  /** Whether pictures are taken as they are, neither decoded nor encoded, if they are JPEGs. */
  public boolean asItComes() {
    return switch (url.kind()) {
      case HTTP -> width == null && quality == null && region == null;
      case FOLDER -> true;
      case RTSP, FILE, DEVICE -> false;
    };
  }
}
