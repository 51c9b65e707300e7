package io.saccade.quickstart;

import io.saccade.job.JobOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the quickstart is to do.
 *
 * @param home where the shipped bundle and clips are
 * @param seconds how long the cameras play; 0 plays until interrupted
 * @param cameras number of sample cameras
 * @param framesPerSecond of each
 * @param budgetCores CPU seconds per second for the job
 * @param targetAgeMillis waiting time that the controller works towards
 * @param maxAgeMillis a frame older than this is shed unread
 * @param bundle the model
 * @param exactlyOnce labels in Kafka transactions
 * @param dataDir where the broker keeps its records; null for a fresh folder that is deleted
 * @param port of the broker; 0 for a free one
 * @param framePartitions of the topic of frames; 0 for as many as the job has subtasks
 * @param webPort of Flink's web page; 0 for a free one
 * @param report file to write the figures to; null for none
 * @param rows of the terminal
 * @param plain one line a second instead of a table that is redrawn
 * @param console whether the web page is served
 * @param consolePort of the web page; 0 for a free one
 */
public record QuickstartOptions(
    Path home,
    int seconds,
    int cameras,
    double framesPerSecond,
    double budgetCores,
    long targetAgeMillis,
    long maxAgeMillis,
    Path bundle,
    boolean exactlyOnce,
    @Nullable Path dataDir,
    int port,
    int framePartitions,
    int webPort,
    @Nullable Path report,
    int rows,
    boolean plain,
    boolean console,
    int consolePort) {

  /** Most cameras that one process plays. */
  private static final int MOST_CAMERAS = 1_000;

  private static final int MOST_PARTITIONS = 1_000;

  private static final long LONGEST_WARM_UP = 5_000;

  public QuickstartOptions {
    List<String> wrong = new ArrayList<>();
    demand(wrong, seconds >= 0, "seconds must be 0 or above", seconds);
    demand(
        wrong,
        cameras >= 1 && cameras <= MOST_CAMERAS,
        "cameras must be within [1, " + MOST_CAMERAS + "]",
        cameras);
    demand(
        wrong,
        framesPerSecond > 0 && framesPerSecond <= 1000,
        "fps must be above 0 and at most 1000",
        framesPerSecond);
    demand(
        wrong,
        budgetCores > 0 && budgetCores <= mostCores(),
        "budget-cores must be above 0 and at most %s (%s of each core here)"
            .formatted(mostCores(), JobOptions.USABLE_CORE),
        budgetCores);
    demand(
        wrong,
        targetAgeMillis >= 1 && targetAgeMillis <= 60_000,
        "target-age must be within 1 ms and 60 s",
        targetAgeMillis + " ms");
    demand(
        wrong,
        maxAgeMillis >= targetAgeMillis,
        "max-age must be at least target-age (" + targetAgeMillis + " ms)",
        maxAgeMillis + " ms");
    demand(wrong, port >= 0 && port < 65_536, "port must be within [0, 65535]", port);
    demand(
        wrong,
        framePartitions >= 0 && framePartitions <= MOST_PARTITIONS,
        "frame-partitions must be within [1, " + MOST_PARTITIONS + "]",
        framePartitions);
    demand(wrong, webPort >= 0 && webPort < 65_536, "web-port must be within [0, 65535]", webPort);
    demand(
        wrong,
        consolePort >= 0 && consolePort < 65_536,
        "console-port must be within [0, 65535]",
        consolePort);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void demand(List<String> wrong, boolean holds, String wanted, Object found) {
    if (!holds) {
      wrong.add(wanted + ", but was " + found);
    }
  }

  /** The broker's port, or one that is free. */
  int portOrFree() {
    return port == 0 ? EmbeddedBroker.freePort() : port;
  }

  /** The folder of the sample clips. */
  Path clips() {
    return home.resolve("deploy/quickstart/clips");
  }

  /**
   * Time after the first label that is not measured: classes are still being compiled then. Of a
   * short run, a quarter.
   */
  long warmUpMillis() {
    return seconds == 0 ? LONGEST_WARM_UP : Math.min(LONGEST_WARM_UP, seconds * 250L);
  }

  /** As many subtasks as the budget needs cores; each has one thread. */
  int parallelism() {
    return Math.max(1, (int) Math.ceil(budgetCores / JobOptions.USABLE_CORE - 1e-9));
  }

  /** What the topic of frames is made with: no subtask can read half a partition. */
  int partitions() {
    return framePartitions == 0 ? parallelism() : framePartitions;
  }

  private static double mostCores() {
    return Math.round(JobOptions.USABLE_CORE * Runtime.getRuntime().availableProcessors() * 1_000)
        / 1e3;
  }
}
