package io.saccade.cli;

import io.saccade.camera.CameraProcess;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CamerasFile;
import io.saccade.camera.config.FaultyCamerasException;
import io.saccade.camera.config.Secrets;
import io.saccade.camera.ffmpeg.Programs;
import io.saccade.camera.source.ChildOpener;
import io.saccade.camera.source.Opener;
import io.saccade.quickstart.Interruption;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code saccade camera}. */
@Command(
    name = "camera",
    description = {
      "Turns live cameras into frames on Kafka, and keeps them up.",
      "One camera by its URL, or all of a file, which is followed: a change, or SIGHUP,"
          + " touches only the cameras concerned. A URL may refer to $${env:NAME} and"
          + " $${file:PATH}; no password is ever shown.",
      "",
      "Example: saccade camera --config cameras.yaml --brokers 127.0.0.1:19092",
      "Example: saccade camera --config cameras.yaml --check",
      "Example: saccade camera --id yard --fps 10 \\",
      "    'rtsp://viewer:$${env:YARD_PASSWORD}@10.0.0.5/stream1'",
      "Example: saccade camera clip.mp4 --loop --id clip --width 640",
      "Example: saccade camera probe rtsp://10.0.0.5/stream1",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    subcommands = CameraProbeCommand.class)
final class CameraCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      description =
          "rtsp://, rtsps://, http://, https://, v4l2:/dev/video0, or the path of a video or a folder"
              + " of pictures.")
  private @Nullable String url;

  @Option(names = "--config", paramLabel = "FILE", description = "The cameras, as YAML.")
  private @Nullable Path config;

  @Option(names = "--check", description = "Only say whether the file is right, and what is not.")
  private boolean check;

  @Mixin private CameraOptions camera = new CameraOptions();

  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers (default: 127.0.0.1:19092).")
  private @Nullable String brokers;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What topics start with (default: saccade).")
  private String topicPrefix = "saccade";

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "More settings of Kafka's clients, such as TLS and SASL.")
  private @Nullable Path kafkaProperties;

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      description = "For /healthz, /readyz and /metrics; 0: any that is free (default: 8086).")
  private int healthPort = 8086;

  @Option(
      names = "--health-host",
      paramLabel = "ADDRESS",
      description = "Address they are listened for on (default: 127.0.0.1).")
  private String healthHost = "127.0.0.1";

  @Override
  public Integer call() throws Exception {
    if ((url == null) == (config == null)) {
      throw Complaint.of(spec, "either a URL or --config FILE must be given, but not both");
    }
    refuseWhatIsNotLookedAt();
    if (check) {
      return check();
    }
    Opener opener = new ChildOpener(Programs.ffmpeg());
    try (Interruption end = Interruption.caught();
        CameraProcess process = start(opener)) {
      say("health: " + process.healthAddress());
      if (config != null) {
        Hangup.means(process::reload);
      }
      while (!end.await(Duration.ZERO)) {
        if (process.awaitEnd(LOOK)) {
          break;
        }
      }
      return ExitCode.OK;
    } catch (FaultyCamerasException e) {
      return refuse(e);
    }
  }

  /** With a file, the options of one camera would be ignored. */
  private void refuseWhatIsNotLookedAt() {
    if (config == null || spec == null) {
      return;
    }
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (option.userObject() instanceof Field field
          && field.getDeclaringClass() == CameraOptions.class) {
        throw Complaint.of(
            spec, option.longestName() + " is for one camera by its URL, but --config is given");
      }
    }
  }

  private CameraProcess start(Opener opener) throws IOException, FaultyCamerasException {
    CameraProcess.Place place =
        new CameraProcess.Place(kafka(), Topics.withPrefix(topicPrefix), healthHost, healthPort);
    return config == null
        ? CameraProcess.ofOne(one(), opener, place, this::say)
        : CameraProcess.ofFile(config, Secrets.ofProcess(), opener, place, this::say);
  }

  private CameraSettings one() {
    try {
      return camera.settings(String.valueOf(url));
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private Map<String, Object> kafka() {
    Map<String, Object> properties;
    try {
      properties = KafkaProperties.read(kafkaProperties);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
    if (brokers != null && properties.containsKey("bootstrap.servers")) {
      throw Complaint.of(
          spec, "--brokers must be left out where --kafka-properties has bootstrap.servers");
    }
    properties.putIfAbsent(
        "bootstrap.servers", Objects.requireNonNullElse(brokers, "127.0.0.1:19092"));
    return properties;
  }

  private int check() {
    if (config == null) {
      CameraTable.print(List.of(one()), System.out);
      return ExitCode.OK;
    }
    try {
      CameraTable.print(CamerasFile.read(config, Secrets.ofProcess()), System.out);
      return ExitCode.OK;
    } catch (FaultyCamerasException e) {
      return refuse(e);
    }
  }

  private int refuse(FaultyCamerasException faulty) {
    int faults = faulty.faults().size();
    System.err.printf("saccade: %s has %d %s%n", config, faults, faults == 1 ? "fault" : "faults");
    faulty.faults().forEach(fault -> System.err.println("  " + fault));
    return ExitCode.USAGE;
  }

  private void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
