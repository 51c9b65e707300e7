package io.saccade.console.scene;

/** Where a frame stands in the frames topic. */
public record Place(int partition, long offset) {}
