package io.saccade.camera.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pictures of one camera, from its opening until something ends it. */
public interface Source extends AutoCloseable {

  /**
   * Waits until the camera answers at all, however long it takes; call it first. Costs next to
   * nothing, so it may be asked again soon.
   *
   * @return false when it does not, or was killed before; {@link #ending} says why
   */
  default boolean answers() {
    return true;
  }

  /**
   * Waits for the next picture.
   *
   * @return null at the end, be it the end of a file, of the camera or of the child that reads it
   * @throws IOException when what comes is not what was agreed
   */
  @Nullable Picture next() throws IOException, InterruptedException;

  /**
   * Ends the source at once, on any thread: a waiting {@link #next} returns null. Not the same as
   * {@link #close}, which may wait a moment for what is left.
   */
  void kill();

  /** Why it ended, once {@link #next} has returned null. */
  Ending ending();

  /** Pictures that the source itself found damaged so far. */
  long damaged();

  @Override
  void close();
}
