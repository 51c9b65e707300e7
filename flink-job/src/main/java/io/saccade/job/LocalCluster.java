package io.saccade.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

/** A Flink cluster inside this process, on loopback, for one job; its files go with it. */
final class LocalCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  /** After a signal others decide how long there is, and it is little. */
  private static final long HURRIED_STOP_SECONDS = 4;

  private static final long LOOK_MILLIS = 50;
  private static final int DELETE_ATTEMPTS = 20;
  private static final long DELETE_PAUSE_NANOS = 30_000_000;

  private final Path folder;
  private final MiniCluster cluster;
  private final BooleanSupplier hurried;

  private LocalCluster(Path folder, MiniCluster cluster, BooleanSupplier hurried) {
    this.folder = folder;
    this.cluster = cluster;
    this.hurried = hurried;
  }

  /**
   * Starts a cluster.
   *
   * @param more what it is told besides
   * @param hurried whether the end was asked for by a signal
   */
  static LocalCluster start(int slots, Configuration more, BooleanSupplier hurried)
      throws IOException {
    Path folder = Files.createTempDirectory("saccade-job-");
    Configuration configuration = configuration(folder);
    configuration.addAll(more);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress(LOOPBACK)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      delete(folder);
      throw new IllegalStateException("Flink did not start: " + e.getMessage(), e);
    }
    return new LocalCluster(folder, cluster, hurried);
  }

  private static Configuration configuration(Path folder) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
    configuration.set(WebOptions.TMP_DIR, folder.toString());
    configuration.set(CoreOptions.TMP_DIRS, folder.toString());
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, folder.toString());
    configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, folder.toString());
    // Frames cross one forward edge per subtask; state is small and on the heap.
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    return configuration;
  }

  /** Starts a job; the result comes when it has ended, which is when it was cancelled or failed. */
  Running submit(StreamGraph graph) throws InterruptedException {
    try {
      JobID job = cluster.submitJob(graph).get(START_SECONDS, TimeUnit.SECONDS).getJobID();
      return new Running(job, cluster.requestJobResult(job));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink did not take the job: " + e.getMessage(), e);
    }
  }

  /** A job under way. */
  record Running(JobID job, CompletableFuture<JobResult> result) {}

  /** Waits until each of a job's tasks is running; false when the job ended before. */
  boolean awaitTasks(Running running) throws InterruptedException {
    while (!running.result().isDone()) {
      if (everyTaskRuns(running)) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  private boolean everyTaskRuns(Running running) throws InterruptedException {
    try {
      boolean any = false;
      for (var task :
          cluster
              .getExecutionGraph(running.job())
              .get(START_SECONDS, TimeUnit.SECONDS)
              .getAllExecutionVertices()) {
        any = true;
        if (task.getExecutionState() != ExecutionState.RUNNING) {
          return false;
        }
      }
      // Before it is laid out, a job has no tasks.
      return any;
    } catch (ExecutionException e) {
      // It has just ended; its result says how.
      return false;
    } catch (TimeoutException e) {
      throw new IllegalStateException("Flink did not tell about the job", e);
    }
  }

  private long stopSeconds() {
    return hurried.getAsBoolean() ? HURRIED_STOP_SECONDS : STOP_SECONDS;
  }

  /** Cancels a job and waits until its operators are closed. */
  void cancel(Running running) throws InterruptedException {
    try {
      cluster.cancelJob(running.job()).get(stopSeconds(), TimeUnit.SECONDS);
      running.result().get(stopSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the job did not stop: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      cluster.closeAsync().get(stopSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink did not stop: " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    // Flink's own shutdown hooks may be deleting in here at the same time: then try again.
    for (int left = DELETE_ATTEMPTS; Files.exists(folder); left--) {
      try {
        FileUtils.deleteDirectory(folder.toFile());
      } catch (IOException e) {
        if (left <= 1) {
          // Files left over are no reason to call a good run a bad one.
          System.err.println("saccade: could not delete " + folder + ": " + e.getMessage());
          return;
        }
        LockSupport.parkNanos(DELETE_PAUSE_NANOS);
      }
    }
  }
}
