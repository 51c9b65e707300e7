package io.saccade.gfnet.decode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * What one {@link View} holds natively, closed in reverse order. Loading this class sets OpenCV to
 * one thread, for the whole process: the subtasks are the parallelism.
 */
public final class OpenCv implements AutoCloseable {
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final String BUILD = "platform.extension";
  private static final String NOT_THE_GPU_BUILD = "-none";

  static {
    Properties platform = Loader.loadProperties();
    // Otherwise 25 CUDA libraries are looked for in every jar, which takes as long as all the rest.
    boolean chosen = platform.putIfAbsent(BUILD, NOT_THE_GPU_BUILD) != null;
    try {
      Loader.load(opencv_core.class);
      Loader.load(opencv_imgproc.class);
      Loader.load(opencv_imgcodecs.class);
    } finally {
      if (!chosen) {
        platform.remove(BUILD);
      }
    }
    opencv_core.setNumThreads(1);
  }

  private final Deque<Pointer> owned = new ArrayDeque<>();

  OpenCv() {}

  /** Loads the native libraries, which takes a third of a second; later calls do nothing. */
  public static void load() {
    // Initialising this class has done it.
  }

  /** Native objects made and not yet closed, in the whole process. */
  public static int openNatives() {
    return OPEN.get();
  }

  /** Takes charge of something just allocated. */
  <P extends Pointer> P own(P allocated) {
    OPEN.incrementAndGet();
    owned.push(allocated);
    return allocated;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
      OPEN.decrementAndGet();
    }
  }
}
