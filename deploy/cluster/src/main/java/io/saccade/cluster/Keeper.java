package io.saccade.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cluster's programs running: one that has ended, or does not answer any more, is started
 * again, at once, or after a while when it does not stay up. It is a process of its own and knows
 * nothing of Flink. When it is told to end, it starts nobody any more; those who run go on.
 */
public final class Keeper {
  static final String NAME = "keeper";

  /**
   * In the folder of the configuration: the names of the programs, one a line, and behind a blank
   * the address that has to answer, if one has to.
   */
  static final String PROGRAMS = "programs";

  /** Who was frozen for less need not begin again. */
  private static final long SILENCE_MILLIS = 15_000;

  private static final double SHORT_LIFE_SECONDS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Layout layout;
  private final ReentrantLock starting = new ReentrantLock();
  private boolean ending;

  private Keeper(Layout layout) {
    this.layout = layout;
  }

  /** Keeps the programs of the cluster whose folder is named, until it is told to end. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Layout layout = new Layout(Path.of(arguments[0]));
    List<String> programs = Files.readAllLines(layout.conf().resolve(PROGRAMS));
    Life.of(NAME, 1, ProcessHandle.current().pid()).write(layout.run());
    new Keeper(layout).keep(programs);
  }

  private void keep(List<String> programs) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    List<Thread> threads = new ArrayList<>();
    for (String line : programs) {
      List<String> words = List.of(line.split(" ", 2));
      String program = words.get(0);
      Health health =
          words.size() < 2 ? null : new Health(URI.create(words.get(1)), SILENCE_MILLIS);
      Thread thread = new Thread(() -> keep(program, health), program);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** From here on nobody is started; who has just been started is noted. */
  private void end() {
    starting.lock();
    try {
      ending = true;
    } finally {
      starting.unlock();
    }
  }

  private void keep(String program, @Nullable Health health) {
    int shortLives = 0;
    for (int life = 1; ; life++) {
      long began = System.nanoTime();
      try {
        Process process = start(program, life);
        if (process == null) {
          return;
        }
        int code = awaitEnd(program, process, health);
        double seconds = (System.nanoTime() - began) / 1e9;
        shortLives = seconds < SHORT_LIFE_SECONDS ? shortLives + 1 : 0;
        say(
            "%s, process %d, has ended with %d after %.1f s"
                .formatted(program, process.pid(), code, seconds));
      } catch (IOException | RuntimeException e) {
        // Also what cannot be deleted: a full or broken disk may be mended.
        shortLives++;
        say(program + " could not be kept running: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause(pauseMillis(shortLives));
    }
  }

  /** What it ends with; who cannot be watched is ended, as another will be started. */
  private static int awaitEnd(String program, Process process, @Nullable Health health)
      throws InterruptedException {
    try {
      if (health != null && health.watch(process)) {
        say(program + " has not answered for long, and was killed");
      }
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    return process.waitFor();
  }

  /**
   * Null when nobody is to be started any more.
   *
   * @throws IOException when it cannot be started, or not be noted; then it does not run
   */
  private @Nullable Process start(String program, int life) throws IOException {
    Path scratch = layout.scratch(program);
    // What a process that was killed has left behind.
    Folders.delete(scratch);
    Files.createDirectories(scratch);
    starting.lock();
    try {
      if (ending) {
        return null;
      }
      Process process = builder(program, life).start();
      Life.note(layout.run(), program, life, process);
      say("%s is process %d, life %d".formatted(program, process.pid(), life));
      return process;
    } finally {
      starting.unlock();
    }
  }

  private ProcessBuilder builder(String program, int life) throws IOException {
    File out = layout.logs().resolve(program + ".out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(Program.command(layout.conf(), layout.run(), program, life))
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(out));
    // Native code in many threads would otherwise keep an arena for each.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return builder;
  }

  /** Before the next start of a program that has had so many short lives in a row. */
  static long pauseMillis(int shortLives) {
    return shortLives < 2 ? 0 : Math.min(LONGEST_PAUSE_MILLIS, 250L << Math.min(8, shortLives - 1));
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String what) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
  }
}
