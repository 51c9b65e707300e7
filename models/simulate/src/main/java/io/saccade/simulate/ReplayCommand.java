package io.saccade.simulate;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Contents;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.simulate.replay.Difference;
import io.saccade.simulate.replay.Replay;
import io.saccade.simulate.replay.StatusLog;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code saccade budget replay}: were the logged decisions those the controller makes? */
@Command(
    name = "replay",
    description = {
      "Makes every logged decision anew, and compares bit for bit.",
      "Made from what was remembered, asked for and seen; names the first difference.",
      "",
      "Example: saccade budget replay --status topic --brokers 127.0.0.1:19092",
      "Example: saccade budget replay --status status.jsonl \\",
      "    --bundle models/bundles/runway",
      "",
      "Records that do not say which stage costs the job measured need --nominal.",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final String TOPIC = "topic";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--status",
      paramLabel = "FILE|topic",
      required = true,
      description = "Status records as JSON lines, or the status topic.")
  private String status = TOPIC;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      defaultValue = "${sys:saccade.home:-.}/models/bundles/runway",
      description = "The model that the job looked with (default: the shipped one).")
  private Path bundle = Path.of("");

  @Option(
      names = "--nominal",
      paramLabel = "NANOS",
      split = ",",
      description = "Stage costs where the log has none: DECODE,GLANCE,FOCUS, in nanoseconds.")
  private List<Double> nominal = List.of();

  @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
  private String brokers = "127.0.0.1:19092";

  @Option(names = "--topic-prefix", paramLabel = "PREFIX", description = "What topics start with.")
  private String topicPrefix = "saccade";

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "More settings of Kafka's clients, such as TLS and SASL.")
  private @Nullable Path kafkaProperties;

  @Override
  public Integer call() throws IOException {
    boolean file = Files.exists(Path.of(status));
    if (!file && !status.equals(TOPIC)) {
      throw wrong("--status must be a file or 'topic', but there is no file " + status);
    }
    StageCosts given = nominal();
    Complaints complaints = new Complaints(bundle);
    Contents contents = Contents.read(bundle, complaints);
    complaints.refuseIfAny();
    Manifest.MultiplyAdds counted = contents.manifest().multiplyAdds();
    LookWork work = new LookWork(counted.glance(), counted.focus());
    Replay replay = new Replay(contents.frontier().reach(), work, given);
    Optional<Difference> difference =
        file
            ? StatusLog.ofFile(Path.of(status), replay::take)
            : StatusLog.ofTopic(clients(), Topics.withPrefix(topicPrefix).status(), replay::take);
    return judge(replay, difference);
  }

  private Map<String, Object> clients() {
    Map<String, Object> clients = new HashMap<>();
    if (kafkaProperties != null) {
      Properties read = new Properties();
      try (Reader file = Files.newBufferedReader(kafkaProperties)) {
        read.load(file);
      } catch (IOException | IllegalArgumentException e) {
        throw wrong(
            "--kafka-properties must be a file of properties, but %s cannot be read"
                .formatted(kafkaProperties));
      }
      read.stringPropertyNames().forEach(name -> clients.put(name, read.getProperty(name)));
    }
    if (clients.put("bootstrap.servers", brokers) != null) {
      throw wrong("bootstrap.servers must be given by --brokers, but stands in " + kafkaProperties);
    }
    return clients;
  }

  private int judge(Replay replay, Optional<Difference> difference) {
    PrintWriter out = commandSpec().commandLine().getOut();
    long compared = replay.decisions() - replay.untold();
    if (difference.isPresent()) {
      out.println("differs: " + difference.get());
    } else if (replay.untold() > 0) {
      out.printf(
          "%d of %d decisions are equal; the others do not say the stage costs: give --nominal%n",
          compared, replay.decisions());
    } else if (compared == 0) {
      out.printf("no decisions among %d records%n", replay.records());
    } else {
      out.printf("equal: %d decisions among %d records%n", compared, replay.records());
    }
    out.flush();
    boolean equal = difference.isEmpty() && replay.untold() == 0 && compared > 0;
    return equal ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private @Nullable StageCosts nominal() {
    if (nominal.isEmpty()) {
      return null;
    }
    if (nominal.size() != 3) {
      throw wrong("--nominal must be three numbers, but were " + nominal.size());
    }
    try {
      return new StageCosts(nominal.get(0), nominal.get(1), nominal.get(2));
    } catch (IllegalArgumentException e) {
      throw wrong("--nominal: " + e.getMessage());
    }
  }

  private ParameterException wrong(String complaint) {
    return new ParameterException(commandSpec().commandLine(), complaint);
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli, but was not");
    }
    return spec;
  }
}
