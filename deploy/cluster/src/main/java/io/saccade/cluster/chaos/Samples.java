package io.saccade.cluster.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.cluster.Cluster;
import io.saccade.cluster.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What TaskManagers and JobManager hold, looked at every ten seconds: whether it grows shows in the
 * means of the quarters of the run. Safe for use by several threads.
 */
final class Samples implements AutoCloseable {
  private static final long LOOK_SECONDS = 10;

  /** How their programs' names begin. */
  private static final String TASK_MANAGERS = "taskmanager-";

  private static final String JOB_MANAGER = "jobmanager";

  private final Cluster cluster;
  private final String job;
  private final int parallelism;
  private final Thread thread = new Thread(this::look, "samples");
  private final List<Sample> samples = new ArrayList<>();
  private String vertex = "";
  private volatile boolean over;

  /**
   * One look.
   *
   * @param taskManagerMegabytes resident memory of a TaskManager, on average; NaN when none ran
   * @param jobManagerMegabytes likewise
   * @param nativeHandles of all subtasks; NaN when nobody told
   */
  record Sample(double taskManagerMegabytes, double jobManagerMegabytes, double nativeHandles) {}

  Samples(Cluster cluster, String job, int parallelism) {
    this.cluster = cluster;
    this.job = job;
    this.parallelism = parallelism;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (!over) {
        Sample sample =
            new Sample(
                residentMegabytes(TASK_MANAGERS), residentMegabytes(JOB_MANAGER), nativeHandles());
        synchronized (this) {
          samples.add(sample);
        }
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double residentMegabytes(String programs) {
    return cluster.lives().stream()
        .filter(life -> life.program().startsWith(programs) && life.runs())
        .mapToDouble(Samples::residentMegabytes)
        .filter(it -> !Double.isNaN(it))
        .average()
        .orElse(Double.NaN);
  }

  private static double residentMegabytes(Life life) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + life.pid(), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
    } catch (IOException e) {
      // It has just ended.
    }
    return Double.NaN;
  }

  private double nativeHandles() throws InterruptedException {
    if (vertex.isEmpty()) {
      vertex = Vertices.of(cluster.rest(), job).named("classify");
    }
    List<String> names = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      names.add(subtask + ".classify.openNatives");
    }
    JsonNode told =
        cluster
            .rest()
            .ask(
                "/jobs/%s/vertices/%s/metrics?get=%s"
                    .formatted(job, vertex, String.join(",", names)))
            .orElse(null);
    if (told == null || told.size() < parallelism) {
      return Double.NaN;
    }
    double handles = 0;
    for (JsonNode metric : told) {
      handles += metric.path("value").asDouble();
    }
    return handles;
  }

  synchronized ChaosReport.Held held() {
    return new ChaosReport.Held(
        samples.size(),
        quarters(samples, Sample::taskManagerMegabytes),
        quarters(samples, Sample::jobManagerMegabytes),
        quarters(samples, Sample::nativeHandles));
  }

  /** Means over the four quarters of the run; of a quarter in which nobody told, null. */
  static List<@Nullable Double> quarters(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    List<@Nullable Double> means = new ArrayList<>();
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = samples.size() * quarter / 4;
      int to = samples.size() * (quarter + 1) / 4;
      OptionalDouble mean =
          samples.subList(from, to).stream()
              .mapToDouble(figure)
              .filter(it -> !Double.isNaN(it))
              .average();
      means.add(mean.isPresent() ? Double.valueOf(rounded(mean.getAsDouble())) : null);
    }
    return means;
  }

  private static double rounded(double figure) {
    return Math.round(figure * 10) / 10.0;
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
