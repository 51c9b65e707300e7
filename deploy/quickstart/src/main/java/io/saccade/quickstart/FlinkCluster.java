package io.saccade.quickstart;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster inside this process, its web page on loopback, its files in one folder. The
 * cluster outlives its jobs and can lose and regain TaskManagers, as a true one does.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long ANSWER_SECONDS = 30;

  /** Longest that it may take to stop; of a run that has its time, and of one that is cut short. */
  private static final Duration STOP = Duration.ofSeconds(30);

  private static final Duration STOP_IN_HASTE = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final MiniCluster cluster;
  private final BooleanSupplier haste;

  private FlinkCluster(MiniCluster cluster, BooleanSupplier haste) {
    this.cluster = cluster;
    this.haste = haste;
  }

  /**
   * Starts a cluster of one TaskManager.
   *
   * @param webPort of its web page; 0 for a free one
   * @param folder for all its temporary files
   */
  public static FlinkCluster start(int slots, int webPort, Path folder) {
    return start(slots, webPort, folder, () -> false);
  }

  /**
   * The same where somebody may press Ctrl-C.
   *
   * @param haste whether the process is to end soon, so that stopping must not take long
   */
  static FlinkCluster start(int slots, int webPort, Path folder, BooleanSupplier haste) {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(webPort, folder))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress(LOOPBACK)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Flink did not start%s: %s"
              .formatted(
                  webPort == 0 ? "" : " with its web page on port " + webPort, rootMessage(e)),
          e);
    }
    return new FlinkCluster(cluster, haste);
  }

  private static Configuration configuration(int webPort, Path folder) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
    configuration.set(WebOptions.TMP_DIR, folder.toString());
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, folder.toString());
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, folder.toString());
    // Frames do not cross Flink's network (forward edges), labels are small, state is small.
    MemorySize network = MemorySize.ofMebiBytes(32);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    return configuration;
  }

  /** An environment to build a job in, to be {@linkplain #submit submitted} here. */
  public StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
  }

  /** Starts what was built in an environment. */
  public JobID submit(StreamExecutionEnvironment environment, String name)
      throws InterruptedException {
    return submit(environment, name, SavepointRestoreSettings.none());
  }

  /** The same, going on from a savepoint; state that nobody takes up is an error. */
  public JobID submit(StreamExecutionEnvironment environment, String name, Path savepoint)
      throws InterruptedException {
    return submit(
        environment, name, SavepointRestoreSettings.forPath(savepoint.toUri().toString(), false));
  }

  private JobID submit(
      StreamExecutionEnvironment environment, String name, SavepointRestoreSettings from)
      throws InterruptedException {
    var graph = environment.getStreamGraph();
    graph.setJobName(name);
    graph.setSavepointRestoreSettings(from);
    return answer(cluster.submitJob(graph), "take the job").getJobID();
  }

  /** Stops a job with a savepoint, and says where that is. */
  public Path stop(JobID job, Path folder) throws InterruptedException {
    String savepoint =
        answer(
            cluster.stopWithSavepoint(
                job, folder.toUri().toString(), false, SavepointFormatType.CANONICAL),
            "stop the job with a savepoint");
    answer(cluster.requestJobResult(job), "end the job");
    return Path.of(URI.create(savepoint));
  }

  public JobStatus status(JobID job) throws InterruptedException {
    return answer(cluster.getJobStatus(job), "tell the job's state");
  }

  /** Whether each of a job's tasks is running. */
  public boolean everyTaskRuns(JobID job) throws InterruptedException {
    var graph = answer(cluster.getExecutionGraph(job), "tell about the job");
    for (var vertex : graph.getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** Why a job failed; its state when it did not. */
  public String failure(JobID job) throws InterruptedException {
    var failure = answer(cluster.getExecutionGraph(job), "tell about the job").getFailureInfo();
    return failure == null ? status(job).toString() : failure.getExceptionAsString();
  }

  /** Cancels a job and waits until it has ended. */
  public void cancel(JobID job) throws InterruptedException {
    answer(cluster.cancelJob(job), "cancel the job");
    answer(cluster.requestJobResult(job), "end the job");
  }

  /** Loses the TaskManager with this index abruptly, with all that runs in it. */
  public void loseTaskManager(int index) throws InterruptedException {
    answer(cluster.terminateTaskManager(index), "lose a TaskManager");
  }

  public void addTaskManager() {
    try {
      cluster.startTaskManager();
    } catch (Exception e) {
      throw new IllegalStateException("a TaskManager did not start: " + rootMessage(e), e);
    }
  }

  /** Where the web page is. */
  public URI web() throws InterruptedException {
    return answer(cluster.getRestAddress(), "tell its address");
  }

  private static <T> T answer(CompletableFuture<T> asked, String what) throws InterruptedException {
    try {
      return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink could not " + what + ": " + rootMessage(e), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Flink did not " + what + " within " + ANSWER_SECONDS + " s", e);
    }
  }

  private static String rootMessage(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  @Override
  public void close() {
    CompletableFuture<Void> stopping = cluster.closeAsync();
    long start = System.nanoTime();
    try {
      while (!hasEnded(stopping)) {
        Duration patience = haste.getAsBoolean() ? STOP_IN_HASTE : STOP;
        if (System.nanoTime() - start > patience.toNanos()) {
          throw new IllegalStateException(
              "Flink must stop within %d s, but has not".formatted(patience.toSeconds()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink did not stop: " + rootMessage(e), e);
    }
  }

  private static boolean hasEnded(CompletableFuture<Void> stopping)
      throws InterruptedException, ExecutionException {
    try {
      stopping.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
