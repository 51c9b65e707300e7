package io.saccade.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What Flink tells and does over its REST interface. Safe for use by several threads. */
public final class Rest {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer that is not what was asked for. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }

    /** Of HTTP, such as 404. */
    int code() {
      return code;
    }
  }

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  public Rest(URI address) {
    this.address = address;
  }

  public URI address() {
    return address;
  }

  /**
   * What stands there; empty while nobody answers, or nobody who leads.
   *
   * @param path such as {@code /jobs/overview}
   */
  public Optional<JsonNode> ask(String path) throws InterruptedException {
    try {
      return Optional.of(get(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What stands there.
   *
   * @throws Refusal when the answer is anything but that
   * @throws IOException when nobody answers
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET().build());
  }

  /** Asks for something to be done. */
  JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
    return answer(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER);
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new Refusal(
          response.statusCode(),
          "%s answered %d: %s"
              .formatted(request.uri(), response.statusCode(), complaint(response.body())));
    }
    return JSON.readTree(response.body());
  }

  /** Flink answers with lists of stack traces: the first line says most. */
  private static String complaint(byte[] body) {
    try {
      String first = "";
      for (JsonNode error : JSON.readTree(body).path("errors")) {
        first = first.isEmpty() || first.startsWith("Internal") ? error.asText() : first;
      }
      return first.lines().findFirst().orElse("nothing");
    } catch (IOException e) {
      return "nothing that could be read";
    }
  }
}
