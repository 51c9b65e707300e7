package io.saccade.gfnet.onnx;

import ai.onnxruntime.OrtException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was made natively, closed in reverse order. Tensors, sessions and options leak otherwise.
 */
public final class Natives implements AutoCloseable {
  private static final AtomicInteger OPEN = new AtomicInteger();

  /** Makes something; ONNX Runtime complains by a checked exception. */
  @FunctionalInterface
  interface Maker<T> {
    T make() throws OrtException;
  }

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  Natives() {}

  /** Native objects made and not yet closed, in the whole process. */
  public static int open() {
    return OPEN.get();
  }

  <T extends AutoCloseable> T own(Maker<T> maker) throws OrtException {
    T made = maker.make();
    OPEN.incrementAndGet();
    owned.push(made);
    return made;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("ONNX Runtime must close what it made, but did not", e);
      } finally {
        OPEN.decrementAndGet();
      }
    }
  }
}
