package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pictures in a folder, in the order of their names, as they are. */
final class FolderSource implements Source {
  /** Where no rate is wanted. */
  static final double DEFAULT_FPS = 1;

  private static final Map<String, String> TYPES =
      Map.of("jpg", "image/jpeg", "jpeg", "image/jpeg", "png", "image/png", "webp", "image/webp");

  private final Path folder;
  private final boolean loop;
  private final long intervalNanos;
  private final CountDownLatch killed = new CountDownLatch(1);
  private final List<Path> files;
  private long dueNanos = System.nanoTime();
  private long unreadable;
  private int at;
  private boolean played;

  FolderSource(CameraSettings camera) throws IOException {
    this.folder = Path.of(camera.url().revealed());
    this.loop = camera.loop();
    Double fps = camera.fps();
    this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / (fps == null ? DEFAULT_FPS : fps));
    try (Stream<Path> all = Files.list(folder)) {
      this.files =
          all.filter(file -> type(file) != null && Files.isRegularFile(file)).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException("no .jpg, .png or .webp is in " + folder);
    }
  }

  private static @Nullable String type(Path file) {
    String name = String.valueOf(file.getFileName());
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  @Override
  public @Nullable Picture next() throws IOException, InterruptedException {
    for (int unread = 0; unread < files.size(); unread++) {
      if (at == files.size()) {
        if (!loop) {
          played = true;
          return null;
        }
        at = 0;
      }
      Path file = files.get(at++);
      byte[] image = read(file);
      if (image != null) {
        return waitForItsTime()
            ? new Picture(Picture.NO_STREAM_TIME, String.valueOf(type(file)), image)
            : null;
      }
    }
    throw new IOException("none of the pictures in " + folder + " can be read");
  }

  private byte @Nullable [] read(Path file) {
    try {
      if (Files.size(file) <= SmjpegReader.MAX_BYTES) {
        return Files.readAllBytes(file);
      }
    } catch (IOException e) {
      // Passed over like those that are too large.
    }
    unreadable++;
    return null;
  }

  private boolean waitForItsTime() throws InterruptedException {
    long now = System.nanoTime();
    boolean killedMeanwhile = killed.await(Math.max(0, dueNanos - now), TimeUnit.NANOSECONDS);
    // Who is late goes on from now: no burst makes up for it.
    dueNanos = Math.max(dueNanos, now) + intervalNanos;
    return !killedMeanwhile;
  }

  @Override
  public void kill() {
    killed.countDown();
  }

  @Override
  public Ending ending() {
    return new Ending(played ? Trouble.NONE : Trouble.BROKE_OFF, null);
  }

  @Override
  public long damaged() {
    return unreadable;
  }

  @Override
  public void close() {
    kill();
  }
}
