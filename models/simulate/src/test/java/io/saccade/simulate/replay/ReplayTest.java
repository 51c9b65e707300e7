package io.saccade.simulate.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.budget.Settings;
import io.saccade.simulate.Traces;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.load.Arrivals;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.measure.RunLog.Dial;
import io.saccade.simulate.trace.Trace;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Trace TRACE = Traces.mixed(1);
  private static final Scenario SCENARIO =
      Scenarios.of(TRACE).stream()
          .filter(it -> it.name().equals("step-x3"))
          .findAny()
          .orElseThrow();
  private static final Settings SETTINGS = SCENARIO.settings();

  @TempDir private Path folder;

  @Test
  void aLogReplaysToTheSameDecisions() throws IOException {
    List<Status> log = log(Contender.LAW, "law", 5);
    Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    assertThat(StatusLog.ofFile(written(log), replay::take)).isEmpty();
    assertThat(replay.decisions()).isEqualTo(log.size());
    assertThat(replay.untold()).isZero();
  }

  @Test
  void theBaselinesReplayToo() throws IOException {
    Map<Contender, String> baselines =
        Map.of(Contender.AIMD, "AIMD", Contender.PI, "pi", Contender.EVERY_LOOK, "fixed");
    for (Map.Entry<Contender, String> baseline : baselines.entrySet()) {
      List<Status> log = log(baseline.getKey(), baseline.getValue(), 5);
      Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
      assertThat(StatusLog.ofFile(written(log), replay::take)).isEmpty();
      assertThat(replay.untold()).isZero();
    }
  }

  @Test
  void severalSubtasksAndAnswersMayBeMixed() {
    List<Dial> one = dials(Contender.LAW, 5);
    List<Dial> other = dials(Contender.LAW, 6);
    Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    for (int tick = 0; tick < 200; tick++) {
      assertThat(replay.take(Logs.status(one.get(tick), "law", 0, SETTINGS, TRACE.nominal())))
          .isEmpty();
      assertThat(replay.take(Logs.answer())).isEmpty();
      assertThat(replay.take(Logs.status(other.get(tick), "law", 1, SETTINGS, TRACE.nominal())))
          .isEmpty();
    }
    assertThat(replay.records()).isEqualTo(600);
    assertThat(replay.decisions()).isEqualTo(400);
  }

  @Test
  void saysWhereTheFirstDifferenceIs() {
    List<Status> log = log(Contender.LAW, "law", 5);
    Status honest = log.get(100);
    Status.Decided decided = decided(honest);
    Status forged =
        with(
            honest,
            new Status.Decided(
                decided.position(),
                decided.keep(),
                Math.nextUp(decided.offeredPerSecond()),
                decided.demandPerSecond(),
                decided.costNanos(),
                decided.slowdown()),
            honest.memory());
    assertThat(first(log, 100, forged))
        .contains(
            new Difference(
                101,
                0,
                "offeredPerSecond",
                Double.toString(Math.nextUp(decided.offeredPerSecond())),
                Double.toString(decided.offeredPerSecond())));
  }

  @Test
  void noticesAMemoryThatIsNotTheOneLeftBefore() {
    List<Status> log = log(Contender.LAW, "law", 5);
    Status honest = log.get(100);
    List<Double> memory = new ArrayList<>(honest.memory());
    memory.set(22, Math.nextUp(memory.get(22)));
    assertThat(first(log, 100, with(honest, decided(honest), memory)))
        .map(Difference::field)
        .contains("memory[22]");
  }

  @Test
  void goesOnAfterARestartFromAnOlderMemory() {
    List<Status> log = log(Contender.LAW, "law", 5);
    Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    log.subList(0, 100).forEach(status -> assertThat(replay.take(status)).isEmpty());
    log.subList(50, 150).forEach(status -> assertThat(replay.take(status)).isEmpty());
  }

  @Test
  void aLogWithoutCostsNeedsThem() {
    List<Status> tail =
        dials(Contender.LAW, 5).subList(10, 60).stream()
            .map(dial -> Logs.status(dial, "law", 0, SETTINGS))
            .toList();
    Replay untold = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    tail.forEach(status -> assertThat(untold.take(status)).isEmpty());
    assertThat(untold.untold()).isEqualTo(50);
    Replay told = new Replay(TRACE.frontier().reach(), TRACE.work(), TRACE.nominal());
    tail.forEach(status -> assertThat(told.take(status)).isEmpty());
    assertThat(told.untold()).isZero();
  }

  @Test
  void namesTheLineThatIsNoStatus() throws IOException {
    Path file = folder.resolve("log.jsonl");
    Files.writeString(file, "\n{\"schema\": 1}\n");
    Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    assertThatThrownBy(() -> StatusLog.ofFile(file, replay::take))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("log.jsonl, line 2: status");
  }

  @Test
  void namesTheControllerItDoesNotKnow() {
    Status odd = Logs.status(dials(Contender.LAW, 5).get(0), "guess", 0, SETTINGS);
    assertThatThrownBy(() -> new Replay(TRACE.frontier().reach(), TRACE.work(), null).take(odd))
        .hasMessageContaining("record 1: controller must be one of")
        .hasMessageContaining("guess");
  }

  private static Optional<Difference> first(List<Status> log, int index, Status instead) {
    Replay replay = new Replay(TRACE.frontier().reach(), TRACE.work(), null);
    for (int record = 0; record < index; record++) {
      assertThat(replay.take(log.get(record))).isEmpty();
    }
    return replay.take(instead);
  }

  private static Status.Decided decided(Status status) {
    Status.Decided decided = status.decided();
    assertThat(decided).isNotNull();
    return java.util.Objects.requireNonNull(decided);
  }

  private static Status with(Status status, Status.Decided decided, List<Double> memory) {
    return Status.decision(
        new Status.From(status.subtask(), status.parallelism(), status.atMillis(), status.epoch()),
        status.controller(),
        status.settings(),
        status.seen(),
        memory,
        decided,
        status.nominal());
  }

  private static List<Dial> dials(Contender contender, long seed) {
    return contender
        .run(new Contender.Setting(SCENARIO, TRACE, Arrivals.of(SCENARIO, TRACE, seed), seed))
        .dials();
  }

  private static List<Status> log(Contender contender, String name, long seed) {
    return dials(contender, seed).stream()
        .map(dial -> Logs.status(dial, name, 0, SETTINGS, TRACE.nominal()))
        .toList();
  }

  private Path written(List<Status> log) throws IOException {
    Path file = folder.resolve("log.jsonl");
    StringBuilder lines = new StringBuilder();
    for (Status status : log) {
      lines.append(new String(JsonCodec.STATUS.encode(status), StandardCharsets.UTF_8));
      lines.append('\n');
    }
    return Files.writeString(file, lines);
  }
}
