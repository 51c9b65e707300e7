package io.saccade.camera.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** What was allocated natively, freed in reverse order on closing. Not thread-safe. */
final class Natives implements AutoCloseable {
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final Deque<Runnable> frees = new ArrayDeque<>();

  /** Things allocated and not yet freed, in the whole process. */
  static int open() {
    return OPEN.get();
  }

  /** Takes charge of something just allocated. */
  <P extends Pointer> P own(@Nullable P allocated, Consumer<P> free) throws IOException {
    if (allocated == null || allocated.isNull()) {
      throw new IOException("FFmpeg is out of memory");
    }
    OPEN.incrementAndGet();
    frees.push(() -> free.accept(allocated));
    return allocated;
  }

  /** FFmpeg's answer, or what it complains about. */
  static int check(int answer, String doing) throws IOException {
    if (answer < 0) {
      byte[] text = new byte[128];
      avutil.av_strerror(answer, text, text.length);
      throw new IOException(
          "cannot " + doing + ": " + new String(text, StandardCharsets.UTF_8).split("\0", 2)[0]);
    }
    return answer;
  }

  @Override
  public void close() {
    while (!frees.isEmpty()) {
      frees.pop().run();
      OPEN.decrementAndGet();
    }
  }
}
