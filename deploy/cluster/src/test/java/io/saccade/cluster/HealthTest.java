package io.saccade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the keeper makes of answers, with a process that only sleeps. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // made before each
class HealthTest {
  private final AtomicInteger code = new AtomicInteger(200);
  private final CountDownLatch asked = new CountDownLatch(2);
  private HttpServer server;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(code.get(), -1);
          exchange.close();
          asked.countDown();
        });
    server.start();
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    process.destroyForcibly();
  }

  private FutureTask<Boolean> watching() {
    Health health =
        new Health(
            URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())), 1_500);
    FutureTask<Boolean> watching = new FutureTask<>(() -> health.watch(process));
    Thread thread = new Thread(watching, "watching");
    thread.setDaemon(true);
    thread.start();
    return watching;
  }

  @Test
  void whoEndsByItselfWasNotKilled() throws Exception {
    FutureTask<Boolean> watching = watching();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    process.destroy();

    assertThat(watching.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whoAnswersNoLongerIsKilled() throws Exception {
    FutureTask<Boolean> watching = watching();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    code.set(503);

    assertThat(watching.get(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.isAlive()).isFalse();
  }
}
