package io.saccade.camera;

/** Where frames go. */
public interface FrameSink extends AutoCloseable {

  /**
   * Hands a frame on and returns at once: a live camera cannot wait.
   *
   * @param receipt told exactly once, on any thread, what became of the frame
   */
  void send(CapturedFrame frame, Receipt receipt);

  /** Gives what is under way a moment to arrive, then lets go. */
  @Override
  void close();

  /** What became of a frame. */
  interface Receipt {
    void acknowledged();

    void dropped(Drop reason);
  }
}
