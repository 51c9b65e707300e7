package io.saccade.bench.camera;

import io.saccade.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** HTTP cameras that send the JPEGs of a folder, byte for byte, over and over. */
public final class MjpegServer implements AutoCloseable {
  private final Script script;
  private final int port;

  private MjpegServer(Script script, int port) {
    this.script = script;
    this.port = port;
  }

  /**
   * Starts to serve on loopback.
   *
   * @param cameras the folder of each camera's pictures
   */
  public static MjpegServer start(Map<String, Path> cameras, int framesPerSecond)
      throws IOException, InterruptedException {
    int port = EmbeddedBroker.freePort();
    String folders =
        cameras.entrySet().stream()
            .map(camera -> camera.getKey() + "=" + camera.getValue())
            .collect(Collectors.joining(","));
    List<String> arguments =
        List.of("--port", "" + port, "--fps", "" + framesPerSecond, "--cameras", folders);
    return new MjpegServer(Script.start("mjpeg-server.py", List.of(), arguments, Map.of()), port);
  }

  public String url(String camera) {
    return "http://127.0.0.1:%d/%s".formatted(port, camera);
  }

  /** Sends half a picture, then nothing, until {@link #mend}. */
  public void halve(String camera) throws IOException, InterruptedException {
    script.tell("half " + camera);
  }

  /** Sends random bytes for pictures, until {@link #mend}. */
  public void corrupt(String camera) throws IOException, InterruptedException {
    script.tell("corrupt " + camera);
  }

  public void mend(String camera) throws IOException, InterruptedException {
    script.tell("good " + camera);
  }

  /** Goes on with other pictures, in the same stream. */
  public void show(String camera, Path folder) throws IOException, InterruptedException {
    script.tell("pictures %s %s".formatted(camera, folder));
  }

  @Override
  public void close() {
    script.close();
  }
}
