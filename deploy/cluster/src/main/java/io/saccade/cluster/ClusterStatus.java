package io.saccade.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is.
 *
 * @param web its web page
 * @param programs what is kept running, the keeper included
 * @param taskManagers that have registered
 * @param taskManagersWanted that should have
 * @param slots of the registered ones
 * @param freeSlots of those
 * @param answers whether a JobManager answers and leads, also when asked for its jobs; without one
 *     the counts are 0 and there are no jobs
 * @param jobs that have not ended, and those that have failed for as long as Flink remembers them,
 *     an hour by default
 */
public record ClusterStatus(
    URI web,
    List<Running> programs,
    boolean answers,
    int taskManagers,
    int taskManagersWanted,
    int slots,
    int freeSlots,
    List<Job> jobs) {

  private static final String FAILED = "FAILED";
  private static final JsonNode NOTHING = MissingNode.getInstance();

  /** The newest process of a program, and whether it still runs. */
  public record Running(Life life, boolean runs) {}

  /**
   * A job.
   *
   * @param state in Flink's words, such as {@code RUNNING}
   * @param tasksRunning of {@code tasks}
   * @param checkpoint the newest complete one; null before it
   */
  public record Job(
      String id,
      String name,
      String state,
      int tasks,
      int tasksRunning,
      long failedCheckpoints,
      @Nullable Checkpoint checkpoint) {

    /** Whether every part of it is at work. */
    public boolean works() {
      return state.equals("RUNNING") && tasks > 0 && tasksRunning == tasks;
    }

    /** Whether it has ended for good because of a failure. */
    public boolean failed() {
      return state.equals(FAILED);
    }
  }

  /** A complete checkpoint; the time is in milliseconds since 1970. */
  public record Checkpoint(long id, long completedMillis, long durationMillis) {}

  /** Whether nothing is missing, and no job has failed. */
  public boolean well() {
    return answers
        && taskManagers == taskManagersWanted
        && programs.stream().allMatch(Running::runs)
        && jobs.stream().allMatch(Job::works);
  }

  static ClusterStatus of(Cluster cluster) throws InterruptedException {
    Rest rest = cluster.rest();
    Optional<JsonNode> overview = rest.ask("/overview");
    Optional<JsonNode> known = rest.ask("/jobs/overview");
    boolean answers = overview.isPresent() && known.isPresent();
    JsonNode told = answers ? overview.get() : NOTHING;
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : answers ? known.get().path("jobs") : NOTHING) {
      boolean goesOn = job.path("end-time").asLong(-1) < 0;
      if (goesOn || job.path("state").asText().equals(FAILED)) {
        jobs.add(job(rest, job));
      }
    }
    return new ClusterStatus(
        rest.address(),
        cluster.lives().stream().map(life -> new Running(life, life.runs())).toList(),
        answers,
        told.path("taskmanagers").asInt(),
        cluster.setup().taskManagers(),
        told.path("slots-total").asInt(),
        told.path("slots-available").asInt(),
        List.copyOf(jobs));
  }

  private static Job job(Rest rest, JsonNode job) throws InterruptedException {
    String id = job.path("jid").asText();
    JsonNode checkpoints = rest.ask("/jobs/" + id + "/checkpoints").orElse(NOTHING);
    JsonNode newest = checkpoints.path("latest").path("completed");
    return new Job(
        id,
        job.path("name").asText(),
        job.path("state").asText(),
        job.path("tasks").path("total").asInt(),
        job.path("tasks").path("running").asInt(),
        checkpoints.path("counts").path("failed").asLong(),
        newest.has("id")
            ? new Checkpoint(
                newest.path("id").asLong(),
                newest.path("latest_ack_timestamp").asLong(),
                newest.path("end_to_end_duration").asLong())
            : null);
  }
}
