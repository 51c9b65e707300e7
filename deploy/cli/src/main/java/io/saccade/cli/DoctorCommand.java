package io.saccade.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.cli.doctor.Broker;
import io.saccade.cli.doctor.Check;
import io.saccade.cli.doctor.Clocks;
import io.saccade.cli.doctor.Cores;
import io.saccade.cli.doctor.Finding;
import io.saccade.cli.doctor.Finding.State;
import io.saccade.cli.doctor.Folder;
import io.saccade.cli.doctor.Memory;
import io.saccade.cli.doctor.Natives;
import io.saccade.cli.doctor.Ports;
import io.saccade.cli.doctor.Programs;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade doctor}. Java and Maven have been looked at by the launcher. */
@Command(
    name = "doctor",
    description = {
      "Tells whether this machine has what Saccade needs.",
      "Where it has not, says what to do. Everything is tried: libraries are loaded, ports"
          + " opened, a broker is asked.",
      "",
      "Example: saccade doctor",
      "Example: saccade doctor --brokers 127.0.0.1:19092",
      "Example: saccade doctor --ports 19092,8087 --json",
      ""
    },
    footer = {"", "Exit codes: 0 no problem, 1 a problem, 2 wrong usage."},
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  /** Where the broker, the console and the camera process listen unless told otherwise. */
  private static final List<Integer> USUAL_PORTS = List.of(19092, 8087, 8086);

  /** A minute of frames of forty cameras, and what Flink and native libraries lay there. */
  private static final long TEMPORARY_MEGABYTES = 2048;

  private static final long WORK_MEGABYTES = 256;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT",
      description = "Look at these Kafka brokers, too.")
  private @Nullable String brokers;

  @Option(names = "--topic-prefix", paramLabel = "PREFIX", description = "What topics start with.")
  private String topicPrefix = "saccade";

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "What Kafka clients need besides: security, for example.")
  private @Nullable Path kafkaProperties;

  @Option(
      names = "--ports",
      paramLabel = "PORT",
      split = ",",
      description = "Ports that must be free (default: 19092, 8087 and 8086 should be).")
  private List<Integer> ports = List.of();

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "The model (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Check> checks = checks();
    List<Finding> all = new ArrayList<>(ofTheLauncher());
    for (Check check : checks) {
      all.addAll(check.look());
    }
    boolean well = all.stream().noneMatch(it -> it.state() == State.PROBLEM);
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(report(well, all)));
    } else {
      all.forEach(finding -> System.out.println(finding.text()));
      System.out.println(verdict(well, all));
    }
    return well ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Check> checks() {
    for (int port : ports) {
      if (port < 1 || port > 65535) {
        throw Complaint.of(spec, "a port must be within [1, 65535], but was " + port);
      }
    }
    List<Check> checks =
        new ArrayList<>(
            List.of(
                new Memory(Path.of("/")),
                new Cores(
                    Runtime.getRuntime().availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                new Folder(
                    "temporary",
                    Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
                    TEMPORARY_MEGABYTES,
                    "take another: SACCADE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER"),
                new Folder("work", Home.work(), WORK_MEGABYTES, "move Saccade somewhere else"),
                new Natives(bundle == null ? Home.bundle() : bundle),
                new Ports(ports, USUAL_PORTS),
                Clocks.ofThisMachine(),
                new Programs(System.getenv().getOrDefault("PATH", ""))));
    if (brokers != null) {
      checks.add(new Broker(clients(brokers), Topics.withPrefix(topicPrefix)));
    }
    return checks;
  }

  private Map<String, Object> clients(String address) {
    try {
      Map<String, Object> clients = KafkaProperties.read(kafkaProperties);
      clients.put("bootstrap.servers", address);
      return clients;
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private static List<Finding> ofTheLauncher() {
    String lines = System.getenv().getOrDefault("SACCADE_FINDINGS", "");
    return lines.lines().filter(line -> !line.isBlank()).map(Finding::parse).toList();
  }

  private static ObjectNode report(boolean well, List<Finding> all) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("well", well);
    for (Finding finding : all) {
      report
          .withArray("findings")
          .addObject()
          .put("state", finding.state().name().toLowerCase(Locale.ROOT))
          .put("what", finding.what())
          .put("found", finding.found())
          .put("expected", finding.expected())
          .put("advice", finding.advice());
    }
    return report;
  }

  private static String verdict(boolean well, List<Finding> all) {
    long warnings = all.stream().filter(it -> it.state() == State.WARNING).count();
    return !well
        ? "Something is missing: see problem above."
        : warnings > 0
            ? "Saccade runs here; see the warnings above. Next: ./saccade quickstart"
            : "All is well. Next: ./saccade quickstart";
  }
}
