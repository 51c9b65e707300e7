package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people are told to type is known here, and works. A new command in a page must be added to
 * one of the tables: to be run, or with the reason why it is not.
 */
@Timeout(600)
class DocsTest {
  /** How unlabelled blocks begin that show something else than commands. */
  private static final List<String> NO_COMMANDS =
      List.of("camera ──▶", "pictures/train/", "onnxruntime-", "steady ");

  /** A command of the pages that is run, and what it must say. */
  private record Step(String command, boolean goesOn, String says) {}

  private static Step run(String command, String says) {
    return new Step(command, false, says);
  }

  private static Step start(String command, String says) {
    return new Step(command, true, says);
  }

  /** In the order in which they are run; what is started goes on until the end. */
  private static final List<Step> STEPS =
      List.of(
          run("./saccade doctor", "Next: ./saccade quickstart"),
          start("./saccade quickstart --brokers-only --port 19092 &", "Kafka broker at"),
          start("./saccade job --brokers 127.0.0.1:19092 --budget-cores 0.8 &", "classifying"),
          run("./saccade doctor --brokers 127.0.0.1:19092", "all seven are there"),
          run("kcat -P -b 127.0.0.1:19092 -t saccade.frames models/bundles/runway/golden.png", ""),
          run("kcat -C -b 127.0.0.1:19092 -t saccade.labels -o beginning -e", "\"classified\""),
          start("./saccade console --brokers 127.0.0.1:19092", "console at"),
          run(
              "./saccade camera probe 'rtsp://viewer:${env:YARD_PASSWORD}@10.0.0.5/stream1'",
              "frames in"),
          run("./saccade camera --config cameras.yaml --check", "replay"),
          start("./saccade camera --config cameras.yaml --brokers 127.0.0.1:19092", "live"),
          start(
              "./saccade camera 'rtsp://viewer:${env:YARD_PASSWORD}@10.0.0.5/stream1' --id yard"
                  + " --width 640 --fps 4 &",
              "live"),
          start("./saccade camera clip.mp4 --loop --id clip --width 640 --fps 10", "live"),
          run(
              "kcat -C -b 127.0.0.1:19092 -t saccade.labels -o -20 -c 20 | jq -c '[.camera,"
                  + " .classes[0].name, .classes[0].confidence, (.looks|length)]'",
              "[\"clip\","),
          run(
              "kcat -C -b 127.0.0.1:19092 -t saccade.labels -o -20 -c 20 | jq -c '[.camera,"
                  + " .outcome, .reason, .classes[0].name, .ageMillis]'",
              "\"replay\",\"classified\""),
          run(
              "kcat -C -b 127.0.0.1:19092 -t saccade.labels -o -100 -c 100 | jq -r .outcome | sort"
                  + " | uniq -c",
              "classified"),
          run(
              "kcat -C -b 127.0.0.1:19092 -t saccade.events -o beginning -e -f '%k %s\\n'",
              "\"changed\""),
          run("./saccade budget set --cores 0.5 --brokers 127.0.0.1:19092", "in force"),
          run("./saccade budget show --brokers 127.0.0.1:19092", "may use 0.500 cores"),
          run("./saccade budget replay --status topic --brokers 127.0.0.1:19092", "equal"));

  /** Commands that are not run here, and why. Those of Saccade are parsed all the same. */
  private static final Map<String, String> NOT_RUN = notRun();

