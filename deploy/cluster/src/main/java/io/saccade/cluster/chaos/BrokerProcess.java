package io.saccade.cluster.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.saccade.cluster.JavaProcess;
import io.saccade.cluster.Life;
import io.saccade.cluster.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, which can be killed and started again with its records. */
public final class BrokerProcess implements AutoCloseable {
  private static final String NAME = "broker";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);

  /** What a broker that has ended said at last. */
  private static final int LINES = 3;

  private final Path folder;
  private final int port;
  private final int partitions;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile @Nullable Process process;
  private int lives;
  private boolean closed;

  /**
   * A broker to be started.
   *
   * @param folder for its records and what it says
   * @param partitions of the frames topic
   */
  public BrokerProcess(Path folder, int port, int partitions) {
    this.folder = folder;
    this.port = port;
    this.partitions = partitions;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Kills the broker that somebody has left running with the same folder, if one runs. */
  static void killFormer(Path folder) throws InterruptedException {
    List<Life> former = Life.all(folder);
    former.forEach(Life::kill);
    if (!Patience.until(END, () -> former.stream().noneMatch(Life::runs))) {
      throw new IllegalStateException(
          "the broker of a former run must end when it is killed, but runs: " + former);
    }
  }

  /**
   * Starts it; it takes some seconds until it can be used.
   *
   * @throws IllegalStateException when it has been closed, perhaps by another thread
   */
  public void begin() throws IOException {
    Files.createDirectories(folder);
    starting.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the broker must not have been closed, but was");
      }
      Process started = start();
      Life.note(folder, NAME, ++lives, started);
      process = started;
    } finally {
      starting.unlock();
    }
  }

  private Process start() throws IOException {
    return JavaProcess.start(
        folder,
        NAME,
        List.of("-Xmx320m"),
        BrokerProgram.class.getName(),
        List.of(
            folder.resolve("records").toString(),
            Integer.toString(port),
            Integer.toString(partitions)));
  }

  /** Waits until it can be used. */
  public void awaitReady() throws InterruptedException {
    Path out = folder.resolve(NAME + ".out");
    boolean ready = Patience.until(START, () -> said(out) || !running().isAlive());
    if (!ready || !running().isAlive()) {
      throw new IllegalStateException(
          "the broker must start, but did not; %s ends with: %s".formatted(out, end(out)));
    }
  }

  private static String end(Path out) {
    try {
      List<String> lines = Files.readAllLines(out);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "nothing, for it cannot be read: " + e;
    }
  }

  private static boolean said(Path out) {
    try {
      return Files.readString(out).contains(BrokerProgram.READY);
    } catch (IOException e) {
      return false;
    }
  }

  public long pid() {
    return running().pid();
  }

  private Process running() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException("the broker must have been started, but was not");
    }
    return started;
  }

  /** Ends it without warning. */
  public void kill() throws InterruptedException {
    kill(running());
  }

  private static void kill(Process process) throws InterruptedException {
    if (!process.destroyForcibly().waitFor(END.toSeconds(), SECONDS)) {
      throw new IllegalStateException("the broker must end when it is killed, but did not");
    }
  }

  /** Ends it without warning; from here on it cannot be started again. */
  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
      Process running = process;
      if (running != null) {
        kill(running);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      starting.unlock();
    }
  }
}
