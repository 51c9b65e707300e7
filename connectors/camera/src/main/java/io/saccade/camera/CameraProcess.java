package io.saccade.camera;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CamerasFile;
import io.saccade.camera.config.FaultyCamerasException;
import io.saccade.camera.config.Secrets;
import io.saccade.camera.health.HealthServer;
import io.saccade.camera.kafka.Uplink;
import io.saccade.camera.source.Opener;
import io.saccade.camera.supervise.Cameras;
import io.saccade.camera.supervise.Reload;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cameras to Kafka, for weeks. Kafka may come later than the cameras, and any of them may go and
 * come back.
 */
public final class CameraProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;
  private static final long STOP_MILLIS = 200;

  private final CameraRoll roll = new CameraRoll(Clock.SYSTEM);
  private final List<CameraSettings> first;
  private final @Nullable Path file;
  private final Secrets secrets;
  private final Consumer<String> says;
  private final Uplink uplink;
  private final HealthServer health;
  private final Cameras cameras;
  private final Thread opening = new Thread(this::open, "opening");
  private volatile @Nullable RuntimeException problem;
  private volatile boolean open;
  private volatile @Nullable Reload reload;

  /**
   * Where frames and answers go.
   *
   * @param kafka what clients need to reach the brokers
   * @param healthPort 0 for any that is free
   */
  public record Place(Map<String, ?> kafka, Topics topics, String healthHost, int healthPort) {
    public Place {
      kafka = Map.copyOf(kafka);
    }
  }

  private CameraProcess(
      List<CameraSettings> first,
      @Nullable Path file,
      Secrets secrets,
      Opener opener,
      Place place,
      Consumer<String> says)
      throws IOException {
    this.first = first;
    this.file = file;
    this.secrets = secrets;
    this.says = says;
    first.forEach(camera -> roll.enroll(camera.id()));
    uplink = Uplink.open(place.kafka, place.topics, roll);
    boolean listening = false;
    try {
      health = HealthServer.start(place.healthHost, place.healthPort, roll, uplink::trouble);
      listening = true;
    } finally {
      if (!listening) {
        uplink.close();
      }
    }
    cameras = new Cameras(opener, uplink.frames(), roll, uplink::sequence, Clock.SYSTEM, says);
    opening.setDaemon(true);
    opening.start();
  }

  /**
   * Runs the cameras of a file, and follows its changes.
   *
   * @param says told of each change of state, for people
   * @throws FaultyCamerasException when the file is faulty
   */
  public static CameraProcess ofFile(
      Path file, Secrets secrets, Opener opener, Place place, Consumer<String> says)
      throws IOException, FaultyCamerasException {
    List<CameraSettings> first = CamerasFile.read(file, secrets);
    return new CameraProcess(first, file, secrets, opener, place, says);
  }

  /** Runs one camera. */
  public static CameraProcess ofOne(
      CameraSettings camera, Opener opener, Place place, Consumer<String> says) throws IOException {
    return new CameraProcess(List.of(camera), null, new Secrets(Map.of()), opener, place, says);
  }

  private void open() {
    try {
      uplink.begin();
      cameras.apply(first);
      if (file != null) {
        Reload following = new Reload(file, secrets, this::apply, says);
        reload = following;
        // The file may have changed, and changes been told of, while Kafka was awaited.
        following.now();
      }
      open = true;
    } catch (InterruptedException e) {
      // Closed before a broker came.
    } catch (RuntimeException e) {
      problem = e;
    }
  }

  private Cameras.Change apply(List<CameraSettings> wanted) throws InterruptedException {
    Set<String> ours =
        roll.all().stream()
            .filter(camera -> camera.condition().state().wanted())
            .map(CameraCounts::camera)
            .collect(Collectors.toSet());
    List<String> others =
        wanted.stream().map(CameraSettings::id).filter(id -> !ours.contains(id)).toList();
    if (!others.isEmpty()) {
      uplink.learn(others);
    }
    return cameras.apply(wanted);
  }

  /** {@code http://HOST:PORT} of its health. */
  public String healthAddress() {
    return health.address();
  }

  /** Reads the cameras file again, changed or not. */
  public void reload() {
    Reload following = reload;
    if (following != null) {
      following.now();
    }
  }

  /**
   * Waits for the end, at most so long: true when the cameras have all come to theirs. Those of a
   * file never do, as it may change.
   *
   * @throws IllegalStateException when the brokers refuse, or a thread of ours has died
   */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    do {
      RuntimeException failed = problem;
      if (failed != null) {
        throw failed;
      }
      Optional<String> dead = cameras.dead().or(uplink::dead);
      if (dead.isPresent()) {
        throw new IllegalStateException(dead.get());
      }
      boolean ended =
          open
              && file == null
              && roll.all().stream().noneMatch(camera -> camera.condition().state().wanted());
      if (ended) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    } while (System.nanoTime() < deadline);
    return false;
  }

  /** Stops within three seconds; no child is left. */
  @Override
  public void close() {
    opening.interrupt();
    try {
      opening.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Reload following = reload;
    if (following != null) {
      following.close();
    }
    cameras.close();
    uplink.close();
    health.close();
  }
}
