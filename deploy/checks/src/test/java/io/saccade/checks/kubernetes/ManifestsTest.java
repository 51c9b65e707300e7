package io.saccade.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.checks.Command;
import io.saccade.checks.FlinkKeys;
import io.saccade.checks.Needs;
import io.saccade.checks.Script;
import io.saccade.cli.Saccade;
import io.saccade.job.JobOptions;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manifests, as far as they can be tried without a cluster. */
@Timeout(120)
// The definitions are large, and read once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Set<String> COMPACTED =
      Set.of(Topics.DEFAULT.control(), Topics.DEFAULT.cameras());

  private final List<Manifest> all;
  private final CustomSchemas schemas;

  ManifestsTest() throws IOException {
    all = Manifest.all();
    schemas = new CustomSchemas();
  }

  private Stream<Manifest> withPods() {
    return all.stream().filter(it -> !it.containers().isEmpty());
  }

  @Test
  void theOperatorsResourcesAreAsTheirDefinitionsWantThem() {
    List<Manifest> custom = all.stream().filter(schemas::know).toList();

    assertThat(custom.stream().map(Manifest::kind).distinct())
        .containsExactlyInAnyOrder(
            "FlinkDeployment", "Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser");
    assertThat(custom).allSatisfy(it -> assertThat(schemas.complaints(it)).as("" + it).isEmpty());
  }

  @Test
  void aFieldThatTheDefinitionsDoNotKnowIsFound() throws IOException {
    Manifest job = Manifest.named("FlinkDeployment", "saccade");
    ObjectNode changed = job.content().deepCopy();
    ((ObjectNode) changed.path("spec").path("job")).put("upgradMode", "savepoint");
    ((ObjectNode) changed.path("spec")).put("flinkVersion", "v9_9");

    assertThat(schemas.complaints(new Manifest("changed", changed)))
        .anySatisfy(it -> assertThat(it).contains("upgradMode"))
        .anySatisfy(it -> assertThat(it).contains("flinkVersion"));
  }

  @Test
  void kubernetesOwnResourcesAreAsItsSchemasWantThem() throws Exception {
    new Needs("kubernetes-validate", "from PyPI").require();
    List<String> command =
        new ArrayList<>(List.of("kubernetes-validate", "-k", "1.31", "--strict", "--no-warn"));
    Set<String> files = all.stream().map(Manifest::file).collect(Collectors.toSet());
    files.forEach(file -> command.add(Manifest.FOLDER.resolve(file).toString()));

    String said = Script.run(Map.of(), command);

    List<Manifest> core = all.stream().filter(it -> !schemas.know(it)).toList();
    assertThat(core).hasSizeGreaterThan(10);
    assertThat(core)
        .allSatisfy(
            it ->
                assertThat(said)
                    .containsIgnoringCase(
                        "passed for resource %s/%s".formatted(it.kind(), it.name())));
  }

  @Test
  void everyFileIsApplied() throws IOException {
    JsonNode kustomization = Manifest.read(Manifest.FOLDER.resolve("kustomization.yaml")).get(0);
    Set<String> applied = new TreeSet<>();
    kustomization.path("resources").forEach(it -> applied.add(it.asText()));

    assertThat(applied)
        .isEqualTo(all.stream().map(Manifest::file).collect(Collectors.toCollection(TreeSet::new)));
    assertThat(all)
        .filteredOn(it -> !it.kind().equals("Namespace"))
        .allSatisfy(
            it ->
                assertThat(it.content().path("metadata").path("namespace").asText())
                    .as("" + it)
                    .isEqualTo("saccade"));
  }

  @Test
  void noContainerMayDoMoreThanItMust() {
    assertThat(withPods().count()).isEqualTo(3);
    withPods()
        .forEach(
            it -> {
              JsonNode pod = it.pod().path("spec").path("securityContext");
              assertThat(pod.path("runAsNonRoot").asBoolean()).as("" + it).isTrue();
              assertThat(pod.path("runAsUser").asInt()).as("" + it).isPositive();
              for (JsonNode container : it.containers()) {
                JsonNode may = container.path("securityContext");
                assertThat(may.path("readOnlyRootFilesystem").asBoolean()).as("" + it).isTrue();
                assertThat(may.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(may.path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
              }
            });
  }

  @Test
  void everyContainerOfOursSaysWhatItTakes() {
    withPods()
        .filter(it -> it.kind().equals("Deployment"))
        .flatMap(it -> it.containers().stream())
        .forEach(
            it -> {
              assertThat(it.path("resources").path("requests").path("cpu").asText()).isNotEmpty();
              assertThat(it.path("resources").path("limits").path("memory").asText()).isNotEmpty();
            });
  }

  @Test
  void everythingThatIsMountedIsThere() {
    withPods()
        .forEach(
            it -> {
              Set<String> volumes = new TreeSet<>();
              it.pod()
                  .path("spec")
                  .path("volumes")
                  .forEach(volume -> volumes.add(volume.path("name").asText()));
              Set<String> mounted = new TreeSet<>();
              for (JsonNode container : it.containers()) {
                container
                    .path("volumeMounts")
                    .forEach(mount -> mounted.add(mount.path("name").asText()));
              }
              assertThat(mounted).as("" + it).isEqualTo(volumes);
            });
  }

  @Test
  void whatIsMountedFollowsItsSource() {
    withPods()
        .flatMap(it -> it.containers().stream())
        .forEach(
            it ->
                assertThat(it.path("volumeMounts").findValues("subPath"))
                    .as("never updated in " + it.path("name").asText())
                    .isEmpty());
  }

  @Test
  void theCamerasFileIsWhereItsConfigMapIsMounted() throws IOException {
    Manifest cameras = Manifest.named("Deployment", "saccade-cameras");
    JsonNode container = cameras.containers().get(0);
    String folder =
        StreamSupport.stream(container.path("volumeMounts").spliterator(), false)
            .filter(it -> it.path("name").asText().equals("cameras"))
            .map(it -> it.path("mountPath").asText())
            .findFirst()
            .orElseThrow();

    assertThat(words(container.path("args"))).contains("--config=" + folder + "/cameras.yaml");
  }

  @Test
  void noSecretStandsInAManifest() throws IOException {
    assertThat(all).noneMatch(it -> it.kind().equals("Secret"));
    Pattern password =
        Pattern.compile("(?i)(password|token|secret)\\w*\\s*[=:]\\s*\"?[A-Za-z0-9]{8,}");
    for (Manifest it : all) {
      assertThat(Files.readString(Manifest.FOLDER.resolve(it.file())))
          .doesNotContainPattern(password);
    }
  }

  @Test
  void clientsAreToldTheSameAsInTheSampleFile() throws IOException {
    assertThat(
            Manifest.named("ConfigMap", "kafka-client")
                .content()
                .path("data")
                .path("client.properties")
                .asText())
        .isEqualTo(Files.readString(ROOT.resolve("deploy/access/client.properties")));
  }

  @Test
  void everyClientHasTheSecretOfAUserThatThereIs() {
    Set<String> users =
        all.stream()
            .filter(it -> it.kind().equals("KafkaUser"))
            .map(Manifest::name)
            .collect(Collectors.toSet());
    withPods()
        .forEach(
            it -> {
              JsonNode kafka =
                  StreamSupport.stream(it.pod().path("spec").path("volumes").spliterator(), false)
                      .filter(volume -> volume.path("name").asText().equals("kafka"))
                      .findFirst()
                      .orElseThrow();
              JsonNode sources = kafka.path("projected").path("sources");
              assertThat(sources.path(1).path("secret").path("name").asText())
                  .isEqualTo("saccade-cluster-ca-cert");
              assertThat(users).contains(sources.path(2).path("secret").path("name").asText());
            });
  }

  @Test
  void theTopicsAreThoseOfTheWireAndHoldTheLargestPicture() {
    Map<String, JsonNode> topics =
        all.stream()
            .filter(it -> it.kind().equals("KafkaTopic"))
            .collect(Collectors.toMap(Manifest::name, Manifest::spec));

    Topics wire = Topics.DEFAULT;
    assertThat(topics.keySet())
        .containsExactlyInAnyOrder(
            wire.frames(),
            wire.labels(),
            wire.events(),
            wire.control(),
            wire.status(),
            wire.deadLetters(),
            wire.cameras());
    topics.forEach(
        (name, spec) ->
            assertThat(spec.path("config").path("cleanup.policy").asText("delete"))
                .as(name)
                .isEqualTo(COMPACTED.contains(name) ? "compact" : "delete"));
    COMPACTED.forEach(name -> assertThat(topics.get(name)).isNotNull());
    JsonNode frames = topics.getOrDefault(wire.frames(), all.get(0).content());
    assertThat(frames.path("config").path("max.message.bytes").asInt()).isGreaterThan(8 << 20);
  }

  /** What {@code topic NAME PARTITIONS SETTING...} stands for in docs/access.md. */
  @Test
  void theTopicsMadeByHandAreTheSame() throws IOException {
    Map<String, List<String>> made = new TreeMap<>();
    Pattern call = Pattern.compile("(?m)^topic ([a-z-]+) (\\d.*)$");
    Matcher calls = call.matcher(Files.readString(Path.of("../../docs/access.md")));
    while (calls.find()) {
      made.put("saccade." + calls.group(1), List.of(calls.group(2).split(" ", -1)));
    }

    Map<String, List<String>> wanted = new TreeMap<>();
    for (Manifest topic : all) {
      if (topic.kind().equals("KafkaTopic")) {
        List<String> settings = new ArrayList<>();
        settings.add(topic.spec().path("partitions").asText());
        topic
            .spec()
            .path("config")
            .properties()
            .forEach(it -> settings.add(it.getKey() + "=" + it.getValue().asText()));
        wanted.put(topic.name(), settings);
      }
    }
    assertThat(made).isEqualTo(wanted);
  }

  @Test
  void theJobIsStartedWithOptionsThatItUnderstandsAndABudgetThatFits() throws IOException {
    Manifest deployment = Manifest.named("FlinkDeployment", "saccade");
    JsonNode job = deployment.spec().path("job");
    List<String> arguments = words(job.path("args"));
    Map<String, String> given = new TreeMap<>();
    arguments.forEach(it -> given.put(it.split("=", 2)[0], it.split("=", 2)[1]));

    parse("job", arguments);
    int parallelism = Integer.parseInt(given.getOrDefault("--parallelism", "0"));
    assertThat(parallelism).isEqualTo(job.path("parallelism").asInt());
    assertThat(
            JobOptions.builder()
                .parallelism(parallelism)
                .budgetCores(Double.parseDouble(given.getOrDefault("--budget-cores", "0")))
                .build()
                .budgetCores())
        .isLessThanOrEqualTo(
            parallelism
                * deployment.spec().path("taskManager").path("resource").path("cpu").asDouble());
    Manifest frames = Manifest.named("KafkaTopic", Topics.DEFAULT.frames());
    assertThat(frames.spec().path("partitions").asInt()).isGreaterThanOrEqualTo(parallelism);
    assertThat(job.path("upgradeMode").asText()).isEqualTo("savepoint");
  }

  @Test
  void aJobManagerThatDoesNotAnswerIsStartedAnewAsOnACluster() throws IOException {
    Manifest deployment = Manifest.named("FlinkDeployment", "saccade");
    JsonNode container =
        deployment
            .spec()
            .path("jobManager")
            .path("podTemplate")
            .path("spec")
            .path("containers")
            .path(0);
    JsonNode probe = container.path("livenessProbe");

    // The operator merges both lists by place.
    assertThat(container.path("name")).isEqualTo(deployment.containers().get(0).path("name"));
    assertThat(probe.path("httpGet").path("path").asText()).isEqualTo("/overview");
    assertThat(probe.path("httpGet").path("port").asInt()).isEqualTo(8081);
    assertThat(probe.path("failureThreshold").asInt() * probe.path("periodSeconds").asInt())
        .as("seconds until it is given up")
        .isEqualTo(15);
  }

  /** As docs/kubernetes.md has it, by Flink's own reckoning. */
  @Test
  void aTaskManagersMemoryIsDividedAsTheGuideSays() throws IOException {
    JsonNode spec = Manifest.named("FlinkDeployment", "saccade").spec();
    Configuration settings = new Configuration();
    spec.path("flinkConfiguration")
        .properties()
        .forEach(it -> settings.setString(it.getKey(), it.getValue().asText()));
    settings.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.path("taskManager").path("resource").path("memory").asText()));

    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);

    assertThat(Files.readString(ROOT.resolve("docs/kubernetes.md")))
        .contains(
            String.format(
                Locale.ROOT, "a limit of %,d MB", megabytes(memory.getTotalProcessMemorySize())))
        .contains("%d MB of heap,".formatted(megabytes(memory.getJvmHeapMemorySize())))
        .contains("%d MB of direct memory".formatted(megabytes(memory.getJvmDirectMemorySize())))
        .contains("(%d of them for ONNX".formatted(megabytes(memory.getTaskOffHeapSize())))
        .contains("%d MB of metaspace".formatted(megabytes(memory.getJvmMetaspaceSize())))
        .contains("%d MB for threads".formatted(megabytes(memory.getJvmOverheadSize())));
  }

  private static int megabytes(MemorySize size) {
    return size.getMebiBytes();
  }

  @Test
  void flinkKnowsEveryKeyOfItsConfiguration() throws IOException {
    Set<String> unknown = new TreeSet<>();
    Manifest.named("FlinkDeployment", "saccade")
        .spec()
        .path("flinkConfiguration")
        .fieldNames()
        .forEachRemaining(
            key -> {
              // Of the operator, which is not on Maven Central.
              if (!key.startsWith("kubernetes.operator.")
                  && !key.startsWith("job.autoscaler.")
                  && !FlinkKeys.known(key)) {
                unknown.add(key);
              }
            });
    assertThat(unknown).isEmpty();
    assertThat(FlinkKeys.known("high-availability.typ")).isFalse();
  }

  @Test
  void camerasAndConsoleAreStartedWithOptionsThatTheyUnderstand() throws IOException {
    for (String name : List.of("saccade-cameras", "saccade-console")) {
      List<String> arguments =
          words(
              Manifest.named("Deployment", name)
                  .pod()
                  .path("spec")
                  .path("containers")
                  .path(0)
                  .path("args"));
      parse(arguments.get(0), arguments.subList(1, arguments.size()));
    }
  }

  @Test
  void theCamerasFileIsRightOnceItsSecretsAreThere(@TempDir Path secrets) throws IOException {
    Files.writeString(secrets.resolve("yard"), "p@ss/word");
    Files.writeString(secrets.resolve("gate"), "t&ken");
    String cameras =
        Manifest.named("ConfigMap", "cameras").content().path("data").path("cameras.yaml").asText();
    Path file =
        Files.writeString(
            secrets.resolve("cameras.yaml"),
            cameras.replace("/run/secrets/cameras", secrets.toString()));

    Command check = Command.saccade("camera", "--config", file.toString(), "--check");

    assertThat(check.code()).as(check.said()).isZero();
    assertThat(check.said())
        .contains("yard", "gate")
        .doesNotContain("p@ss")
        .doesNotContain("t&ken");
  }

  @Test
  void everyPodThatAPolicyMeansIsThere() {
    Set<String> labels = new TreeSet<>();
    withPods()
        .forEach(
            it ->
                it.pod()
                    .path("metadata")
                    .path("labels")
                    .properties()
                    .forEach(
                        label -> labels.add(label.getKey() + "=" + label.getValue().asText())));
    // Given by Strimzi and by Flink's native mode.
    labels.addAll(
        Set.of("strimzi.io/cluster=saccade", "app=saccade", "type=flink-native-kubernetes"));
    Set<String> meant = new TreeSet<>();
    all.stream()
        .filter(it -> it.kind().equals("NetworkPolicy"))
        .forEach(
            it ->
                it.spec()
                    .path("podSelector")
                    .path("matchLabels")
                    .properties()
                    .forEach(label -> meant.add(label.getKey() + "=" + label.getValue().asText())));
    assertThat(meant).isNotEmpty().isSubsetOf(labels);
  }

  private static void parse(String command, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(arguments);
    var unused = Saccade.commandLine().parseArgs(words.toArray(String[]::new));
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(it -> words.add(it.asText()));
    return words;
  }
}
