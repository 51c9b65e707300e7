package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.Controller;
import io.saccade.budget.ControllerKind;
import io.saccade.budget.Observation;
import io.saccade.budget.OperatingPoint;
import io.saccade.budget.Settings;
import io.saccade.budget.StageCosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the controller costs a frame, compiled as the launcher has it compiled: everything that is
 * asked for each frame, and a tenth of a second's decision shared by the frames of that time. Not
 * among the tests, for it takes a minute: {@code mvn -pl models/budget -am test
 * -Dtest=ControllerBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:TieredStopAtLevel=1")
public class ControllerBenchmark {
  private static final long TICK_NANOS = 100_000_000L;
  private static final double[][] REACH = {{1, 0, 0}, {1, 0.3, 0.1}, {1, 0.6, 0.4}, {1, 1, 1}};
  private static final StageCosts COSTS = new StageCosts(700_000, 2_200_000, 2_400_000);
  private static final Path REPORT = Path.of("../../docs/figures/controller.json");

  /** How many share one subtask. */
  @Param({"10", "40"})
  public int cameras;

  /** Frames in a tick of a tenth of a second, all cameras together. */
  @Param({"15"})
  public int framesPerTick;

  private final Settings settings = Settings.of(0.8);
  private final Controller law = ControllerKind.LAW.create(REACH, COSTS);
  private double[] memory = law.initialMemory();
  private Cameras sharing = new Cameras(REACH, new OperatingPoint(1, 1, 100, 100, 5e6, 1));
  private long nowNanos = 1_700_000_000_000_000_000L;
  private int next;

  /** One frame, and a frame's part of the decision. */
  @Benchmark
  public double frame() {
    String camera = "camera-" + next % cameras;
    double position = sharing.position(camera);
    if (sharing.admits(camera) == Cameras.Admission.LOOKED_AT) {
      if (sharing.allowsFocus(camera)) {
        sharing.focused(camera);
      }
      sharing.spent(camera, 5e-3);
    }
    if (++next % framesPerTick == 0) {
      decide();
    }
    return position;
  }

  private void decide() {
    nowNanos += TICK_NANOS;
    long frames = framesPerTick;
    long glances = frames * 2_200_000;
    long focuses = frames * 2_400_000;
    long decodes = frames * 700_000;
    long spent = glances + focuses + decodes + frames * 50_000;
    Observation seen =
        new Observation(
            nowNanos,
            frames,
            TICK_NANOS,
            20_000_000,
            frames,
            decodes,
            frames,
            glances,
            frames,
            focuses,
            spent,
            spent);
    Controller.Decision decision = law.next(memory, settings, seen);
    memory = decision.memory();
    sharing.tick(
        new Cameras.Tick(decision.point(), 0.8, Demands.of(0, 1, 0.4, 1.2), 0.8, TICK_NANOS / 1e9));
  }

  @Test
  void measure() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ControllerBenchmark.class.getName() + ".frame")
                    .build())
            .run();

    assertThat(results).hasSize(2);
    Files.writeString(
        REPORT,
        results.stream()
            .map(ControllerBenchmark::asJson)
            .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n")));
  }

  private static String asJson(RunResult result) {
    Result<?> measured = result.getPrimaryResult();
    return String.format(
        Locale.ROOT,
        "\"%s cameras\": {\"microsPerFrame\": %.2f, \"plusMinus\": %.2f, \"jmh\": \"%s\", \"java\": \"%s\"}",
        result.getParams().getParam("cameras"),
        measured.getScore(),
        measured.getScoreError(),
        result.getParams().getJmhVersion(),
        result.getParams().getJdkVersion());
  }
}
