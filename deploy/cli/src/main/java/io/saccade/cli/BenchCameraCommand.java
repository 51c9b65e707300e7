package io.saccade.cli;

import io.saccade.bench.camera.CameraBench;
import io.saccade.bench.camera.CameraBenchOptions;
import io.saccade.bench.camera.CameraReport;
import io.saccade.bench.camera.Part;
import io.saccade.camera.ffmpeg.Programs;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade bench camera}. */
@Command(
    name = "camera",
    description = {
      "Measures what cameras cost, and whether they come back.",
      "Sixteen RTSP cameras beside plain ffmpeg, MJPEG as it comes, the time from a picture"
          + " to Kafka, connections broken again and again, cameras and a broker that fail and come"
          + " back, the time to stop. About eleven minutes.",
      "The servers are real: needs GStreamer's RTSP server. Debian has it as the packages"
          + " gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-ugly.",
      "",
      "Example: saccade bench camera --report camera.json",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class BenchCameraCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--seconds", paramLabel = "SECONDS", description = "Counted in each turn.")
  private int seconds = 20;

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each kind.")
  private int rounds = 3;

  @Option(names = "--reconnects", paramLabel = "N", description = "Connections broken, together.")
  private int reconnects = 200;

  @Option(names = "--quick", description = "Only whether it works: short and few.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Measure these parts alone: ${COMPLETION-CANDIDATES}.",
      showDefaultValue = Visibility.NEVER)
  private Set<Part> only = Set.of();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    if (!only.isEmpty()) {
      if (report != null) {
        throw Complaint.of(spec, "--report is of all parts, but --only is given");
      }
      CameraBench.run(EnumSet.copyOf(only), options(), System.out);
      return ExitCode.OK;
    }
    CameraReport figures = CameraBench.run(options(), System.out);
    System.out.printf(
        Locale.ROOT,
        "%.2f of plain ffmpeg, %d dropped; memory grew by %.1f %%; stopped in %.1f s, %d left%n",
        figures.many().ratio(),
        figures.many().dropped(),
        figures.reconnects().growth() * 100,
        figures.stopSeconds(),
        figures.childrenLeft());
    if (report != null) {
      figures.write(report);
      System.out.println("report: " + report);
    }
    return ExitCode.OK;
  }

  private CameraBenchOptions options() {
    try {
      return quick
          ? CameraBenchOptions.quick(Programs.ffmpeg())
          : CameraBenchOptions.usual(Programs.ffmpeg(), seconds, rounds, reconnects);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }
}
