package io.saccade.job;

import io.saccade.budget.Budget;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.job.network.Network;
import io.saccade.job.network.NetworkOpener;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Runs the job in this process until it is interrupted, and leaves nothing behind. */
final class LocalRun {
  /** Longest time that an interrupted run may take to end. */
  private static final long STOP_SECONDS = 8;

  private LocalRun() {}

  /**
   * Whether the job ended well; it ends when the process is told to.
   *
   * @param opener of the model, the same as in the graph
   * @param goesOn whether it goes on from a checkpoint
   * @param more what Flink is told besides
   */
  static boolean run(
      StreamGraph graph,
      JobOptions options,
      NetworkOpener opener,
      boolean goesOn,
      Configuration more,
      Consumer<String> say)
      throws IOException, InterruptedException {
    Thread runner = Thread.currentThread();
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean hurried = new AtomicBoolean();
    Thread stop =
        new Thread(
            () -> {
              hurried.set(true);
              stop(runner, over);
            },
            "saccade-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    // Loaded before Flink starts, so that a wrong bundle ends here and not in restarts for ever.
    try (Network network = opened(options, opener, goesOn, say);
        LocalCluster cluster = LocalCluster.start(options.parallelism(), more, hurried::get)) {
      String described = described(options, network, goesOn);
      Runnable atWork =
          () -> {
            letGo(network);
            say.accept(described);
          };
      return run(cluster, graph, atWork, say);
    } catch (IllegalStateException e) {
      // Said here: after the latch the JVM may end before anybody else does.
      say.accept(String.valueOf(e.getMessage()));
      return false;
    } finally {
      over.countDown();
    }
  }

  /**
   * The model of the options; null when it cannot be had, but the checkpoint may have another,
   * which was ordered. Whether it does is for the tasks to see, which wait for a model if not.
   */
  private static @Nullable Network opened(
      JobOptions options, NetworkOpener opener, boolean goesOn, Consumer<String> say) {
    try {
      return opened(options, opener);
    } catch (InvalidBundleException | IllegalArgumentException e) {
      if (!goesOn) {
        throw e;
      }
      say.accept(e.getMessage() + "; goes on with a model that was ordered, or waits for one");
      return null;
    }
  }

  /** The tasks hold the model by then; this hold would keep it when they take another. */
  private static void letGo(@Nullable Network network) {
    if (network != null) {
      network.close();
    }
  }

  /** Also checked against what is asked of it, such as a position on its frontier. */
  private static Network opened(JobOptions options, NetworkOpener opener) {
    Network network = opener.open();
    boolean good = false;
    try {
      var unused = options.start().law(network);
      good = true;
      return network;
    } finally {
      if (!good) {
        network.close();
      }
    }
  }

  private static boolean run(
      LocalCluster cluster, StreamGraph graph, Runnable atWork, Consumer<String> say)
      throws InterruptedException {
    LocalCluster.Running running = cluster.submit(graph);
    try {
      // Not before: who reads it may send frames.
      if (cluster.awaitTasks(running)) {
        atWork.run();
      }
      JobResult result = running.result().get();
      result
          .getSerializedThrowable()
          .ifPresent(problem -> say.accept("the job failed: " + cause(problem)));
      return result.isSuccess();
    } catch (InterruptedException e) {
      cluster.cancel(running);
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job was lost: " + e.getMessage(), e);
    }
  }

  /** The first cause: what Flink wraps around it says only that it does not try again. */
  private static String cause(SerializedThrowable problem) {
    Throwable cause = problem.deserializeError(LocalRun.class.getClassLoader());
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static void stop(Thread runner, CountDownLatch over) {
    runner.interrupt();
    try {
      if (!over.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("saccade: the job did not stop within " + STOP_SECONDS + " s");
      } else if (GfNet.openNatives() > 0) {
        System.err.println("saccade: native objects left open: " + GfNet.openNatives());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the job was started with; a checkpoint may have another model and other settings. */
  private static String described(JobOptions options, @Nullable Network network, boolean goesOn) {
    return "classifying %s at %s with %s, %s, target age %d ms, maximum age %d ms, unless %sa control record on %s says otherwise; %d %s, %s; Ctrl-C ends it"
        .formatted(
            options.topics().frames(),
            options.brokers(),
            network == null
                ? "a model that was ordered"
                : network.bundle().id() + " " + network.bundle().version(),
            described(options.budget().budget()),
            options.targetAgeMillis(),
            options.maxAgeMillis(),
            goesOn ? "the checkpoint or " : "",
            options.topics().control(),
            options.parallelism(),
            options.parallelism() == 1 ? "subtask" : "subtasks",
            Choice.written(options.delivery()));
  }

  private static String described(Budget budget) {
    return switch (budget.unit()) {
      case CORES -> budget.perSecond() + " cores";
      case MULTIPLY_ADDS ->
          String.format(Locale.ROOT, "%.4g multiply-adds per second", budget.perSecond());
      case NONE -> "no budget";
    };
  }
}
