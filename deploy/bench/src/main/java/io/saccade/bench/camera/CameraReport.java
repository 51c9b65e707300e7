package io.saccade.bench.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What cameras cost, as written to the report file.
 *
 * @param many sixteen RTSP cameras beside plain ffmpeg
 * @param passthrough MJPEG that is handed on as it comes
 * @param latency from the making of a picture to its coming out of Kafka, ten cameras
 * @param reconnects connections broken again and again
 * @param stopSeconds median time from SIGTERM to the end
 * @param childrenLeft processes left after all ends together
 */
public record CameraReport(
    Many many,
    Passthrough passthrough,
    Latency latency,
    Reconnects reconnects,
    double stopSeconds,
    int childrenLeft,
    String machine,
    Map<String, String> versions) {

  /**
   * Sixteen cameras, in turn with plain ffmpeg doing the same.
   *
   * @param cpuPerCamera cores of the camera process and its children for each camera, median
   * @param plainCpuPerCamera cores of the same program decoding and encoding to nowhere, median
   * @param ratio median over the rounds of the first to the second of the same round
   * @param spread widest less narrowest ratio
   * @param threads of the camera process itself
   */
  public record Many(
      int cameras,
      int framesPerSecond,
      String picture,
      long frames,
      long dropped,
      long gaps,
      double cpuPerCamera,
      double plainCpuPerCamera,
      double ratio,
      double spread,
      List<Double> ratios,
      long threads,
      double residentMegabytes) {}

  /**
   * CPU of process and child together beyond what they need when nothing comes.
   *
   * @param cpuMillisPerFrame median over the rounds
   * @param spread widest less narrowest round
   */
  public record Passthrough(String picture, long frames, double cpuMillisPerFrame, double spread) {}

  /** Milliseconds from the clock in the picture; capture error is of the record's timestamp. */
  public record Latency(
      int cameras,
      long frames,
      double p50,
      double p99,
      double most,
      double captureErrorP50,
      double captureErrorP99) {}

  /**
   * Resident memory of process and children, in quarters of the run.
   *
   * @param growth last quarter against the second
   */
  public record Reconnects(
      long reconnects,
      List<Double> residentMegabytes,
      double growth,
      long threadsBefore,
      long threadsAfter,
      int childrenBefore,
      int childrenAfter) {}

  /** Writes the figures as JSON. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }
}
