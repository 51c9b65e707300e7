package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.OperatingPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The optimizing compiler of JDK 17.0.15 died of an earlier version of this code, which summed in
 * several variables while it filled arrays; and with it the JVM.
 */
class CompilerTest {
  private static final int CAMERAS = 40;
  private static final int TICKS = 12_000;

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+TieredCompilation", "-XX:-TieredCompilation"})
  void survivesTheOptimizingCompiler(String compilation) throws Exception {
    String written = run(compilation);
    // The level of the optimizing compiler, or none where there is no other.
    assertThat(written).containsPattern("(?m) ( |4) +io\\.saccade\\.budget\\.share\\.\\S+::tick ");
    assertThat(written).endsWith("survived\n");
  }

  private static String run(String compilation) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(compilation, "-Xbatch", "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-XX:+PrintCompilation", "-XX:ErrorFile=/dev/null"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CompilerTest.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(written).isZero();
    return written;
  }

  /** What the forked JVM does: a fleet of cameras of equal weight, then one of unequal. */
  public static void main(String[] args) {
    for (Map<String, CameraTerms> terms :
        List.of(Map.<String, CameraTerms>of(), Map.of("camera-1", new CameraTerms(2, 0.5)))) {
      Cameras cameras = new Cameras(new double[][] {{1, 0, 0}, {1, 0.6, 0.4}, {1, 1, 1}}, point(0));
      cameras.terms(terms);
      for (int tick = 0; tick < TICKS; tick++) {
        for (int camera = 0; camera < CAMERAS; camera++) {
          looks(cameras, "camera-" + camera);
        }
        double share = 0.3 + 0.3 * (tick / 50 % 3);
        cameras.tick(new Cameras.Tick(point(tick), share, Demands.of(0, 1, 0.4, 1.2), 0.9, 0.1));
      }
    }
    System.out.print("survived\n");
  }

  private static void looks(Cameras cameras, String camera) {
    if (cameras.admits(camera) == Cameras.Admission.LOOKED_AT) {
      if (cameras.allowsFocus(camera)) {
        cameras.focused(camera);
      }
      cameras.spent(camera, 1e-3);
    }
  }

  private static OperatingPoint point(int tick) {
    return new OperatingPoint(tick % 20 / 10.0, tick % 37 == 0 ? 0.9 : 1, 100, 100, 5e6, 1);
  }
}
