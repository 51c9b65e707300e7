package io.saccade.camera.health;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Judges whether a camera process lives and whether it is ready.
 *
 * @param kafka says why Kafka cannot be counted on; empty when it can
 */
record Health(Supplier<Optional<String>> kafka) {
  /** Twice the longest pause between two attempts. */
  static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** Which cameras' threads give no sign of life. */
  List<String> alive(List<CameraCounts> cameras) {
    return cameras.stream()
        .filter(camera -> camera.condition().state().wanted())
        .filter(camera -> camera.silentNanos() > SILENT_NANOS)
        .map(
            camera ->
                "%s: nothing has worked at it for %d s"
                    .formatted(
                        camera.camera(), TimeUnit.NANOSECONDS.toSeconds(camera.silentNanos())))
        .toList();
  }

  /** What is still missing. */
  List<String> ready(List<CameraCounts> cameras) {
    List<String> complaints = new ArrayList<>();
    kafka.get().ifPresent(trouble -> complaints.add("kafka: " + trouble));
    cameras.stream()
        .filter(camera -> camera.condition().state() == CameraState.STARTING)
        .map(camera -> camera.camera() + ": not tried yet")
        .forEach(complaints::add);
    return complaints;
  }
}
