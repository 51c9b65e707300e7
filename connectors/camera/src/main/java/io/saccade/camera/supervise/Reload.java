package io.saccade.camera.supervise;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CamerasFile;
import io.saccade.camera.config.FaultyCamerasException;
import io.saccade.camera.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the cameras file: when it has changed, or when told to, reads it again and runs the
 * cameras it names. A faulty file changes nothing, and is said once; what fails otherwise is tried
 * again. The file is looked at each second, and read when two looks agree, as replaced files and
 * those that Kubernetes mounts send no notice.
 */
public final class Reload implements AutoCloseable {
  private static final long LOOK_MILLIS = 1_000;
  private static final int LOOKS_UNTIL_RETRY = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  /** Who runs the cameras of the file. */
  @FunctionalInterface
  public interface Runs {
    /**
     * Runs these cameras and no others.
     *
     * @throws IllegalStateException when it cannot, saying why; tried again
     */
    Cameras.Change apply(List<CameraSettings> wanted) throws InterruptedException;
  }

  private final Path file;
  private final Secrets secrets;
  private final Runs runs;
  private final Consumer<String> says;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cameras-file");
            thread.setDaemon(true);
            return thread;
          });
  private String seen;
  private String lastLook;

  /** 0 when there is nothing to try again. */
  private int looksUntilRetry;

  private @Nullable String failure;

  /**
   * Follows a file that was read just now.
   *
   * @param says told of each change, for people
   */
  public Reload(Path file, Secrets secrets, Runs runs, Consumer<String> says) {
    this.file = file;
    this.secrets = secrets;
    this.runs = runs;
    this.says = says;
    this.seen = mark();
    this.lastLook = seen;
    var unused =
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Reads the file again in any case, on another thread: secrets may have changed. */
  public void now() {
    looks.execute(this::read);
  }

  private void look() {
    String now = mark();
    // Who writes it may not be done yet.
    boolean settled = now.equals(lastLook);
    lastLook = now;
    boolean again = looksUntilRetry > 0 && --looksUntilRetry == 0;
    if (again || (settled && !now.equals(seen))) {
      read();
    }
  }

  private void read() {
    // First, so that a change while reading is seen next time.
    seen = mark();
    looksUntilRetry = 0;
    String before = failure;
    failure = null;
    try {
      List<CameraSettings> wanted = CamerasFile.read(file, secrets);
      Cameras.Change change = runs.apply(wanted);
      says.accept(
          "%s: %d started, %d stopped, %d changed, %d as before"
              .formatted(
                  file, change.started(), change.stopped(), change.changed(), change.kept()));
    } catch (FaultyCamerasException e) {
      says.accept(
          "%s is refused, the cameras go on as before:%n%s"
              .formatted(file, String.valueOf(e.getMessage()).indent(2).stripTrailing()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Let out, it would end the following of the file for good, and silently.
      looksUntilRetry = LOOKS_UNTIL_RETRY;
      failure = e instanceof IllegalStateException ? e.getMessage() : e.getClass().getSimpleName();
      if (!Objects.equals(failure, before)) {
        LOG.error("{} could not be applied", file, e);
        says.accept(
            "%s could not be applied and is tried again, the cameras go on as before: %s"
                .formatted(file, failure));
      }
    }
  }

  /** Differs when the file does; a missing file is a state as well. */
  private String mark() {
    try {
      return Files.getLastModifiedTime(file).toString()
          + Files.size(file)
          + Files.readAttributes(file, "unix:ino");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
