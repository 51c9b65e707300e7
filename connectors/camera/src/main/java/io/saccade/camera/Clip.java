package io.saccade.camera;

import io.saccade.camera.ffmpeg.VideoFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A video file played in a loop as JPEG frames. Each frame is decoded and encoded when it is first
 * asked for and then kept (at 300x300 about 20 KB each), so that any number of cameras can show the
 * same clip for the cost of one. Safe for use by several threads.
 */
public final class Clip implements AutoCloseable {
  private final Path file;
  private final List<byte[]> jpegs = new ArrayList<>();
  private @Nullable VideoFile rest;

  /**
   * Opens a clip and reads its first frame.
   *
   * @throws IOException when it has none
   */
  public Clip(Path file) throws IOException {
    this.file = file;
    this.rest = new VideoFile(file);
    boolean readable = false;
    try {
      readable = readOn();
    } finally {
      if (!readable) {
        close();
      }
    }
    if (!readable) {
      throw new IOException("cannot play " + file + ": it has no frames");
    }
  }

  /** The file's name without what follows the last dot: {@code bolt-012169}. */
  public String name() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** What the clip is known to show: its name up to the last dash, {@code bolt}. */
  public String knownClass() {
    int dash = name().lastIndexOf('-');
    return dash > 0 ? name().substring(0, dash) : name();
  }

  /**
   * The frame at a position, 0 or above, the first again after the last. Shared: do not change it.
   *
   * @throws UncheckedIOException when the file can no longer be read
   */
  public synchronized byte[] jpeg(long position) {
    try {
      while (position >= jpegs.size() && readOn()) {
        // Frames on the way are kept as well.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpegs.get((int) (position % jpegs.size()));
  }

  /** Reads one frame more; at the end of the file lets go of it. */
  private synchronized boolean readOn() throws IOException {
    if (rest == null) {
      return false;
    }
    byte[] jpeg = rest.nextJpeg();
    if (jpeg == null) {
      close();
      return false;
    }
    jpegs.add(jpeg);
    return true;
  }

  /** Lets go of the file; frames already read can still be shown. */
  @Override
  public synchronized void close() {
    if (rest != null) {
      rest.close();
      rest = null;
    }
  }
}
