package io.saccade.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The parts of a system: started side by side, closed one after the other, the last one begun
 * first. What has been started is closed also when another part did not start.
 */
final class Parts implements AutoCloseable {
  private final ExecutorService starters =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "starter");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<CompletableFuture<? extends AutoCloseable>> parts = new ArrayDeque<>();

  /** Begins to start a part. */
  <T extends AutoCloseable> CompletableFuture<T> start(Callable<T> part) {
    CompletableFuture<T> started =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return part.call();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            starters);
    parts.push(started);
    return started;
  }

  /** Takes charge of a part that runs already. */
  <T extends AutoCloseable> T own(T part) {
    parts.push(CompletableFuture.completedFuture(part));
    return part;
  }

  /** Waits for a part to have started; what kept it from it is thrown as it was. */
  static <T> T started(CompletableFuture<T> part) throws Exception {
    try {
      return part.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception why ? why : e;
    }
  }

  /** Closes all, whatever problems are met; the first is told at the end. */
  @Override
  public void close() {
    Exception problem = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().join().close();
      } catch (CompletionException | CancellationException e) {
        // It never started, which whoever waited for it has been told.
      } catch (Exception e) {
        problem = problem == null ? e : problem;
      }
    }
    starters.shutdownNow();
    if (problem != null) {
      throw new IllegalStateException("not all could be stopped: " + problem.getMessage(), problem);
    }
  }
}
