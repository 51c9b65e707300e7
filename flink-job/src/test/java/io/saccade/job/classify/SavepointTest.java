package io.saccade.job.classify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.job.control.AuditState;
import io.saccade.job.control.GovernorState;
import io.saccade.job.control.ModelState;
import io.saccade.job.events.CameraState;
import io.saccade.job.network.BundleOpener;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What releases kept is read by today's classes, to the last value: the savepoints in {@code
 * src/test/resources/savepoints}, one for each release (its README says how they are made). The
 * real job goes on from them in the quickstart's {@code SavepointRestoreTest}.
 *
 * <p>That these tests fail when a state is changed for the worse is itself tested, at the end: a
 * field of another type is refused by Flink, and a field that is gone, which Flink would drop
 * without a word, is missed by name.
 */
class SavepointTest {
  private static final Path RELEASES = Path.of("src/test/resources/savepoints");
  private static final Path TINY = Path.of("../models/gfnet/src/test/bundles/tiny");

  private static final Map<String, Class<? extends Record>> TODAY =
      Map.of(
          "governor", GovernorState.class,
          "cameras", CameraState.class,
          "audits", AuditState.class,
          "models", ModelState.class);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @TempDir Path folder;

  static List<Path> releases() throws IOException {
    try (Stream<Path> all = Files.list(RELEASES)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static JsonNode expected(Path release) throws IOException {
    return JSON.readTree(release.resolve("expected.json").toFile());
  }

  private static JsonNode made(Path release) throws IOException {
    return JSON.readTree(release.resolve("made.json").toFile());
  }

  private static JsonNode read(KeptState kept) throws IOException {
    Map<String, List<?>> read = new TreeMap<>();
    TODAY.forEach((name, type) -> read.put(name, kept.values(name, type)));
    // By way of text, as what is expected has come.
    return JSON.readTree(JSON.writeValueAsBytes(read));
  }

  /** Part of making a release's savepoint. */
  @Test
  @EnabledIfSystemProperty(named = "saccade.savepoint", matches = ".+")
  void writesDownWhatTheNewSavepointHolds() throws IOException {
    Path release = Path.of(System.getProperty("saccade.savepoint"));
    JSON.writeValue(
        release.resolve("expected.json").toFile(), read(KeptState.ofSavepoint(release)));
  }

  @Test
  void thereAreTwoOfThisRelease() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.+?)(-SNAPSHOT)?</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(releases())
        .contains(
            RELEASES.resolve(version.group(1)),
            RELEASES.resolve(version.group(1) + "-exactly-once"));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyStateOfAReleaseIsReadByTodaysTypes(Path release) {
    KeptState kept = KeptState.ofSavepoint(release);

    assertThat(kept.names()).isSubsetOf(TODAY.keySet());
    kept.written(getClass().getClassLoader())
        .forEach(
            (name, written) ->
                assertThat(compatibility(requireNonNull(TODAY.get(name)), written).isIncompatible())
                    .as(name)
                    .isFalse());
  }

  @SuppressWarnings("unchecked") // that it is of the same type is what is asked
  private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
      Class<?> type, TypeSerializerSnapshot<?> written) {
    TypeSerializerSnapshot<T> now =
        (TypeSerializerSnapshot<T>)
            TypeInformation.of(type)
                .createSerializer(new SerializerConfigImpl())
                .snapshotConfiguration();
    return now.resolveSchemaCompatibility((TypeSerializerSnapshot<T>) written);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyValueIsTheOneThatWasKept(Path release) throws IOException {
    JsonNode read = read(KeptState.ofSavepoint(release));

    expected(release).properties().forEach(state -> holds(state.getKey(), state.getValue(), read));
    // An empty state would hold whatever is expected of it.
    assertThat(read.path("governor")).hasSize(made(release).path("subtasks").asInt(1));
    assertThat(read.at("/models/0/inForce").isNull())
        .isEqualTo(made(release).path("model").isMissingNode());
    assertThat(read.path("cameras").size()).isGreaterThan(2);
  }

  /** Fields may have come since; none may have gone or changed. */
  private static void holds(String name, JsonNode expected, JsonNode read) {
    assertThat(read.path(name)).as(name).hasSameSizeAs(expected);
    for (int at = 0; at < expected.size(); at++) {
      for (Map.Entry<String, JsonNode> field : expected.get(at).properties()) {
        assertThat(read.path(name).get(at).path(field.getKey()))
            .as("%s[%d].%s", name, at, field.getKey())
            .isEqualTo(field.getValue());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void oneSubtaskGoesOnWithAllOfIt(Path release) throws Exception {
    goesOn(release, 1);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void eachOfTwoSubtasksGoesOnWithAllOfIt(Path release) throws Exception {
    goesOn(release, 2);
  }

  private static void goesOn(Path release, int parallelism) throws Exception {
    KeptState before = KeptState.ofSavepoint(release);
    List<GovernorState> governors = before.values("governor", GovernorState.class);
    double budget = 0;
    List<AuditState> audits = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      GovernorState governor = predecessor(governors, subtask);
      FakeClock clock = new FakeClock();
      try (Subtask restored =
          Subtask.restored(
              clock,
              opener(release),
              Subtask.START,
              subtask,
              parallelism,
              share(before, governors.size(), parallelism, subtask))) {
        KeptState after = new KeptState(restored.snapshot());
        assertThat(without(after.values("governor", GovernorState.class), "demand"))
            .isEqualTo(without(List.of(governor), "demand"));
        assertThat(without(after.values("cameras", CameraState.class), "ours"))
            .containsExactlyInAnyOrderElementsOf(
                without(cameras(before, governors.size() == parallelism, subtask), "ours"));
        assertThat(after.values("models", ModelState.class).get(0).inForce())
            .isEqualTo(before.values("models", ModelState.class).get(0).inForce());
        audits.addAll(after.values("audits", AuditState.class));
        restored.tick();
        assertThat(restored.lastDecision().memory())
            .containsExactlyElementsOf(Arrays.stream(governor.memory()).boxed().toList());
        assertThat(restored.lastDecision().epoch()).isEqualTo(governor.epoch());
        budget += restored.lastBudget();
      }
    }
    double whole = requireNonNull(settings(governors.get(0)).budgetCores());
    if (governors.size() == parallelism && parallelism > 1) {
      // They know what the others wanted then, and here nobody tells them what they want now.
      assertThat(budget).isPositive().isLessThanOrEqualTo(whole);
    } else {
      assertThat(budget).isEqualTo(whole);
    }
    assertThat(audits.stream().mapToInt(state -> state.audits().length).sum())
        .as("kept by one of them")
        .isGreaterThanOrEqualTo(before.values("audits", AuditState.class).get(0).audits().length);
  }

  /** Of tiny, and of the model that was in force, from where it was ordered. */
  private static BundleOpener opener(Path release) throws IOException {
    JsonNode model = made(release).path("model");
    if (model.isMissingNode()) {
      return new BundleOpener(TINY.toString());
    }
    Path place = Path.of(model.path("location").asText());
    return new BundleOpener(
        TINY.toString(), null, List.of(requireNonNull(place.getParent()).toString()));
  }

  /** The one of the same number, else the first. */
  private static GovernorState predecessor(List<GovernorState> governors, int subtask) {
    return governors.stream()
        .filter(governor -> governor.subtask() == subtask)
        .findFirst()
        .orElse(governors.get(0));
  }

  private static OperatorSubtaskState share(
      KeptState before, int subtasks, int parallelism, int subtask) {
    return subtasks == 1 && parallelism == 1
        ? before.state()
        : AbstractStreamOperatorTestHarness.repartitionOperatorState(
            before.state(), 16, subtasks, parallelism, subtask);
  }

  /** Everybody's after a rescale, for nobody knows whose they will be. */
  private static List<CameraState> cameras(KeptState before, boolean own, int subtask) {
    return before.values("cameras", CameraState.class).stream()
        .filter(camera -> !own || camera.subtask() == subtask)
        .toList();
  }

  private static Control settings(GovernorState governor) {
    return JsonCodec.CONTROL.decode(requireNonNull(governor.control()));
  }

  /** As JSON, without who kept it, and without what depends on how many there are. */
  private static List<JsonNode> without(List<? extends Record> states, String field) {
    return states.stream()
        .map(state -> JSON.<ObjectNode>valueToTree(state))
        .<JsonNode>map(state -> state.without(List.of("subtask", "parallelism", field)))
        .toList();
  }

  @Test
  void aFieldOfAnotherTypeWouldBeNoticed() throws Exception {
    KeptState kept = KeptState.ofSavepoint(releases().get(0));
    Class<?> same = recompiled(GovernorState.class, name -> "");
    Class<?> changed =
        recompiled(GovernorState.class, name -> name.equals("epoch") ? "String" : "");

    assertThat(incompatible(kept, "governor", same)).isFalse();
    assertThat(incompatible(kept, "governor", changed)).isTrue();
  }

  @Test
  void aFieldThatIsGoneOrHasAnotherNameWouldBeNoticed() throws Exception {
    Class<?> changed = recompiled(CameraState.class, name -> name.equals("agreeing") ? null : "");
    Set<String> known = new TreeSet<>();
    Arrays.stream(changed.getRecordComponents()).forEach(field -> known.add(field.getName()));
    Set<String> wanted = new TreeSet<>();
    expected(releases().get(0)).at("/cameras/0").fieldNames().forEachRemaining(wanted::add);

    // Flink takes this for a change that was meant; the expected values do not.
    assertThat(incompatible(KeptState.ofSavepoint(releases().get(0)), "cameras", changed))
        .isFalse();
    wanted.removeAll(known);
    assertThat(wanted).containsExactly("agreeing");
  }

  private Class<?> recompiled(
      Class<? extends Record> type, Function<String, @Nullable String> change) throws IOException {
    return Recompiled.with(type, change, Files.createTempDirectory(folder, "changed"));
  }

  private static boolean incompatible(KeptState kept, String name, Class<?> type) {
    return compatibility(type, requireNonNull(kept.written(type.getClassLoader()).get(name)))
        .isIncompatible();
  }
}
