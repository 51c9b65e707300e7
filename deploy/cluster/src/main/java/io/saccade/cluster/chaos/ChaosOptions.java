package io.saccade.cluster.chaos;

import io.saccade.job.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried.
 *
 * @param folder for the cluster and the broker; what was in it is deleted
 * @param seed of the order of the faults and of who is hit
 * @param faults how many
 * @param kinds of which there are equally many, as far as the number allows
 * @param guarantee of the labels
 * @param cameras that send
 * @param framesPerSecond of each camera
 * @param parallelism of the job, and TaskManagers at work; there is a spare one besides
 * @param budgetCores of the job
 * @param every time from fault to fault; null to go on when labels flow again
 * @param frozen how long a frozen process stands still
 * @param bundle the model
 * @param clips folder of the clips that the cameras show
 */
public record ChaosOptions(
    Path folder,
    long seed,
    int faults,
    Set<FaultKind> kinds,
    Delivery guarantee,
    int cameras,
    double framesPerSecond,
    int parallelism,
    double budgetCores,
    @Nullable Duration every,
    Duration frozen,
    Path bundle,
    Path clips) {

  /** How long a process is frozen, unless somebody wants it otherwise. */
  public static final Duration FROZEN = Duration.ofSeconds(20);

  public ChaosOptions {
    folder = folder.toAbsolutePath().normalize();
    bundle = bundle.toAbsolutePath().normalize();
    List<String> wrong = new ArrayList<>();
    require(wrong, faults >= 1 && faults <= 10_000, "faults must be within [1, 10000]", faults);
    require(wrong, !kinds.isEmpty(), "kinds must be at least one", kinds);
    require(wrong, cameras >= 1 && cameras <= 1_000, "cameras must be within [1, 1000]", cameras);
    require(
        wrong,
        framesPerSecond > 0 && framesPerSecond <= 120,
        "frames per second must be above 0 and at most 120",
        framesPerSecond);
    require(
        wrong,
        parallelism >= 1 && parallelism <= 32,
        "parallelism must be within [1, 32]",
        parallelism);
    // Else there is a subtask that nobody sends anything, and nothing of it to be seen.
    require(wrong, cameras >= parallelism, "cameras must be at least the parallelism", cameras);
    require(
        wrong,
        budgetCores > 0 && Double.isFinite(budgetCores),
        "budget must be above 0",
        budgetCores);
    require(
        wrong,
        every == null || every.toSeconds() >= 1,
        "time between faults must be at least 1 s",
        String.valueOf(every));
    require(wrong, frozen.toMillis() >= 100, "freezing must last at least 100 ms", frozen);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    kinds = EnumSet.copyOf(kinds);
  }

  private static void require(List<String> wrong, boolean so, String expectation, Object found) {
    if (!so) {
      wrong.add(expectation + ", but was " + found);
    }
  }
}
