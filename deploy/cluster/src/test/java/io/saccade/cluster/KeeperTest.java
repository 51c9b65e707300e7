package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keeper with a program that does nothing, in processes of their own. */
@Timeout(60)
class KeeperTest {
  @TempDir Path folder;

  /** A program that goes on until it is ended. */
  static final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println("argument " + arguments[0]);
      Thread.currentThread().join();
    }
  }

  private Optional<Life> idle(Layout layout, int number) {
    return Life.all(layout.run()).stream()
        .filter(it -> it.program().equals("idle") && it.number() == number && it.runs())
        .findFirst();
  }

  /** Of a cluster whose only program is an idle one. */
  private Layout layout(String name, String program) throws IOException {
    Layout layout = new Layout(folder.resolve(name));
    layout.prepare();
    String classes = System.getProperty("java.class.path");
    new Program(program, List.of("-Xmx16m"), Idle.class.getName(), List.of("of life {life}"))
        .write(layout.conf(), classes);
    Files.write(layout.conf().resolve(Keeper.PROGRAMS), List.of(program));
    return layout;
  }

  private Process keeper(Layout layout) throws IOException {
    return new ProcessBuilder(
            Program.java(),
            "-cp",
            Jars.ofTheKeeper(),
            Keeper.class.getName(),
            layout.folder().toString())
        .redirectErrorStream(true)
        .redirectOutput(keeperOut().toFile())
        .start();
  }

  private Path keeperOut() {
    return folder.resolve("keeper.out");
  }

  private void awaitTwoFailures() throws InterruptedException {
    await(() -> Files.readString(keeperOut()).split("could not be kept running", -1).length > 2);
  }

  @Test
  void leavesNobodyRunningWhomItCannotNote() throws Exception {
    Layout layout = layout("cluster", "idle");
    // What no file can be moved to.
    Path inTheWay = Files.createDirectories(layout.run().resolve("idle.pid"));
    Process keeper = keeper(layout);
    try {
      awaitTwoFailures();
      await(() -> keeper.children().noneMatch(ProcessHandle::isAlive));

      Files.delete(inTheWay);

      await(() -> Life.all(layout.run()).stream().anyMatch(it -> it.number() > 2 && it.runs()));
      assertThat(keeper.children().filter(ProcessHandle::isAlive)).hasSize(1);
    } finally {
      keeper.children().forEach(ProcessHandle::destroyForcibly);
      keeper.destroyForcibly();
      Files.deleteIfExists(inTheWay);
      Life.all(layout.run()).forEach(Life::kill);
    }
  }

  @Test
  void goesOnWhenWhatIsLeftBehindCannotBeDeleted() throws Exception {
    // Nobody, not even root, can delete /proc/version.
    Layout layout = layout("cluster", "version");
    Path scratches = layout.scratch("version").getParent();
    Files.createSymbolicLink(scratches, Path.of("/proc"));
    Process keeper = keeper(layout);
    try {
      awaitTwoFailures();

      Files.delete(scratches);

      await(() -> Life.all(layout.run()).stream().anyMatch(it -> it.program().equals("version")));
    } finally {
      keeper.destroy();
      keeper.waitFor(10, TimeUnit.SECONDS);
      keeper.destroyForcibly();
      Files.deleteIfExists(Files.isSymbolicLink(scratches) ? scratches : folder.resolve("none"));
      Life.all(layout.run()).forEach(Life::kill);
    }
  }

  @Test
  void startsAgainWhatWasKilledAndNothingWhenItEnds() throws Exception {
    // Awkward on purpose.
    Layout layout = layout("my \"cluster\"", "idle");
    Process keeper = keeper(layout);
    try {
      await(() -> idle(layout, 1).isPresent() && said(layout, 1));
      Files.writeString(layout.scratch("idle").resolve("left"), "behind");
      idle(layout, 1).ifPresent(Life::kill);
      await(() -> idle(layout, 2).isPresent());
      assertThat(layout.scratch("idle")).isEmptyDirectory();
      await(() -> said(layout, 2));

      keeper.destroy();
      assertThat(keeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(idle(layout, 2)).as("who runs goes on").isPresent();
      assertThat(Life.all(layout.run())).extracting(Life::program).contains("keeper");
    } finally {
      keeper.destroyForcibly();
      Life.all(layout.run()).forEach(Life::kill);
    }
  }

  private static boolean said(Layout layout, int life) throws IOException {
    return Files.readString(layout.logs().resolve("idle.out"))
        .contains("argument of life %d\n".formatted(life));
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(Check check) throws InterruptedException {
    boolean so =
        Patience.until(
            Duration.ofSeconds(20),
            () -> {
              try {
                return check.holds();
              } catch (InterruptedException e) {
                throw e;
              } catch (Exception e) {
                return false;
              }
            });
    assertThat(so).isTrue();
  }

  @Test
  void hesitatesBeforeItStartsWhatDoesNotStayUp() {
    assertThat(List.of(0, 1).stream().map(Keeper::pauseMillis)).containsOnly(0L);
    assertThat(Keeper.pauseMillis(2)).isEqualTo(500);
    assertThat(Keeper.pauseMillis(3)).isEqualTo(1_000);
    assertThat(Keeper.pauseMillis(1_000)).isEqualTo(5_000);
  }
}
