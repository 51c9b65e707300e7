package io.saccade.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Reading requests and answering them, always with the headers that keep a browser strict. */
final class Requests {
  static final JsonMapper JSON = JsonMapper.builder().build();

  /** Nothing inline, nothing from elsewhere, in no frame. Pictures come as blobs. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final int LONGEST_BODY = 256 * 1024;

  private Requests() {}

  static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    answer(exchange, status, "application/json", JSON.writeValueAsBytes(body));
  }

  static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    strict(exchange.getResponseHeaders(), type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Line.of(exchange).begin();
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }

  static void strict(Headers headers, String type) {
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** The request's body, which must be one JSON object. */
  static JsonNode object(HttpExchange exchange) throws IOException, Refusal {
    String type = header(exchange, "Content-Type");
    // A form of another page cannot send this type without being asked first.
    if (type == null || !type.startsWith("application/json")) {
      throw new Refusal(415, "the body must be application/json, but was " + type);
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new Refusal(413, "the body must have at most " + LONGEST_BODY + " bytes");
    }
    try {
      JsonNode read = JSON.readTree(new String(body, UTF_8));
      if (!read.isObject()) {
        throw new Refusal(400, "the body must be a JSON object, but was " + read.getNodeType());
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "the body must be a JSON object, but is not JSON");
    }
  }

  static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }
}
