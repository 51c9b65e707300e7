package io.saccade.cluster.chaos;

import io.saccade.cluster.Cluster;
import io.saccade.cluster.ClusterOptions;
import io.saccade.cluster.Folders;
import io.saccade.cluster.Hooks;
import io.saccade.cluster.Jobs;
import io.saccade.cluster.Life;
import io.saccade.job.Delivery;
import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /**
   * What a folder of such runs has, and no other: a cluster's alone may be at work for somebody.
   */
  private static final String MARK = "chaos.mark";

  private final BrokerProcess broker;
  private final Cluster cluster;
  private final String job;
  private final Path records;
  private final Thread hook;
  private final Consumer<String> say;

  private Stage(
      BrokerProcess broker,
      Cluster cluster,
      String job,
      Path records,
      Thread hook,
      Consumer<String> say) {
    this.broker = broker;
    this.cluster = cluster;
    this.job = job;
    this.records = records;
    this.hook = hook;
    this.say = say;
  }

  /**
   * Starts everything; what a former run has left in the folder is deleted before, and what it has
   * left running is killed.
   */
  static Stage open(ChaosOptions options, Consumer<String> say)
      throws IOException, InterruptedException {
    Path folder = options.folder().resolve("cluster");
    Path records = options.folder().resolve("broker");
    claim(options.folder());
    killCluster(folder);
    BrokerProcess.killFormer(records);
    Folders.delete(folder);
    Folders.delete(records);
    BrokerProcess broker =
        new BrokerProcess(records, EmbeddedBroker.freePort(), options.parallelism());
    // Who presses Ctrl-C while this comes up wants nothing of it to stay.
    Thread hook = new Thread(() -> end(broker, folder), "end");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean up = false;
    try {
      broker.begin();
      Cluster cluster = Cluster.start(clusterOptions(options, folder), say);
      broker.awaitReady();
      String job = new Jobs(cluster, say).submit(null, arguments(options, broker.address()));
      Stage stage = new Stage(broker, cluster, job, records, hook, say);
      stage.awaitTasks();
      up = true;
      return stage;
    } finally {
      if (!up) {
        end(broker, folder);
        Hooks.remove(hook);
      }
    }
  }

  /**
   * Takes a folder for such runs.
   *
   * @throws IllegalStateException when it holds something else
   */
  static void claim(Path folder) throws IOException {
    Folders.requireOurs(folder, MARK);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MARK), "a new run deletes what is here\n");
  }

  private static ClusterOptions clusterOptions(ChaosOptions options, Path folder) {
    return new ClusterOptions(
        folder,
        options.parallelism(),
        1,
        1,
        0,
        ClusterOptions.JOB_MANAGER_HEAP_MEGABYTES,
        ClusterOptions.TASK_MANAGER_HEAP_MEGABYTES);
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

  /** Ends at once whatever of it has been started so far. */
  private static void end(BrokerProcess broker, Path clusterFolder) {
    broker.close();
    try {
      killCluster(clusterFolder);
    } catch (IOException e) {
      throw new UncheckedIOException("the cluster in " + clusterFolder + " may still run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void killCluster(Path folder) throws IOException, InterruptedException {
    Optional<Cluster> running = Cluster.at(folder);
    if (running.isPresent()) {
      running.get().kill();
    }
  }

  /**
   * Ends everything; records go, logs stay. What does not end well is told: it undoes no result.
   */
  @Override
  public void close() {
    try {
      cluster.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException | UncheckedIOException e) {
      say.accept("the cluster has not ended as it should: " + e.getMessage());
    } finally {
      broker.close();
    }
    // Not before: who presses Ctrl-C while all of it ends wants nothing of it to stay either.
    Hooks.remove(hook);
    try {
      Folders.delete(records.resolve("records"));
    } catch (IllegalStateException | UncheckedIOException e) {
      say.accept("records stay: " + e.getMessage());
    }
  }
}
