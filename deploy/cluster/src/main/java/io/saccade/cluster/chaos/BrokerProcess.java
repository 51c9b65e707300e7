package io.saccade.cluster.chaos;

import io.saccade.cluster.JavaProcess;
import io.saccade.cluster.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, which can be killed and started again with its records. */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final int partitions;
  private @Nullable Process process;

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

  /** Starts it; it takes some seconds until it can be used. */
  public void begin() throws IOException {
    Files.createDirectories(folder);
    process =
        JavaProcess.start(
            folder,
            "broker",
            List.of("-Xmx320m"),
            BrokerProgram.class.getName(),
            List.of(
                folder.resolve("records").toString(),
                Integer.toString(port),
                Integer.toString(partitions)));
  }

  /** Waits until it can be used. */
  public void awaitReady() throws InterruptedException {
    Path out = folder.resolve("broker.out");
    boolean ready = Patience.until(START, () -> said(out) || !running().isAlive());
    if (!ready || !running().isAlive()) {
      throw new IllegalStateException("the broker must start, but did not; see " + out);
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
    Process killed = running().destroyForcibly();
    if (!killed.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the broker must end when it is killed, but did not");
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
