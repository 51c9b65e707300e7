package io.saccade.job.control;

/**
 * Which subtask of how many, of which job.
 *
 * @param job its name among those that share the topics
 */
public record Place(String job, int subtask, int parallelism) {}
