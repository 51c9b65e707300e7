package io.saccade.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.saccade.console.access.Access;
import io.saccade.console.access.Person;
import io.saccade.console.control.Limits;
import io.saccade.console.scene.Bundle;
import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Scene;
import io.saccade.console.scene.Second;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page and what it asks for. The JDK's own server does: requests are few and small. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Each open page holds one thread; short requests need a few more. */
  private static final int MOST_THREADS = 40;

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException, Refusal, InterruptedException;
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService watch;
  private final Lines lines = new Lines();
  private final Guard guard;
  private final Viewers viewers;
  private final Chronicle chronicle;

  /**
   * Starts to serve.
   *
   * @param port to listen at; 0 for a free one
   * @param scene what is shown
   * @param viewers fills with the pages that are opened
   */
  public WebServer(
      Access access,
      int port,
      Scene scene,
      Optional<Bundle> bundle,
      Viewers viewers,
      Map<String, ?> properties,
      Topics topics,
      Limits limits)
      throws IOException {
    limitRequests();
    this.guard = new Guard(access);
    this.viewers = viewers;
    this.chronicle = scene.chronicle();
    this.server = bound(access.host(), port);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "console-web-" + number.incrementAndGet()));
    this.watch = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "console-watch"));
    server.setExecutor(threads);
    Assets assets = new Assets();
    LiveStream stream = new LiveStream(scene.wall(), new Messages(scene, bundle), viewers);
    BudgetDesk desk = new BudgetDesk(properties, topics, limits);
    route("/", "GET", assets::serve);
    route("/api/me", "GET", this::me);
    route("/api/session", "POST", this::begin);
    route("/api/session/end", "POST", this::end);
    route(
        "/api/stream",
        "GET",
        exchange -> {
          guard.limit(exchange);
          stream.serve(exchange, guard.person(exchange));
        });
    route("/api/view", "POST", this::view);
    route("/api/series.csv", "GET", this::series);
    route(
        "/api/budget",
        "POST",
        exchange -> {
          Person operator = guard.operator(exchange);
          Requests.answer(exchange, 200, desk.change(Requests.object(exchange), operator));
        });
    server.start();
    var unused =
        watch.scheduleWithFixedDelay(
            () -> hangUpOnStuck(System.nanoTime()), 5, 5, TimeUnit.SECONDS);
  }

  /** What the JDK's server takes from system properties only, unless somebody has set it. */
  private static void limitRequests() {
    Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.maxReqHeaders", "100",
            "jdk.httpserver.maxConnections", "200")
        .forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
  }

  private static HttpServer bound(InetAddress host, int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), 50);
    } catch (BindException e) {
      throw new IllegalStateException(
          "the console's port must be free, but %d at %s is taken: choose another with"
                  .formatted(port, host.getHostAddress())
              + " --console-port (quickstart) or --port (console)",
          e);
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The port that was taken. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void route(String path, String method, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          Line line = lines.open(exchange);
          try {
            serve(exchange, path, method, handler);
          } catch (Refusal e) {
            Requests.answer(exchange, e.status(), Map.of("error", e.told()));
          } catch (InterruptedException e) {
            exchange.close();
          } catch (RuntimeException e) {
            LOG.error("a request has failed: {}", exchange.getRequestURI(), e);
            Requests.answer(exchange, 500, Map.of("error", "the console has failed, see its log"));
          } finally {
            lines.close(line);
          }
        });
  }

  private void serve(HttpExchange exchange, String path, String method, Handler handler)
      throws IOException, Refusal, InterruptedException {
    guard.admit(exchange);
    // The server takes a path for a prefix.
    if (!path.equals("/") && !path.equals(exchange.getRequestURI().getPath())) {
      throw new Refusal(404, "there is no " + exchange.getRequestURI().getPath());
    }
    String asked = exchange.getRequestMethod();
    if (!asked.equals(method) && !(asked.equals("HEAD") && method.equals("GET"))) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refusal(405, "the method must be " + method + ", but was " + asked);
    }
    handler.handle(exchange);
  }

  private void me(HttpExchange exchange) throws IOException, Refusal {
    Person person = guard.person(exchange);
    Requests.answer(
        exchange,
        200,
        Map.of("name", person.name(), "operator", person.operates(), "token", guard.wantsTokens()));
  }

  private void begin(HttpExchange exchange) throws IOException, Refusal {
    String token = Requests.object(exchange).path("token").asText("");
    exchange.getResponseHeaders().set("Set-Cookie", guard.cookie(exchange, token));
    Requests.answer(exchange, 200, Map.of());
  }

  private void end(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Set-Cookie", guard.forgotten(exchange));
    Requests.answer(exchange, 200, Map.of());
  }

  private void view(HttpExchange exchange) throws IOException, Refusal {
    Person person = guard.person(exchange);
    JsonNode asked = Requests.object(exchange);
    Viewer viewer =
        viewers
            .find(asked.path("viewer").asText(""))
            .filter(it -> it.person().equals(person))
            .orElseThrow(() -> new Refusal(404, "this page's stream is not open"));
    Set<String> cameras = new HashSet<>();
    for (JsonNode camera : asked.path("cameras")) {
      if (cameras.size() < Viewer.MOST_IN_SIGHT) {
        cameras.add(seen(person, camera.asText()));
      }
    }
    String large = asked.path("large").asText("");
    seen(person, large);
    viewer.look(cameras, large.isEmpty() ? null : large);
    Requests.answer(exchange, 200, Map.of());
  }

  private static String seen(Person person, String camera) throws Refusal {
    if (!camera.isEmpty() && !person.sees(camera)) {
      throw new Refusal(403, person.name() + " may not see " + camera);
    }
    return camera;
  }

  private void series(HttpExchange exchange) throws IOException, Refusal {
    guard.person(exchange);
    StringBuilder csv = new StringBuilder(Second.COLUMNS).append("\r\n");
    for (Second second : chronicle.secondsAfter(0)) {
      String separator = "";
      for (double value : second.values()) {
        csv.append(separator);
        if (!Double.isNaN(value)) {
          csv.append(
              value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
        }
        separator = ",";
      }
      csv.append("\r\n");
    }
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"saccade.csv\"");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    Requests.answer(exchange, 200, "text/csv; charset=utf-8", csv.toString().getBytes(UTF_8));
  }

  /** Closes the connections of those that take nothing of what they asked for; how many. */
  int hangUpOnStuck(long nowNanos) {
    return lines.hangUpOnStuck(nowNanos);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    // First who may be stuck in writing: the server would wait for them.
    threads.shutdownNow();
    server.stop(0);
  }
}
