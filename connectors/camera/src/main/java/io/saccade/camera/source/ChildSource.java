package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraUrl;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A camera that a child process reads. Whatever happens in there, it can be killed, and all it ever
 * took goes back with it.
 */
final class ChildSource implements Source {
  private static final int READ_BYTES = 64 * 1024;
  private static final long END_SECONDS = 1;

  private final Process child;
  private final SmjpegReader pictures;
  private final ChildMessages messages;
  private final @Nullable Pacer pacer;
  private final boolean file;
  private volatile boolean killed;
  private @Nullable String nonsense;

  private ChildSource(Process child, CameraSettings camera) {
    this.child = child;
    this.pictures = new SmjpegReader(new BufferedInputStream(child.getInputStream(), READ_BYTES));
    this.messages = new ChildMessages(camera.id(), child.getErrorStream(), camera.url().redactor());
    this.file = camera.url().kind() == CameraUrl.Kind.FILE;
    Double fps = camera.fps();
    this.pacer = fps != null && camera.asItComes() ? new Pacer(fps) : null;
  }

  static ChildSource start(Path program, CameraSettings camera) throws IOException {
    return start(program, camera, camera.url().revealed());
  }

  /** Reads the camera from elsewhere than its URL says. */
  static ChildSource start(Path program, CameraSettings camera, String from) throws IOException {
    FfmpegCall call = FfmpegCall.of(camera, from);
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(call.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    if (call.script().isEmpty()) {
      builder.redirectInput(new File("/dev/null"));
    }
    ChildEnvironment.restrict(builder);
    Process child = builder.start();
    if (!call.script().isEmpty()) {
      try (OutputStream script = child.getOutputStream()) {
        script.write(call.script().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It is gone already; its messages say why.
      }
    }
    return new ChildSource(child, camera);
  }

  @Override
  public @Nullable Picture next() throws IOException {
    while (true) {
      Picture picture;
      try {
        picture = pictures.next();
      } catch (IOException e) {
        if (killed || !child.isAlive()) {
          return null;
        }
        nonsense = e.getMessage();
        throw e;
      }
      if (picture == null || pacer == null || pacer.takes((double) picture.streamMillis())) {
        return picture;
      }
    }
  }

  @Override
  public void kill() {
    killed = true;
    child.destroyForcibly();
  }

  @Override
  public Ending ending() {
    if (nonsense != null) {
      return new Ending(Trouble.BROKE_OFF, nonsense);
    }
    int code = exitCode();
    messages.drain();
    if (code == 0 && file) {
      return new Ending(Trouble.NONE, null);
    }
    return messages
        .worst()
        .orElse(new Ending(Trouble.BROKE_OFF, code == 0 ? "the camera ended it" : null));
  }

  private int exitCode() {
    try {
      if (!child.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
      }
      return child.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    } catch (IllegalThreadStateException e) {
      return -1;
    }
  }

  @Override
  public long damaged() {
    return messages.damaged();
  }

  /** Kills the child, and waits until nothing is left of it. */
  @Override
  public void close() {
    child.destroyForcibly();
    var unused = exitCode();
    try {
      child.getInputStream().close();
      child.getErrorStream().close();
    } catch (IOException e) {
      // The other end is gone.
    }
  }
}
