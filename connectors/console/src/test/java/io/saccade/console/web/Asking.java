package io.saccade.console.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A request written byte by byte, as somebody sends it whom no browser holds back: with any Host,
 * Origin and cookie.
 */
final class Asking {
  private final int port;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /** What came back. */
  record Answer(int status, Map<String, String> headers, String body) {
    /** A header that must be there. */
    String header(String name) {
      return Objects.requireNonNull(headers.get(name), name + " in " + headers);
    }
  }

  private Asking(int port) {
    this.port = port;
    with("Host", "127.0.0.1:" + port);
    with("Connection", "close");
  }

  static Asking at(int port) {
    return new Asking(port);
  }

  Asking with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** As the page itself sends it. */
  Asking fromThePage() {
    return with("Origin", "http://127.0.0.1:" + port).with("Content-Type", "application/json");
  }

  Answer get(String path) throws IOException {
    return ask("GET", path, "");
  }

  Answer post(String path, String body) throws IOException {
    return ask("POST", path, body);
  }

  Answer ask(String method, String path, String body) throws IOException {
    byte[] content = body.getBytes(UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + content.length + "\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      return answer(new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private static Answer answer(String all) {
    int end = all.indexOf("\r\n\r\n");
    String[] lines = all.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ", -1)[1]), headers, all.substring(end + 4));
  }
}
