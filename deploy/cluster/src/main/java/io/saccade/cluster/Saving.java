package io.saccade.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A savepoint that has been asked for. A JobManager that does not answer for a while is waited for:
 * the savepoint may be complete, and its job stopped, and then its path is all there is to go on
 * from.
 *
 * @param progress where Flink tells how far it has come
 * @param folder where it will be
 * @param stop whether the job stops with it
 * @param atMost how long it may take
 * @param unknownAtMost how long Flink may say in a row that it knows nothing of it
 */
record Saving(
    Rest rest,
    String progress,
    Path folder,
    boolean stop,
    Duration atMost,
    Duration unknownAtMost) {
  private static final int NOT_FOUND = 404;
  private static final long LOOK_MILLIS = 100;

  /**
   * Waits until it is complete.
   *
   * @return where it is kept
   * @throws IllegalStateException when it has failed, is not complete in time, or is not known
   */
  String await() throws InterruptedException {
    long start = System.nanoTime();
    long known = start;
    String last = "nothing has been said of it";
    while (System.nanoTime() - start < atMost.toNanos()) {
      try {
        JsonNode told = rest.get(progress);
        known = System.nanoTime();
        String status = told.path("status").path("id").asText();
        last = "it is " + status;
        if (status.equals("COMPLETED")) {
          return location(told.path("operation"));
        }
      } catch (Rest.Refusal e) {
        known = e.code() == NOT_FOUND ? known : System.nanoTime();
        last = String.valueOf(e.getMessage());
      } catch (IOException e) {
        known = System.nanoTime();
        last = "%s gives no answer: %s".formatted(rest.address(), e);
      }
      requireKnown(known);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw lost(
        "a savepoint must be complete within %d s, but was not (%s)"
            .formatted(atMost.toSeconds(), last));
  }

  private void requireKnown(long knownNanos) {
    if (System.nanoTime() - knownNanos > unknownAtMost.toNanos()) {
      throw lost(
          "the JobManager must know of the savepoint it was asked for, but has not for %d s: perhaps another has taken its place"
              .formatted(unknownAtMost.toSeconds()));
    }
  }

  private String location(JsonNode operation) {
    if (operation.has("location")) {
      return operation.path("location").asText();
    }
    String cause = operation.path("failure-cause").path("stack-trace").asText();
    throw lost("the savepoint has failed: " + Jobs.root(cause));
  }

  /** Says besides what there may be all the same, and where. */
  private IllegalStateException lost(String why) {
    return new IllegalStateException(
        why
            + (stop ? "; the job may have stopped all the same, see cluster status" : "")
            + "; savepoints that are complete are in "
            + folder);
  }
}