  private static Map<String, String> notRun() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("./saccade quickstart( .*)?", "ends with Ctrl-C: EndTest and QuickstartTest");
    reasons.put("./saccade bench .*", "minutes on a quiet machine: the tests of deploy/bench");
    reasons.put("./saccade cluster .*", "starts many processes: RunIT of deploy/dist");
    reasons.put("./saccade chaos .*", "minutes: the tests of deploy/cluster");
    reasons.put("./saccade simulate .*", "the tests of models/simulate");
    reasons.put("./saccade size .*", "SizeCommandTest");
    reasons.put("./saccade model swap .*", "ModelSwapCommandTest");
    reasons.put("./saccade figures", "writes the README: FiguresCommandTest");
    reasons.put(
        "./saccade model (train|fold|compare|calibrate|import|quantise) .*",
        "needs Python and minutes: the tests of models/training");
    reasons.put(
        "./saccade model (verify|classify|evaluate|card) .*",
        "needs a bundle that was trained: ModelCommandTest");
    reasons.put(
        "./saccade (job|console) .*--bundle work/(doors|imagenet)",
        "needs a bundle that was trained");
    reasons.put("./saccade camera --config .*|./saccade camera rtsp.*", "the tests of cli.cameras");
    reasons.put("mkdir -p unsorted && for .*", "five minutes, a picture a second");
    reasons.put("./saccade budget set .*--camera .*", "BudgetCommandTest");
    reasons.put(
        "./saccade budget replay --status status.jsonl .*", "needs a file: BudgetCommandTest");
    reasons.put("export SACCADE_JAVA_OPTIONS=-Xmx2g", "a setting for what follows it");
    reasons.put("work/venv/bin/pip install .*", "needs Python and the network");
    reasons.put("cd models/training && .*pytest .*", "needs Python and minutes");
    reasons.put("mvn verify", "is what runs this test");
    reasons.put("mvn package -DskipTests.*", "is part of what runs this test");
    reasons.put("tar -xzf saccade-.*|cd saccade-.*|sha256sum .*", "RunIT of deploy/dist");
    reasons.put("./saccade job @conf/job.options", "ConfTest");
    reasons.put("mvn dependency:copy-dependencies .*", "writes to a cluster's folder");
    reasons.put("./saccade .*kafka:9093.*", "SystemAccessTest");
    reasons.put("(kcat|kafka-console-consumer.sh) .*kafka:9093 .*", "needs a broker that asks");
    reasons.put("./saccade job .*--metrics-port .*", "MonitoringTest");
    reasons.put("deploy/access/.*", "AccessTest");
    reasons.put("(docker|kubectl) .*", "needs an engine or a cluster: docs/kubernetes.md says so");
    reasons.put("deploy/fuzz/run .*", "minutes for each target: the tests of deploy/fuzz");
    reasons.put("parallelism = .*", "a formula");
    reasons.put("for (seed|fold|side) .*|done", "loops over what stands alone in other rows");
    reasons.put("flink .*", "needs a cluster: ClusterTest runs it on one");
    return reasons;
  }

  /** What stands for what in the pages' commands; the first that fits is taken first. */
  private Map<String, String> substitutions(int port) {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("rtsp://viewer:${env:YARD_PASSWORD}@10.0.0.5/stream1", "clip.mp4");
    table.put("rtsp://10.0.0.5/stream1", "clip.mp4");
    table.put("19092", Integer.toString(port));
    // A machine that is busy with other tests may be late even for a single picture.
    table.put("--budget-cores 0.8 &", "--budget-cores 0.8 --max-age 60m &");
    // Ports that others on the machine may have taken.
    table.put("./saccade console ", "./saccade console --port 0 ");
    table.put(
        "./saccade camera --config cameras.yaml --brokers",
        "./saccade camera --health-port 0 --config cameras.yaml --brokers");
    table.put(
        "./saccade camera 'clip.mp4' --id yard",
        "./saccade camera clip.mp4 --brokers 127.0.0.1:" + port + " --health-port 0 --id yard");
    table.put(
        "./saccade camera clip.mp4 --loop",
        "./saccade camera clip.mp4 --brokers 127.0.0.1:" + port + " --health-port 0 --loop");
    return table;
  }

  @TempDir Path folder;

  private static boolean isProgram(Docs.Block block) {
    return block.language().isEmpty()
        && NO_COMMANDS.stream().noneMatch(begin -> block.text().strip().startsWith(begin));
  }

  private static List<String> commands() throws IOException {
    return Docs.blocks().stream()
        .filter(DocsTest::isProgram)
        .flatMap(block -> block.commands().stream())
        .distinct()
        .toList();
  }

  /** A sentence may name a command without all that it needs: asked for help, it needs nothing. */
  private static String helpIfBare(String command) {
    return command.matches("\\./saccade( [a-z][a-z-]*)+") ? command + " --help" : command;
  }

  private static boolean matches(String pattern, String command) {
    return Pattern.matches(pattern.replace("./saccade", "\\./saccade"), command);
  }

  @Test
  void everyCommandIsKnown() throws IOException {
    List<String> unknown = new ArrayList<>(commands());
    unknown.removeIf(command -> STEPS.stream().anyMatch(step -> step.command.equals(command)));
    unknown.removeIf(
        command -> NOT_RUN.keySet().stream().anyMatch(pattern -> matches(pattern, command)));

    assertThat(commands()).hasSizeGreaterThan(25);
    assertThat(unknown).as("commands to be added to STEPS or NOT_RUN").isEmpty();
  }

  @Test
  void nothingIsRunThatNoPageNames() throws IOException {
    assertThat(STEPS.stream().map(Step::command)).isSubsetOf(commands());
  }

  @Test
  void everyCommandOfSaccadeIsUnderstood() throws IOException {
    List<String> all =
        Stream.concat(commands().stream(), Docs.inline().stream().map(DocsTest::helpIfBare))
            .filter(command -> command.startsWith("./saccade"))
            .map(command -> command.replaceFirst("[|>].*", ""))
            // The launcher gives these to Python.
            .filter(
                command ->
                    !matches(
                        "./saccade model (fold|compare|calibrate|import|quantise)( .*)?", command))
            .toList();

    assertThat(all).hasSizeGreaterThan(40);
    all.forEach(Parsing::accept);
  }

  @Test
  void whatIsPassedToFlinkRunIsUnderstoodByTheJob() throws IOException {
    List<String> jobs =
        commands().stream()
            .filter(command -> command.startsWith("flink run "))
            .map(command -> command.replaceFirst("^flink run .*?\\.jar ", "saccade job "))
            .toList();

    assertThat(jobs).isNotEmpty();
    jobs.forEach(Parsing::accept);
  }

  /** The pages' units for systemd. */
  @Test
  void everyServiceStartsWhatIsUnderstood() throws IOException {
    Pattern start = Pattern.compile("(?m)^ExecStart=/opt/saccade/(saccade .*)$");
    List<String> started =
        Docs.blocks().stream()
            .filter(block -> block.language().equals("ini"))
            .flatMap(block -> start.matcher(block.text()).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(started).hasSizeGreaterThan(3);
    started.forEach(Parsing::accept);
  }

  @Test
  void theReadmeNamesEveryCommand() throws IOException {
    String readme = Files.readString(Docs.ROOT.resolve("README.md"));

    assertThat(Saccade.commandLine().getSubcommands().keySet())
        .allSatisfy(command -> assertThat(readme).contains("./saccade " + command));
  }

  @Test
  void everyLinkWithinThePagesLeadsSomewhere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    for (Path page : Docs.pages()) {
      var match = link.matcher(Files.readString(page));
      while (match.find()) {
        assertThat(page.resolveSibling(match.group(1))).as("link in %s", page).exists();
      }
    }
  }

  /** Skips the test where a program is missing, but fails it in CI. */
  private static void require(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    assertThat(there || !"true".equals(System.getenv("CI"))).as("%s is there", program).isTrue();
    assumeTrue(there, program + " is needed");
  }

  @Test
  void everyCommandThatCanBeRunDoesWhatThePageSays() throws Exception {
    require("kcat");
    require("jq");
    int port = EmbeddedBroker.freePort();
    Files.createSymbolicLink(folder.resolve("models"), Docs.ROOT.resolve("models"));
    Path clip = Docs.ROOT.resolve("deploy/quickstart/clips").toAbsolutePath();
    try (Stream<Path> clips = Files.list(clip)) {
      Files.copy(
          clips.filter(it -> it.toString().endsWith(".mp4")).sorted().findFirst().orElseThrow(),
          folder.resolve("clip.mp4"));
    }
    Files.writeString(
        folder.resolve("cameras.yaml"),
        "cameras:\n  - {id: replay, url: %s, loop: true, fps: 10}\n"
            .formatted(folder.resolve("clip.mp4")));
    try (Terminal terminal = new Terminal(folder)) {
      for (Step step : STEPS) {
        String command = step.command;
        for (Map.Entry<String, String> entry : substitutions(port).entrySet()) {
          command = command.replace(entry.getKey(), entry.getValue());
        }
        if (step.goesOn) {
          terminal.startUntil(command, step.says);
        } else {
          terminal.runUntil(command, step.says);
        }
      }
    } finally {
      Files.delete(folder.resolve("models")); // Only the link.
    }
  }
}
