package io.saccade.camera;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections on loopback and, unless it is dumb, answers what it is asked, once each. */
public final class AnsweringCamera implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean dumb;

  private AnsweringCamera(boolean dumb) throws IOException {
    this.dumb = dumb;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "camera that answers");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that answers. */
  public static AnsweringCamera start() throws IOException {
    return new AnsweringCamera(false);
  }

  /** One that takes what it is asked, and says nothing until {@link #speak}. */
  public static AnsweringCamera dumb() throws IOException {
    return new AnsweringCamera(true);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What each connection was asked first. */
  public List<String> asked() {
    return asked;
  }

  /** Connections so far. */
  public int connections() {
    return open.size();
  }

  /** Answers the connection that has waited longest, and all from now on. */
  public void speak() throws IOException {
    dumb = false;
    answer(open.get(0));
  }

  private static void answer(Socket socket) throws IOException {
    socket.getOutputStream().write("RTSP/1.0 401 Unauthorized\r\n\r\n".getBytes(US_ASCII));
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> hear(socket), "connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void hear(Socket socket) {
    byte[] some = new byte[1000];
    try {
      int got = socket.getInputStream().read(some);
      if (got > 0) {
        asked.add(new String(some, 0, got, US_ASCII));
        if (!dumb) {
          answer(socket);
        }
      }
    } catch (IOException e) {
      // It has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
