package io.saccade.bench.camera;

import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real RTSP server (GStreamer's) with live H.264, for as many cameras as it has mounts. Their
 * pictures carry a {@link BurntClock}.
 */
public final class RtspServer implements AutoCloseable {
  private final Script script;
  private final String host;
  private final int port;
  private final String userInfo;

  private RtspServer(Script script, String host, int port, String userInfo) {
    this.script = script;
    this.host = host;
    this.port = port;
    this.userInfo = userInfo;
  }

  /** Open to everybody on loopback, 640x360. */
  public static RtspServer start(List<String> mounts, int framesPerSecond)
      throws IOException, InterruptedException {
    return start(List.of(), "127.0.0.1", mounts, framesPerSecond, List.of(), Map.of(), "");
  }

  /** For those who know the password. */
  public static RtspServer guarded(
      List<String> mounts, int framesPerSecond, String user, String password)
      throws IOException, InterruptedException {
    return start(
        List.of(),
        "127.0.0.1",
        mounts,
        framesPerSecond,
        List.of("--user", user),
        Map.of("RTSP_PASSWORD", password),
        user);
  }

  /** Behind a network that can swallow everything. */
  public static RtspServer within(BlackHole network, List<String> mounts, int framesPerSecond)
      throws IOException, InterruptedException {
    return start(
        network.command(), network.host(), mounts, framesPerSecond, List.of(), Map.of(), "");
  }

  private static RtspServer start(
      List<String> prefix,
      String host,
      List<String> mounts,
      int framesPerSecond,
      List<String> more,
      Map<String, String> secrets,
      String user)
      throws IOException, InterruptedException {
    int port = EmbeddedBroker.freePort();
    List<String> arguments = new ArrayList<>(List.of("--host", host, "--port", "" + port));
    arguments.addAll(List.of("--mounts", String.join(",", mounts), "--fps", "" + framesPerSecond));
    arguments.addAll(more);
    return new RtspServer(
        Script.start("rtsp-server.py", prefix, arguments, secrets), host, port, user);
  }

  /** The URL of a mount, with the user's name and the given password if there is a user. */
  public String url(String mount, String password) {
    String login = userInfo.isEmpty() ? "" : userInfo + ":" + password + "@";
    return "rtsp://%s%s:%d/%s".formatted(login, host, port, mount);
  }

  public String url(String mount) {
    return url(mount, "");
  }

  /** Sends what cannot be decoded, until {@link #mend}. */
  public void corrupt(String mount) throws IOException, InterruptedException {
    script.tell("corrupt " + mount);
  }

  /** Keeps the connection and sends nothing, until {@link #mend}. */
  public void silence(String mount) throws IOException, InterruptedException {
    script.tell("silent " + mount);
  }

  public void mend(String mount) throws IOException, InterruptedException {
    script.tell("good " + mount);
  }

  /** Goes on with pictures of another size, in the same stream. */
  public void resize(int width, int height) throws IOException, InterruptedException {
    script.tell("size %dx%d".formatted(width, height));
  }

  /** Ends all connections. */
  public void kick() throws IOException, InterruptedException {
    script.tell("kick all");
  }

  public void freeze() throws IOException, InterruptedException {
    script.freeze();
  }

  public void thaw() throws IOException, InterruptedException {
    script.thaw();
  }

  public void kill() throws InterruptedException {
    script.kill();
  }

  /** Starts again on the same port. */
  public void restart() throws IOException, InterruptedException {
    script.restart();
  }

  @Override
  public void close() {
    script.close();
  }
}
