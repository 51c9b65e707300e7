package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MjpegSourceTest {
  private static final byte[] PICTURE = {(byte) 0xFF, (byte) 0xD8, 13, 10, '-', '-', 'x', 13, 10};

  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private Source open(String userInfo) throws IOException {
    String url = "http://%s127.0.0.1:%d/cam?a=1".formatted(userInfo, server.getAddress().getPort());
    Source source =
        new ChildOpener(Path.of("/none")).open(FfmpegCallTest.camera(url, null, null, null));
    assertThat(source.answers()).isTrue();
    return source;
  }

  private static byte[] image(Source source) throws IOException, InterruptedException {
    return Objects.requireNonNull(source.next(), () -> source.ending().said()).image();
  }

  /** Two pictures, then nothing. */
  private void play(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=\"f\"");
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 2; i++) {
      exchange
          .getResponseBody()
          .write("--f\r\nContent-Length: 9\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().write(PICTURE);
      exchange.getResponseBody().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange, int status, String header, String value)
      throws IOException {
    exchange.getResponseHeaders().add(header, value);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void givesThePicturesAsTheyAreAndEndsWhenKilledWhileItWaits() throws Exception {
    server.createContext("/cam", this::play);
    try (Source source = open("")) {
      assertThat(image(source)).isEqualTo(PICTURE);
      assertThat(image(source)).isEqualTo(PICTURE);
      FutureTask<Picture> waiting = new FutureTask<>(source::next);
      new Thread(waiting).start();

      source.kill();

      assertThat(waiting.get()).isNull();
    }
  }

  /** Some cameras take seconds for their first picture, and none for the others. */
  @Test
  void waitsForTheFirstPictureLongerThanForTheOthers() throws Exception {
    Duration stallTimeout = Duration.ofMillis(500);
    server.createContext(
        "/cam",
        exchange -> {
          try {
            var unused = end.await(3 * stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          play(exchange);
        });
    String url = "http://127.0.0.1:%d/cam".formatted(server.getAddress().getPort());
    try (Source source =
        new MjpegSource(FfmpegCallTest.camera(url, null, null, null, stallTimeout))) {
      assertThat(source.answers()).isTrue();
      assertThat(image(source)).isEqualTo(PICTURE);
    }
  }

  @Test
  void logsInByBasicAndDigest() throws Exception {
    for (String asked :
        List.of("Basic realm=\"c\"", "Digest realm=\"c\", nonce=\"n\", qop=\"auth\"")) {
      HttpLogin login = new HttpLogin("bob", "p@ss");
      var context =
          server.createContext(
              "/cam",
              exchange -> {
                String said = exchange.getRequestHeaders().getFirst("Authorization");
                String nonce =
                    said == null ? "" : said.replaceFirst(".*cnonce=\"([^\"]*)\".*", "$1");
                Optional<String> right =
                    asked.startsWith("Basic")
                        ? login.answer(List.of(asked), "/cam?a=1")
                        : login.digest(asked, "/cam?a=1", nonce);
                if (right.get().equals(said)) {
                  play(exchange);
                } else {
                  answer(exchange, 401, "WWW-Authenticate", asked);
                }
              });
      try (Source source = open("bob:p%40ss@")) {
        assertThat(image(source)).isEqualTo(PICTURE);
      }
      try (Source source = open("bob:geheim@")) {
        assertThat(source.next()).isNull();
        assertThat(source.ending().trouble()).isEqualTo(Trouble.CREDENTIALS);
        assertThat(source.ending().said()).doesNotContain("geheim");
      }
      server.removeContext(context);
    }
  }

  /** The example of RFC 2617. */
  @Test
  void answersADigestAsTheRfcDoes() {
    String asked =
        "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
            + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
            + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

    assertThat(
            new HttpLogin("Mufasa", "Circle Of Life").digest(asked, "/dir/index.html", "0a4f113b"))
        .hasValueSatisfying(
            answer -> assertThat(answer).contains("response=\"6629fae49393a05397450978507c4ef1\""));
  }

  @Test
  void doesNotAnswerWhereNobodyListens() throws Exception {
    server.stop(0);
    String url = "http://127.0.0.1:%d/cam".formatted(server.getAddress().getPort());
    try (Source source =
        new ChildOpener(Path.of("/none")).open(FfmpegCallTest.camera(url, null, null, null))) {
      assertThat(source.answers()).isFalse();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.REFUSED);
    }
  }

  @Test
  void saysWhyThereAreNoPictures() throws Exception {
    server.createContext("/cam", exchange -> answer(exchange, 302, "Location", "http://other/"));
    try (Source source = open("")) {
      assertThat(source.next()).isNull();
      assertThat(source.ending().said()).contains("302");
    }
    server.removeContext("/cam");
    server.createContext("/cam", exchange -> answer(exchange, 200, "Content-Type", "text/html"));
    try (Source source = open("")) {
      assertThat(source.next()).isNull();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.NOT_A_VIDEO);
    }
    server.removeContext("/cam");
    try (Source source = open("")) {
      assertThat(source.next()).isNull();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.NOT_FOUND);
    }
  }
}
