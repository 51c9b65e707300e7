package io.saccade.evaluate.sizing;

import java.util.List;

/**
 * What cameras need.
 *
 * @param load what comes in
 * @param model whose costs these are
 * @param machine where they were measured
 * @param decodeMillis CPU time of decoding one picture
 * @param pictureBytes of one picture
 * @param qualities what each costs
 * @param chosen the one that is asked for, on which all below rests
 * @param subtasks suggested parallelism
 * @param jobs how many jobs to divide them among
 * @param partitions of the frames topic, of all jobs together
 * @param budgetCores to start with, of all jobs together
 * @param framesMegabytesPerSecond from cameras to Kafka, and again from Kafka to the job
 * @param replicaMegabytesPerSecond between brokers
 * @param labelsMegabytesPerSecond from the job to Kafka
 * @param statusMegabytesPerSecond from each job to its status topic, and to the reader of its news
 * @param newsMegabytesPerSecond from that reader to all subtasks of a job
 * @param stateMegabytes in a checkpoint, of all jobs together
 * @param memoryMegabytes of TaskManagers with so many subtasks
 * @param subtasksPerTaskManager as assumed there
 */
public record Sizing(
    Load load,
    String model,
    String machine,
    double decodeMillis,
    double pictureBytes,
    List<Quality> qualities,
    Quality chosen,
    int subtasks,
    int jobs,
    int partitions,
    double budgetCores,
    double framesMegabytesPerSecond,
    double replicaMegabytesPerSecond,
    double labelsMegabytesPerSecond,
    double statusMegabytesPerSecond,
    double newsMegabytesPerSecond,
    double stateMegabytes,
    double memoryMegabytes,
    int subtasksPerTaskManager) {

  public Sizing {
    qualities = List.copyOf(qualities);
  }
}
