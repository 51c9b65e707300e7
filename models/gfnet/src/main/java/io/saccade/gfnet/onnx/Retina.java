package io.saccade.gfnet.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The buffers of one thread: what the network sees, and what it answers. ONNX Runtime reads and
 * writes them in place. Not thread-safe.
 */
public final class Retina implements AutoCloseable {
  private static final Set<String> NOTHING_UNPINNED = Set.of();

  private final Network network;
  private final Natives natives = new Natives();
  private final FloatBuffer glance;
  private final FloatBuffer patch;
  private final FloatBuffer probabilities;
  private final FloatBuffer action;

  /** The odd memory, and what it holds before a glance that takes one. */
  private final FloatBuffer blank;

  private final float[] zeros;

  private final Map<String, OnnxTensor> glanceInputs;

  /** The memory is read from one buffer and written to the other, in turn. */
  private final Map<String, OnnxTensor>[] focusInputs;

  private final Map<String, OnnxTensor>[] outputs;
  private int latestMemory;
  private boolean closed;

  Retina(Network network, GraphShapes shapes) throws OrtException {
    this.network = network;
    patch = buffer(shapes.patchShape());
    boolean alike = shapes.glance() == shapes.patch();
    glance = alike ? patch : buffer(shapes.glanceShape());
    probabilities = buffer(shapes.probabilitiesShape());
    action = buffer(shapes.actionShape());
    blank = buffer(shapes.memoryShape());
    zeros = new float[blank.capacity()];
    boolean wrapped = false;
    try {
      OnnxTensor seen = wrap(patch, shapes.patchShape());
      OnnxTensor seenFirst = alike ? seen : wrap(glance, shapes.glanceShape());
      OnnxTensor answer = wrap(probabilities, shapes.probabilitiesShape());
      OnnxTensor next = wrap(action, shapes.actionShape());
      OnnxTensor even = wrap(buffer(shapes.memoryShape()), shapes.memoryShape());
      OnnxTensor odd = wrap(blank, shapes.memoryShape());
      focusInputs = pair(Map.of("view", seen, "memory", even), Map.of("view", seen, "memory", odd));
      glanceInputs = network.isOneGraph() ? focusInputs[1] : Map.of("view", seenFirst);
      outputs =
          pair(
              Map.of("probabilities", answer, "action", next, "next_memory", even),
              Map.of("probabilities", answer, "action", next, "next_memory", odd));
      wrapped = true;
    } finally {
      if (!wrapped) {
        natives.close();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, OnnxTensor>[] pair(
      Map<String, OnnxTensor> even, Map<String, OnnxTensor> odd) {
    return (Map<String, OnnxTensor>[]) new Map<?, ?>[] {even, odd};
  }

  private static FloatBuffer buffer(long[] shape) {
    long floats = 1;
    for (long side : shape) {
      floats = Math.multiplyExact(floats, side);
    }
    int bytes = Math.toIntExact(floats * Float.BYTES);
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private OnnxTensor wrap(FloatBuffer buffer, long[] shape) throws OrtException {
    return natives.own(() -> OnnxTensor.createTensor(Network.ENVIRONMENT, buffer, shape));
  }

  /** G x G x 3 floats, RGB from 0 to 255: to be filled before the glance. */
  public FloatBuffer ofGlance() {
    return glance;
  }

  /** P x P x 3 floats, likewise, before each look after it. The same buffer if looks are alike. */
  public FloatBuffer ofPatch() {
    return patch;
  }

  /** The first look: forgets the picture before. */
  public void glance() {
    blank.put(0, zeros);
    run(network.glance(), glanceInputs, outputs[0]);
    latestMemory = 0;
  }

  /** Another look at the same picture, with what is remembered of the looks before. */
  public void focus() {
    int next = 1 - latestMemory;
    run(network.focus(), focusInputs[latestMemory], outputs[next]);
    latestMemory = next;
  }

  private void run(
      OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
    if (closed) {
      throw new IllegalStateException("the retina is closed");
    }
    try {
      // The answer is in the pinned buffers, which outlive this.
      session.run(inputs, NOTHING_UNPINNED, pinned).close();
    } catch (OrtException e) {
      throw new NetworkFailure("the network must run, but did not", e);
    }
    checkAnswer();
  }

  /** Comparisons that NaN fails: a broken network must never label anything. */
  private void checkAnswer() {
    for (int k = 0; k < probabilities.capacity(); k++) {
      float probability = probabilities.get(k);
      if (!(probability >= 0 && probability <= 1.0001f)) {
        throw new NetworkFailure(
            "the network must answer with probabilities, but class %d had %s"
                .formatted(k, probability));
      }
    }
    for (int axis = 0; axis < 2; axis++) {
      float at = action.get(axis);
      if (!(at >= 0 && at <= 1)) {
        throw new NetworkFailure(
            "the network must choose patches within [0, 1], but chose %s".formatted(at));
      }
    }
  }

  /** Index of the most probable class after the last look. */
  public int best() {
    int best = 0;
    for (int k = 1; k < probabilities.capacity(); k++) {
      if (probabilities.get(k) > probabilities.get(best)) {
        best = k;
      }
    }
    return best;
  }

  /** Probability of a class after the last look. */
  public float probability(int index) {
    return probabilities.get(index);
  }

  /** A copy of the probabilities after the last look. */
  public float[] probabilities() {
    float[] copy = new float[probabilities.capacity()];
    probabilities.get(0, copy);
    return copy;
  }

  /** Where to look next, from the top: 0 to 1 of the way a patch can move. */
  public float nextDown() {
    return action.get(0);
  }

  /** Where to look next, from the left: 0 to 1 of the way a patch can move. */
  public float nextAcross() {
    return action.get(1);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      natives.close();
      network.release();
    }
  }
}
