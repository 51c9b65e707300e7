package io.saccade.camera.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a camera and the child that reads it over RTSP and TCP: the child connects to a
 * port of loopback that takes one connection, and what the camera sends goes through {@link
 * FrameEnds}. Ends when either side does.
 */
public final class Relay implements AutoCloseable {
  /** Two tries of TCP, which sends again after a second. */
  private static final int CONNECT_MILLIS = 1_500;

  private static final int ACCEPT_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Socket camera;
  private final ServerSocket door;
  private final Object ends = new Object();
  private @Nullable Socket child;
  private boolean closed;

  private Relay(Socket camera, ServerSocket door) {
    this.camera = camera;
    this.door = door;
  }

  /**
   * Connects with a camera and waits for its child, on threads of its own.
   *
   * @param silenceMillis without a byte from the camera it ends
   */
  public static Relay to(CameraAddress address, String name, int silenceMillis) throws IOException {
    Socket camera = new Socket();
    ServerSocket door = new ServerSocket();
    boolean done = false;
    try {
      camera.connect(address.resolved().get(0), CONNECT_MILLIS);
      camera.setSoTimeout(silenceMillis);
      camera.setTcpNoDelay(true);
      door.setSoTimeout(ACCEPT_MILLIS);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      Relay relay = new Relay(camera, door);
      daemon("relay of " + name, relay::serve);
      done = true;
      return relay;
    } finally {
      if (!done) {
        camera.close();
        door.close();
      }
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where the child connects. */
  public String hostAndPort() {
    return door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
  }

  private void serve() {
    try {
      Socket accepted = door.accept();
      door.close();
      synchronized (ends) {
        child = accepted;
        if (closed) {
          accepted.close();
        }
      }
      accepted.setTcpNoDelay(true);
      daemon(Thread.currentThread().getName() + ", requests", () -> ask(accepted));
      FrameEnds frames = new FrameEnds(camera.getInputStream(), accepted.getOutputStream());
      while (frames.pass()) {
        // On and on.
      }
    } catch (IOException e) {
      // The child, who is cut off now, will be begun anew.
      LOG.debug("{} ends: {}", Thread.currentThread().getName(), e.toString());
    } finally {
      close();
    }
  }

  private void ask(Socket accepted) {
    try {
      accepted.getInputStream().transferTo(camera.getOutputStream());
    } catch (IOException e) {
      LOG.debug("{} end: {}", Thread.currentThread().getName(), e.toString());
    } finally {
      close();
    }
  }

  /** Cuts both sides off, from any thread. */
  @Override
  public void close() {
    synchronized (ends) {
      closed = true;
      try {
        door.close();
        camera.close();
        if (child != null) {
          child.close();
        }
      } catch (IOException e) {
        // As good as closed.
      }
    }
  }
}
