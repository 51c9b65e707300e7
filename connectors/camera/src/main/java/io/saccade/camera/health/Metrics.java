package io.saccade.camera.health;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraState;
import io.saccade.camera.Counts;
import io.saccade.camera.Drop;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The cameras' counts as Prometheus wants them. Every series is there from the start, so that the
 * first drop shows as an increase.
 */
final class Metrics {
  private static final String PREFIX = "saccade_camera_";
  private static final String CAMERA = "camera";

  private Metrics() {}

  static MetricSnapshots of(List<CameraCounts> cameras, long nowMillis) {
    return MetricSnapshots.builder()
        .metricSnapshot(
            counter(cameras, "frames", "Frames captured", camera -> camera.frames().sent()))
        .metricSnapshot(
            counter(cameras, "bytes", "Bytes of the frames captured", CameraCounts::bytes))
        .metricSnapshot(
            counter(
                cameras,
                "acknowledged",
                "Frames that Kafka has taken",
                camera -> camera.frames().acknowledged()))
        .metricSnapshot(dropped(cameras))
        .metricSnapshot(
            counter(cameras, "reconnects", "Attempts after the first", CameraCounts::reconnects))
        .metricSnapshot(
            counter(
                cameras,
                "losses",
                "Times that frames came and then no longer did",
                CameraCounts::losses))
        .metricSnapshot(
            counter(
                cameras, "stalls", "Times that no frame came for too long", CameraCounts::stalls))
        .metricSnapshot(
            counter(
                cameras,
                "damaged",
                "Complaints about damaged pictures, which may have been sent all the same",
                CameraCounts::damaged))
        .metricSnapshot(corrections(cameras))
        .metricSnapshot(age(cameras, nowMillis))
        .metricSnapshot(up(cameras))
        .build();
  }

  private static CounterSnapshot counter(
      List<CameraCounts> cameras, String name, String help, ToDoubleFunction<CameraCounts> count) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(PREFIX + name).help(help);
    for (CameraCounts camera : cameras) {
      counter.dataPoint(point(count.applyAsDouble(camera), CAMERA, camera.camera()));
    }
    return counter.build();
  }

  private static CounterSnapshot dropped(List<CameraCounts> cameras) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(PREFIX + "dropped").help("Frames that Kafka did not take");
    for (CameraCounts camera : cameras) {
      Counts counts = camera.frames();
      for (Drop reason : Drop.values()) {
        counter.dataPoint(
            point(
                (double) counts.dropped(reason), CAMERA, camera.camera(), "reason", reason.word()));
      }
    }
    return counter.build();
  }

  private static CounterSnapshot corrections(List<CameraCounts> cameras) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name(PREFIX + "clock_corrections")
            .help("Times that the mapping of the stream's clock to wall time began anew");
    for (CameraCounts camera : cameras) {
      camera
          .clockCorrections()
          .forEach(
              (kind, count) ->
                  counter.dataPoint(
                      point((double) count, CAMERA, camera.camera(), "kind", kind.word())));
    }
    return counter.build();
  }

  private static GaugeSnapshot age(List<CameraCounts> cameras, long nowMillis) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name(PREFIX + "newest_frame_age_seconds")
            .help("Age of the newest frame, by its capture time; missing before the first");
    for (CameraCounts camera : cameras) {
      Long newest = camera.newestFrameMillis();
      if (newest != null) {
        gauge.dataPoint(gaugePoint((nowMillis - newest) / 1e3, camera.camera()));
      }
    }
    return gauge.build();
  }

  private static GaugeSnapshot up(List<CameraCounts> cameras) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name(PREFIX + "up")
            .help("1 while frames come, else 0; missing where none are wanted: disabled or ended");
    for (CameraCounts camera : cameras) {
      CameraState state = camera.condition().state();
      if (state.wanted()) {
        gauge.dataPoint(gaugePoint(state == CameraState.LIVE ? 1 : 0, camera.camera()));
      }
    }
    return gauge.build();
  }

  private static CounterSnapshot.CounterDataPointSnapshot point(double value, String... labels) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .value(value)
        .labels(Labels.of(labels))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot gaugePoint(double value, String camera) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .value(value)
        .labels(Labels.of(CAMERA, camera))
        .build();
  }
}
