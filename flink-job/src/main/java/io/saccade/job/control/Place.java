package io.saccade.job.control;

/** Which subtask of how many. */
public record Place(int subtask, int parallelism) {}
