package io.saccade.bench.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.saccade.bench.camera.Waiting;
import io.saccade.quickstart.Quickstart;
import io.saccade.quickstart.QuickstartOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The quickstart on a thread of this process, until closed: what a page is a page of. */
public final class RunningQuickstart implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final long END_MILLIS = 20_000;
  private static final double FRAMES_PER_SECOND = 15;
  private static final double CORES = 0.8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Thread thread;

  private RunningQuickstart(QuickstartOptions options) {
    this.thread =
        new Thread(
            () -> {
              try {
                Quickstart.run(options, new PrintStream(out, true, UTF_8));
              } catch (Exception e) {
                out.writeBytes(("failed: " + e).getBytes(UTF_8));
              }
            },
            "quickstart");
  }

  /**
   * Starts it as it is by default, but for the number of cameras.
   *
   * @param page whether it serves the page itself
   */
  public static RunningQuickstart start(
      Path home, int cameras, double framesPerSecond, boolean page) throws InterruptedException {
    RunningQuickstart started =
        new RunningQuickstart(
            new QuickstartOptions(
                home,
                0,
                cameras,
                framesPerSecond,
                CORES,
                200,
                800,
                home.resolve("models/bundles/runway"),
                false,
                null,
                0,
                0,
                0,
                null,
                0,
                true,
                page,
                0));
    started.thread.setDaemon(true);
    started.thread.start();
    started.told("broker at ([^,\\s]+)");
    return started;
  }

  /** The same with the usual frames a second of each camera. */
  public static RunningQuickstart start(Path home, int cameras, boolean page)
      throws InterruptedException {
    return start(home, cameras, FRAMES_PER_SECOND, page);
  }

  public String brokers() throws InterruptedException {
    return told("broker at ([^,\\s]+)");
  }

  /** The page's address. */
  public String page() throws InterruptedException {
    return told("console at (\\S+)");
  }

  private String told(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    Waiting.until(
        () -> "the quickstart tells '" + pattern + "', not only: " + out.toString(UTF_8),
        START,
        () -> wanted.matcher(out.toString(UTF_8)).find());
    Matcher found = wanted.matcher(out.toString(UTF_8));
    if (!found.find()) {
      throw new IllegalStateException(pattern + " was told, and is gone");
    }
    return found.group(1);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
