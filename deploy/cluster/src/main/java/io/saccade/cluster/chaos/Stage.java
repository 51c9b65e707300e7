package io.saccade.cluster.chaos;

import io.saccade.cluster.Cluster;
import io.saccade.cluster.ClusterOptions;
import io.saccade.cluster.Folders;
import io.saccade.cluster.Jobs;
import io.saccade.cluster.Life;
import io.saccade.job.Delivery;
import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Broker, cluster and job of a run, all in processes that can be hit. */
final class Stage implements AutoCloseable {
  private static final Duration RUNS = Duration.ofSeconds(90);

  private final BrokerProcess broker;
  private final Cluster cluster;
  private final String job;
  private final Path records;
  private final Thread hook = new Thread(this::end, "end");

  private Stage(BrokerProcess broker, Cluster cluster, String job, Path records) {
    this.broker = broker;
    this.cluster = cluster;
    this.job = job;
    this.records = records;
  }

  /** Starts everything; what is in the folder is deleted before. */
  static Stage open(ChaosOptions options, Consumer<String> say)
      throws IOException, InterruptedException {
    Path folder = options.folder().resolve("cluster");
    Optional<Cluster> former = Cluster.at(folder);
    if (former.isPresent()) {
      // Of a run that was ended without a chance to clear up.
      former.get().kill();
    }
    Folders.delete(options.folder());
    Path records = options.folder().resolve("broker");
    BrokerProcess broker =
        new BrokerProcess(records, EmbeddedBroker.freePort(), options.parallelism());
    Cluster cluster = null;
    boolean up = false;
    try {
      broker.begin();
      cluster =
          Cluster.start(
              new ClusterOptions(
                  folder,
                  options.parallelism(),
                  1,
                  1,
                  0,
                  ClusterOptions.JOB_MANAGER_HEAP_MEGABYTES,
                  ClusterOptions.TASK_MANAGER_HEAP_MEGABYTES),
              say);
      broker.awaitReady();
      String job = new Jobs(cluster, say).submit(null, arguments(options, broker.address()));
      Stage stage = new Stage(broker, cluster, job, records);
      stage.awaitTasks();
      Runtime.getRuntime().addShutdownHook(stage.hook);
      up = true;
      return stage;
    } finally {
      if (!up) {
        broker.close();
        if (cluster != null) {
          cluster.kill();
        }
      }
    }
  }

  private static List<String> arguments(ChaosOptions options, String brokers) {
    return new ArrayList<>(
        List.of(
            "--brokers",
            brokers,
            "--bundle",
            options.bundle().toString(),
            "--parallelism",
            Integer.toString(options.parallelism()),
            "--budget-cores",
            String.format(Locale.ROOT, "%s", options.budgetCores()),
            "--delivery",
            options.guarantee() == Delivery.EXACTLY_ONCE ? "exactly-once" : "at-least-once"));
  }

  private void awaitTasks() throws InterruptedException {
    Jobs jobs = new Jobs(cluster, said -> {});
    if (!jobs.awaitTasks(job, RUNS)) {
      throw new IllegalStateException(
          "the job must run within %d s, but does not: %s"
              .formatted(RUNS.toSeconds(), jobs.trouble(job).orElse("nobody says why")));
    }
  }

  BrokerProcess broker() {
    return broker;
  }

  Cluster cluster() {
    return cluster;
  }

  String job() {
    return job;
  }

  /** The TaskManagers that have tasks of the job. */
  List<Life> busyTaskManagers() throws InterruptedException {
    List<String> busy = Vertices.of(cluster.rest(), job).taskManagers();
    return cluster.lives().stream()
        .filter(life -> busy.contains(life.program() + "." + life.number()) && life.runs())
        .toList();
  }

  Life jobManager() {
    return cluster
        .life("jobmanager")
        .filter(Life::runs)
        .orElseThrow(() -> new IllegalStateException("a JobManager must run, but none does"));
  }

  /** Ends everything at once. */
  private void end() {
    broker.close();
    try {
      cluster.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends everything; records go, logs stay. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    try {
      cluster.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      broker.close();
    }
    Folders.delete(records.resolve("records"));
  }
}
