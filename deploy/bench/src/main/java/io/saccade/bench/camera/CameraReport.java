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
 * @param faults cameras harmed in several ways and mended
 * @param outage a broker that was away
 * @param stopSeconds median time from SIGTERM to the end
 * @param childrenLeft processes left after all ends together
 */
public record CameraReport(
    Many many,
    Passthrough passthrough,
    Latency latency,
    Reconnects reconnects,
    Faults faults,
    Outage outage,
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
   * @param residentMegabytes of the camera process and its children, at the end of the last round
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
   * @param warmUpSeconds before anything was counted
   * @param cpuMillisPerFrame median over the rounds
   * @param spread widest less narrowest round
   */
  public record Passthrough(
      String picture, int warmUpSeconds, long frames, double cpuMillisPerFrame, double spread) {}

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
   * @param backSeconds median, from the breaking of all connections until all cameras are live
   * @param backSecondsMost the longest
   * @param growth last quarter against the second
   */
  public record Reconnects(
      long reconnects,
      double backSeconds,
      double backSecondsMost,
      List<Double> residentMegabytes,
      double growth,
      long threadsBefore,
      long threadsAfter,
      int childrenBefore,
      int childrenAfter) {}

  /**
   * Cameras that failed and came back.
   *
   * @param outcomes of all rounds
   * @param noticedSecondsMost the longest until a fault was noticed
   * @param backSecondsMost the longest from the mending until frames came out of Kafka again
   * @param gaps in the sequence of the camera that did not fail
   */
  public record Faults(
      List<Fault.Outcome> outcomes, double noticedSecondsMost, double backSecondsMost, int gaps) {
    static Faults of(List<Fault.Outcome> outcomes, int gaps) {
      return new Faults(
          outcomes,
          Figures.percentile(outcomes.stream().map(Fault.Outcome::noticedSeconds).toList(), 1),
          Figures.percentile(outcomes.stream().map(Fault.Outcome::backSeconds).toList(), 1),
          gaps);
    }
  }

  /**
   * A broker that was away.
   *
   * @param dropped frames, as the process counted them
   * @param residentMegabytesMost while it was away
   * @param growth of memory by then
   * @param backSeconds from its answer until frames of every camera came out of it
   */
  public record Outage(
      int seconds,
      long dropped,
      double residentMegabytesBefore,
      double residentMegabytesMost,
      double growth,
      double backSeconds) {}

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
