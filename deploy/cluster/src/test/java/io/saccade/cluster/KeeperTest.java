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

  @Test
  void startsAgainWhatWasKilledAndNothingWhenItEnds() throws Exception {
    // Awkward on purpose.
    Layout layout = new Layout(folder.resolve("my \"cluster\""));
    layout.prepare();
    String classes = System.getProperty("java.class.path");
    new Program("idle", List.of("-Xmx16m"), Idle.class.getName(), List.of("of life {life}"))
        .write(layout.conf(), classes);
    Files.write(layout.conf().resolve(Keeper.PROGRAMS), List.of("idle"));
    Process keeper =
        new ProcessBuilder(
                Program.java(),
                "-cp",
                Jars.ofTheKeeper(),
                Keeper.class.getName(),
                layout.folder().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keeper.out").toFile())
            .start();
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
