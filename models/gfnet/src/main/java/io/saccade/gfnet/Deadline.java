package io.saccade.gfnet;

/** Whether a frame may be looked at once more. */
@FunctionalInterface
public interface Deadline {

  /** No deadline: the thresholds alone decide. */
  Deadline NONE = look -> true;

  /** Whether look number {@code look} (2 .. T) may be taken. */
  boolean allows(int look);
}
