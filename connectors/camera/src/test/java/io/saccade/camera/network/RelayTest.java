package io.saccade.camera.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.AnsweringCamera;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
  private static final String ANSWER = "RTSP/1.0 401 Unauthorized\r\n\r\n";

  private static Relay to(int port) throws IOException {
    return Relay.to(new CameraAddress("rtsp", "127.0.0.1", port), "yard", 20_000);
  }

  private static Socket child(Relay relay) throws IOException {
    String[] place = relay.hostAndPort().split(":", -1);
    Socket child = new Socket();
    child.connect(new InetSocketAddress(place[0], Integer.parseInt(place[1])));
    return child;
  }

  @Test
  void passesOnWhatIsAskedAndAnswered() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.start();
        Relay relay = to(camera.port());
        Socket child = child(relay)) {
      child.getOutputStream().write("OPTIONS * RTSP/1.0\r\n\r\n".getBytes(ISO_8859_1));

      byte[] answer = child.getInputStream().readNBytes(ANSWER.length());

      assertThat(new String(answer, ISO_8859_1)).isEqualTo(ANSWER);
      assertThat(camera.asked()).containsExactly("OPTIONS * RTSP/1.0\r\n\r\n");
    }
  }

  @Test
  void takesOneChildAlone() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.start();
        Relay relay = to(camera.port());
        Socket child = child(relay)) {
      child.getOutputStream().write('x');
      assertThat(child.getInputStream().readNBytes(1)).hasSize(1);

      assertThatThrownBy(() -> child(relay).close()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endsWithTheCamera() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.dumb()) {
      Relay relay = to(camera.port());
      try (Socket child = child(relay)) {
        while (camera.connections() == 0) {
          Thread.sleep(10);
        }

        camera.hangUp();

        assertThat(child.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void saysThatACameraRefuses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> to(port)).isInstanceOf(IOException.class);
  }
}
