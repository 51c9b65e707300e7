package io.saccade.camera.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.camera.config.CameraSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a camera once: what it sends, and whether frames really come.
 *
 * @param ffprobe tells what a stream consists of
 * @param ffmpeg reads it
 */
public record StreamProbe(Path ffprobe, Path ffmpeg) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was found.
   *
   * @param url without secrets
   * @param codec as FFmpeg names it
   * @param frames that came, as JPEG or as they are
   * @param seconds from the first of them to the last
   * @param firstFrameSeconds from the start until the first
   */
  public record Report(
      String url,
      String codec,
      int width,
      int height,
      long frames,
      double seconds,
      double framesPerSecond,
      double firstFrameSeconds,
      long meanBytes) {}

  /**
   * Probes a camera that is no folder.
   *
   * @param watched how long frames are counted
   * @throws IOException when it cannot be read, saying why, without secrets
   */
  public Report probe(CameraSettings camera, Duration watched)
      throws IOException, InterruptedException {
    JsonNode stream = stream(camera);
    Counted counted = count(camera, watched);
    return new Report(
        camera.url().toString(),
        stream.path("codec_name").asText("unknown"),
        stream.path("width").asInt(),
        stream.path("height").asInt(),
        counted.frames,
        counted.seconds(),
        counted.framesPerSecond(),
        counted.firstNanos / 1e9,
        counted.frames == 0 ? 0 : counted.bytes / counted.frames);
  }

  private JsonNode stream(CameraSettings camera) throws IOException, InterruptedException {
    FfmpegCall call = FfmpegCall.probe(camera);
    List<String> command = new ArrayList<>(List.of(ffprobe.toString()));
    command.addAll(call.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    ChildEnvironment.restrict(builder);
    Process child = builder.start();
    ChildMessages messages =
        new ChildMessages(camera.id(), child.getErrorStream(), camera.url().redactor());
    Timer timer = killAfter(camera.connectTimeout(), child::destroyForcibly);
    try (InputStream found = child.getInputStream()) {
      try (OutputStream script = child.getOutputStream()) {
        script.write(call.script().getBytes(StandardCharsets.UTF_8));
      }
      JsonNode answer = JSON.readTree(found.readAllBytes());
      child.waitFor();
      messages.drain();
      JsonNode stream = answer.path("streams").path(0);
      if (stream.isMissingNode()) {
        throw new IOException(
            "%s: %s"
                .formatted(
                    camera.url(),
                    messages.worst().map(Ending::said).orElse(Trouble.TIMED_OUT.words())));
      }
      return stream;
    } finally {
      timer.cancel();
      child.destroyForcibly();
    }
  }

  private Counted count(CameraSettings camera, Duration watched)
      throws IOException, InterruptedException {
    Counted counted = new Counted();
    Timer timer = null;
    try (Source source = ChildSource.start(ffmpeg, camera)) {
      timer = killAfter(camera.connectTimeout().plus(watched), source::kill);
      for (Picture picture = source.next(); picture != null; picture = source.next()) {
        counted.add(picture);
        if (counted.sinceFirstNanos() >= watched.toNanos()) {
          return counted;
        }
      }
      if (counted.frames == 0) {
        throw new IOException(
            "%s: connected, but no frame came: %s".formatted(camera.url(), source.ending().said()));
      }
      return counted;
    } finally {
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  private static Timer killAfter(Duration time, Runnable kill) {
    Timer timer = new Timer("probe-timeout", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            kill.run();
          }
        },
        time.toMillis());
    return timer;
  }

  /** Frames and when they came. */
  private static final class Counted {
    private final long startNanos = System.nanoTime();
    private long firstNanos;
    private long lastNanos;
    private long frames;
    private long bytes;

    void add(Picture picture) {
      lastNanos = System.nanoTime() - startNanos;
      firstNanos = frames == 0 ? lastNanos : firstNanos;
      frames++;
      bytes += picture.image().length;
    }

    long sinceFirstNanos() {
      return lastNanos - firstNanos;
    }

    double seconds() {
      return sinceFirstNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    double framesPerSecond() {
      return frames < 2 ? 0 : (frames - 1) / seconds();
    }
  }
}
