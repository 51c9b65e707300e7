package io.saccade.camera.ffmpeg;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/**
 * The programs that the FFmpeg jar brings, unpacked once into JavaCPP's cache. Nothing of them is
 * loaded into this process.
 */
public final class Programs {
  private Programs() {}

  /** Reads streams and writes pictures. */
  public static Path ffmpeg() {
    return Path.of(Loader.load(ffmpeg.class));
  }

  /** Tells what a stream consists of. */
  public static Path ffprobe() {
    return Path.of(Loader.load(ffprobe.class));
  }
}
