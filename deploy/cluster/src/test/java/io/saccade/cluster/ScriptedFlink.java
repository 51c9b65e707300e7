package io.saccade.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Flink's REST interface as far as it is told what to answer; 404 to all else. Of several answers
 * to one path each is given once, and the last for ever.
 */
final class ScriptedFlink implements AutoCloseable {
  /** With 503, as Flink says while nobody leads. */
  static final String NOBODY_LEADS = "503";

  private final Map<String, List<String>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  ScriptedFlink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  ScriptedFlink on(String path, String... inTurn) {
    answers.put(path, List.of(inTurn));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<String> left = answers.getOrDefault(path, List.of("{\"errors\":[\"Not found\"]}"));
    int code = answers.containsKey(path) ? 200 : 404;
    if (left.size() > 1) {
      answers.put(path, left.subList(1, left.size()));
    }
    byte[] body = left.get(0).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(left.get(0).equals(NOBODY_LEADS) ? 503 : code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(port()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
