package io.saccade.bench.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.bench.camera.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page in a real Chromium, driven by its DevTools protocol. A few of its commands are all that
 * is needed, and they need nothing that is not there already.
 */
public final class Browser implements AutoCloseable {
  public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final Duration START = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  private Browser(Path profile, Process process, String page) {
    this.profile = profile;
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(page), new Ear())
            .join();
  }

  /** Opens a page in a window of that size. */
  public static Browser open(String address, int width, int height)
      throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("chromium");
    Process process =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    Path told = profile.resolve("DevToolsActivePort");
    Waiting.until("Chromium tells its port", START, () -> told.toFile().length() > 0);
    String port = Files.readAllLines(told).get(0);
    HttpResponse<String> opened =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/json/new?" + address))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return new Browser(
        profile, process, JSON.readTree(opened.body()).path("webSocketDebuggerUrl").asText());
  }

  /** The value of an expression in the page; a promise's when it is kept. */
  public JsonNode value(String expression) {
    JsonNode answer =
        command(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  public boolean holds(String expression) {
    return value("Boolean(" + expression + ")").asBoolean();
  }

  /** Goes elsewhere, with nothing of it in the cache. */
  public void go(String address) {
    command("Network.enable", Map.of());
    command("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    command("Page.navigate", Map.of("url", address));
  }

  /** Presses a key, as the keyboard does. */
  public void press(String key) {
    String text = key.equals("Enter") ? "\r" : "";
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case "Escape" -> 27;
          case "ArrowRight" -> 39;
          default -> throw new IllegalArgumentException("key must be a known one, but was " + key);
        };
    for (String type : List.of("keyDown", "keyUp")) {
      command(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code,
              "text",
              type.equals("keyDown") ? text : ""));
    }
  }

  /** Takes light or dark, as the person has set it. */
  public void prefers(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Takes the size of another screen. */
  public void resize(int width, int height, boolean mobile) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
  }

  /** Waits until an expression is true in the page, also while that is only being loaded. */
  public void await(String expression, Duration atMost) throws InterruptedException {
    Waiting.until(
        () -> expression + " (page says: " + value("document.body?.innerText.slice(0, 400)") + ")",
        atMost,
        () -> {
          try {
            return holds(expression);
          } catch (IllegalStateException e) {
            return false; // Between two pages there is nothing to ask.
          }
        });
  }

  /** What the page looks like, as a JPEG. */
  public byte[] picture() {
    return Base64.getDecoder()
        .decode(
            command("Page.captureScreenshot", Map.of("format", "jpeg", "quality", 82))
                .path("data")
                .asText());
  }

  /** Sends any command of the protocol. */
  public JsonNode command(String method, Map<String, Object> parameters) {
    int id = number.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(command.toString(), true).join();
    JsonNode told = answer.orTimeout(60, TimeUnit.SECONDS).join();
    if (told.has("error")) {
      throw new IllegalStateException(method + ": " + told.path("error"));
    }
    return told.path("result");
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle it : all) {
      it.onExit().join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Puts together what the browser says. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(String message) {
      try {
        JsonNode told = JSON.readTree(message);
        CompletableFuture<JsonNode> answer = answers.remove(told.path("id").asInt());
        if (answer != null) {
          answer.complete(told);
        }
      } catch (IOException e) {
        throw new IllegalStateException("Chromium speaks JSON", e);
      }
    }
  }
}
