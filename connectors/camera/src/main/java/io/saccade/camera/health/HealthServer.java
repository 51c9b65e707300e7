package io.saccade.camera.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Liveness, readiness and metrics over HTTP. {@code /healthz} answers 200 while the process does
 * its work, whatever the cameras do: restarting it does not help a camera that is away. {@code
 * /readyz} answers 200 once Kafka answers and every camera was tried. {@code /metrics} is in
 * Prometheus's text format.
 */
public final class HealthServer implements AutoCloseable {
  private static final int WORKERS = 3;
  private static final String TEXT = "text/plain; charset=utf-8";

  static {
    // A client that sends half a request, or does not read, is let go after so many seconds.
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "5");
  }

  private final HttpServer server;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WORKERS,
          work -> {
            Thread worker = new Thread(work, "health");
            worker.setDaemon(true);
            return worker;
          });
  private final CameraRoll roll;
  private final Health health;
  private final Clock clock;

  private HealthServer(HttpServer server, CameraRoll roll, Health health, Clock clock) {
    this.server = server;
    this.roll = roll;
    this.health = health;
    this.clock = clock;
  }

  /**
   * Starts to answer.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param kafka says why Kafka cannot be counted on; empty when it can
   * @throws IOException when the address cannot be listened on
   */
  public static HealthServer start(
      String host, int port, CameraRoll roll, Supplier<Optional<String>> kafka) throws IOException {
    return start(host, port, roll, kafka, Clock.SYSTEM);
  }

  static HealthServer start(
      String host, int port, CameraRoll roll, Supplier<Optional<String>> kafka, Clock clock)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException(
          "health must be able to listen on %s:%d, but could not: %s"
              .formatted(host, port, e.getMessage()),
          e);
    }
    HealthServer started = new HealthServer(server, roll, new Health(kafka), clock);
    server.setExecutor(started.workers);
    server.createContext("/", started::answer);
    server.start();
    return started;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, TEXT, "expected GET or HEAD\n".getBytes(UTF_8));
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/healthz" -> send(exchange, health.alive(roll.all()));
        case "/readyz" -> send(exchange, health.ready(roll.all()));
        case "/metrics" -> {
          ByteArrayOutputStream page = new ByteArrayOutputStream();
          PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();
          format.write(page, Metrics.of(roll.all(), clock.epochMillis()));
          send(exchange, 200, format.getContentType(), page.toByteArray());
        }
        default ->
            send(exchange, 404, TEXT, "expected /healthz, /readyz or /metrics\n".getBytes(UTF_8));
      }
    }
  }

  private static void send(HttpExchange exchange, List<String> complaints) throws IOException {
    boolean good = complaints.isEmpty();
    String page = good ? "ok\n" : String.join("\n", complaints) + "\n";
    send(exchange, good ? 200 : 503, TEXT, page.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] page)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(code, -1);
      return;
    }
    exchange.sendResponseHeaders(code, page.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(page);
    }
  }

  /** {@code http://HOST:PORT} as it can be asked. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, bound.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
