package io.saccade.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.ffmpeg.Programs;
import io.saccade.camera.source.StreamProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code saccade camera probe}. */
@Command(
    name = "probe",
    description = {
      "Tells what a camera sends, and whether frames really come.",
      "Needs no Kafka.",
      "",
      "Example: saccade camera probe \\",
      "    'rtsp://viewer:$${env:YARD_PASSWORD}@10.0.0.5/stream1'",
      "Example: saccade camera probe http://10.0.0.6/video.mjpg --json --seconds 10",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CameraProbeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "As for saccade camera, but no folder.")
  private String url = "";

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "How long frames are counted (default: 3).")
  private double seconds = 3;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Mixin private CameraOptions camera = new CameraOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    CameraSettings settings = settings();
    StreamProbe.Report report = probe(settings);
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(report));
    } else {
      System.out.printf(
          Locale.ROOT,
          "%s%n  %s, %d x %d%n  %d frames in %.1f s, %.1f a second; the first after %.1f s; %d"
              + " bytes each%n",
          report.url(),
          report.codec(),
          report.width(),
          report.height(),
          report.frames(),
          report.seconds(),
          report.framesPerSecond(),
          report.firstFrameSeconds(),
          report.meanBytes());
    }
    return ExitCode.OK;
  }

  private StreamProbe.Report probe(CameraSettings settings) throws InterruptedException {
    try {
      return new StreamProbe(Programs.ffprobe(), Programs.ffmpeg())
          .probe(settings, Duration.ofMillis((long) (seconds * 1000)));
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private CameraSettings settings() {
    if (!(seconds >= 0.5 && seconds <= 600)) {
      throw Complaint.of(spec, "--seconds must be within [0.5, 600], but was " + seconds);
    }
    try {
      CameraSettings settings = camera.settings(url);
      if (settings.url().kind() == CameraUrl.Kind.FOLDER) {
        throw new IllegalArgumentException("the URL must be no folder, but is one");
      }
      return settings;
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
