package io.saccade.camera.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.AnsweringCamera;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnockTest {
  private static CameraAddress rtsp(int port) {
    return new CameraAddress("rtsp", "127.0.0.1", port);
  }

  private static CompletableFuture<Boolean> waiting(Knock knock) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return knock.await();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void isAnsweredByAnyAnswerAndShowsNoCredentials() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.start()) {
      Knock knock = new Knock(rtsp(camera.port()));
      assertThat(knock.await()).isTrue();
      assertThat(camera.asked())
          .singleElement()
          .satisfies(
              asked ->
                  assertThat(asked)
                      .startsWith(
                          "OPTIONS rtsp://127.0.0.1:%d/ RTSP/1.0\r\n".formatted(camera.port()))
                      .doesNotContain("Authorization"));
    }
  }

  @Test
  void isAnsweredByTheConnectionThatHasWaitedLongestWhenAHungCameraGoesOn() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.dumb()) {
      Knock knock = new Knock(rtsp(camera.port()));
      CompletableFuture<Boolean> waiting = waiting(knock);
      while (camera.connections() < 3) {
        assertThat(waiting).isNotDone();
        Thread.sleep(20);
      }

      camera.speak();

      assertThat(waiting.get()).isTrue();
    }
  }

  @Test
  void endsAtOnceWhenClosed() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.dumb()) {
      Knock knock = new Knock(rtsp(camera.port()));
      CompletableFuture<Boolean> waiting = waiting(knock);
      while (camera.asked().isEmpty()) {
        Thread.sleep(20);
      }

      knock.giveUp();

      assertThat(waiting.get()).isFalse();
    }
  }

  @Test
  void saysThatACameraRefuses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Knock knock = new Knock(rtsp(port));
    assertThatThrownBy(knock::await).isInstanceOf(ConnectException.class);
  }

  @Test
  void saysThatAHostIsNotKnown() throws Exception {
    Knock knock = new Knock(new CameraAddress("rtsp", "camera.invalid", 554));
    assertThatThrownBy(knock::await).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void asksNothingOfWhoDoesNotSpeakRtsp() throws Exception {
    try (AnsweringCamera camera = AnsweringCamera.start()) {
      Knock knock = new Knock(new CameraAddress("http", "127.0.0.1", camera.port()));
      assertThat(knock.await()).isTrue();
      assertThat(camera.asked()).isEmpty();
    }
  }
}
