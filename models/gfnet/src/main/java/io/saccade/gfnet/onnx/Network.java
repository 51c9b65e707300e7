package io.saccade.gfnet.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The two loaded graphs, shared by every thread; each thread looks with a {@link Retina} of its
 * own. They are freed when this and the last retina are closed, so that a model can be replaced
 * while somebody still looks with it.
 *
 * <p>Both may be one and the same graph, which then has the tensors of the focus graph: its glance
 * is the look with a memory of zeros.
 */
public final class Network implements AutoCloseable {
  static final OrtEnvironment ENVIRONMENT = environment();

  private final GraphShapes shapes;
  private final Natives natives;
  private final OrtSession glance;
  private final OrtSession focus;
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  private Network(GraphShapes shapes, Natives natives, OrtSession glance, OrtSession focus) {
    this.shapes = shapes;
    this.natives = natives;
    this.glance = glance;
    this.focus = focus;
  }

  private static OrtEnvironment environment() {
    KeptLibraries.use();
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "saccade");
  }

  /** Loads ONNX Runtime, which takes a quarter of a second; later calls do nothing. */
  public static void start() {
    try {
      // Some builds report their use to their maker.
      ENVIRONMENT.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime must start, but did not", e);
    }
  }

  /**
   * Checks and loads the graphs.
   *
   * @param opset the version of the operators that both must use
   * @param complaints is told the file's name and what is wrong with it
   * @return empty when there were complaints
   */
  public static Optional<Network> load(
      GraphFile glance,
      GraphFile focus,
      GraphShapes shapes,
      int opset,
      BiConsumer<String, String> complaints) {
    // Both are inspected before native code sees either.
    boolean sound = ModelFile.isSound(glance, opset, complaints);
    sound &= glance.name().equals(focus.name()) || ModelFile.isSound(focus, opset, complaints);
    return sound ? open(glance, focus, shapes, complaints) : Optional.empty();
  }

  private static Optional<Network> open(
      GraphFile glance,
      GraphFile focus,
      GraphShapes shapes,
      BiConsumer<String, String> complaints) {
    Natives natives = new Natives();
    boolean open = false;
    try (Natives whileLoading = new Natives()) {
      SessionOptions options = whileLoading.own(SessionOptions::new);
      oneThread(options);
      boolean one = glance.name().equals(focus.name());
      TensorContract ofGlance = one ? TensorContract.focus(shapes) : TensorContract.glance(shapes);
      Optional<OrtSession> first = session(glance, ofGlance, options, natives, complaints);
      Optional<OrtSession> second =
          one ? first : session(focus, TensorContract.focus(shapes), options, natives, complaints);
      open = first.isPresent() && second.isPresent();
      return open
          ? Optional.of(new Network(shapes, natives, first.get(), second.get()))
          : Optional.empty();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime must start, but did not", e);
    } finally {
      if (!open) {
        natives.close();
      }
    }
  }

  /**
   * The subtasks are the parallelism; threads that spin for work would steal it from each other.
   */
  private static void oneThread(SessionOptions options) throws OrtException {
    options.setExecutionMode(ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
  }

  private static Optional<OrtSession> session(
      GraphFile graph,
      TensorContract contract,
      SessionOptions options,
      Natives natives,
      BiConsumer<String, String> complaints) {
    try {
      OrtSession session = natives.own(() -> ENVIRONMENT.createSession(graph.onnx(), options));
      boolean kept =
          contract.isKept(
              session.getInputInfo(),
              session.getOutputInfo(),
              complaint -> complaints.accept(graph.name(), complaint));
      return kept ? Optional.of(session) : Optional.empty();
    } catch (OrtException e) {
      complaints.accept(graph.name(), "must be loadable, but was not: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Buffers to look with, for one thread. */
  public Retina retina() {
    users.updateAndGet(
        now -> {
          if (now == 0 || closed.get()) {
            throw new IllegalStateException("the network is closed");
          }
          return now + 1;
        });
    boolean made = false;
    try {
      Retina retina = new Retina(this, shapes);
      made = true;
      return retina;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime must wrap a buffer, but did not", e);
    } finally {
      if (!made) {
        release();
      }
    }
  }

  /** Whether one graph does both: the glance then takes a memory, too. */
  boolean isOneGraph() {
    return glance == focus;
  }

  OrtSession glance() {
    return glance;
  }

  OrtSession focus() {
    return focus;
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      natives.close();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }
}
