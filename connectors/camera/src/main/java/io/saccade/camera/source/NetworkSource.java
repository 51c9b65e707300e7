package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.network.CameraAddress;
import io.saccade.camera.network.Knock;
import io.saccade.camera.network.Relay;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network camera that a child reads. The child is begun when the camera answers; over RTSP and
 * TCP it reads by way of a {@link Relay}.
 */
final class NetworkSource implements Source {
  private final Path program;
  private final CameraSettings camera;
  private final CameraAddress address;
  private final Knock knock;
  private final Object parts = new Object();
  private boolean killed;
  private @Nullable Relay relay;
  private @Nullable ChildSource child;
  private @Nullable Ending ending;

  NetworkSource(Path program, CameraSettings camera) {
    this.program = program;
    this.camera = camera;
    this.address = CameraAddress.of(camera.url());
    this.knock = new Knock(address);
  }

  @Override
  public boolean answers() {
    try {
      return knock.await();
    } catch (IOException e) {
      ending = ending(e);
      return false;
    }
  }

  @Override
  public @Nullable Picture next() throws IOException {
    ChildSource reading = child;
    if (reading == null) {
      try {
        reading = begin();
      } catch (IOException e) {
        ending = ending(e);
        return null;
      }
    }
    return reading == null ? null : reading.next();
  }

  /** Null when killed. */
  private @Nullable ChildSource begin() throws IOException {
    boolean relayed = address.scheme().equals("rtsp") && camera.transport() == Transport.TCP;
    Relay way =
        relayed ? Relay.to(address, camera.id(), (int) camera.longestSilence().toMillis()) : null;
    synchronized (parts) {
      relay = way;
      if (killed) {
        close(way);
        return null;
      }
      CameraUrl url = camera.url();
      String from = way == null ? url.revealed() : CameraAddress.elsewhere(url, way.hostAndPort());
      child = ChildSource.start(program, camera, from);
      return child;
    }
  }

  private Ending ending(IOException problem) {
    String said = camera.url().redactor().redact(String.valueOf(problem.getMessage()));
    return problem instanceof UnknownHostException
        ? new Ending(Trouble.NOT_FOUND, "no such host")
        : new Ending(Trouble.of(said), said);
  }

  @Override
  public void kill() {
    synchronized (parts) {
      killed = true;
      knock.giveUp();
      close(relay);
      if (child != null) {
        child.kill();
      }
    }
  }

  private static void close(@Nullable Relay relay) {
    if (relay != null) {
      relay.close();
    }
  }

  @Override
  public Ending ending() {
    if (ending != null || child == null) {
      return ending == null ? new Ending(Trouble.TIMED_OUT, null) : ending;
    }
    Ending told = child.ending();
    String reason = told.reason();
    // Nobody but the child knows the relay's port.
    return relay == null || reason == null
        ? told
        : new Ending(told.trouble(), reason.replace(relay.hostAndPort(), address.toString()));
  }

  @Override
  public long damaged() {
    return child == null ? 0 : child.damaged();
  }

  @Override
  public void close() {
    kill();
    if (child != null) {
      child.close();
    }
  }
}
