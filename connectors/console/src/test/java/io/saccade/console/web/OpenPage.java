package io.saccade.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The endless response, read as the page reads it. */
final class OpenPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Served served;
  private final String token;
  private final int status;
  private final DataInputStream in;

  /** A state, or a picture's header with the picture; the other is missing. */
  record Message(JsonNode json, byte[] image) {
    boolean isPicture() {
      return image.length > 0;
    }

    List<String> cameras() {
      return json.path("cameras").findValuesAsText("camera");
    }
  }

  private OpenPage(Served served, String token, HttpResponse<InputStream> response) {
    this.served = served;
    this.token = token;
    this.status = response.statusCode();
    this.in = new DataInputStream(response.body());
  }

  static OpenPage of(Served served, String token) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + "/api/stream"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return new OpenPage(
        served,
        token,
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  int status() {
    return status;
  }

  Message next() throws IOException {
    byte[] message = in.readNBytes(in.readInt());
    if (message[0] == 1) {
      return new Message(JSON.readTree(message, 1, message.length - 1), new byte[0]);
    }
    int header = ByteBuffer.wrap(message, 1, 4).getInt();
    return new Message(
        JSON.readTree(message, 5, header), Arrays.copyOfRange(message, 5 + header, message.length));
  }

  Message nextState() throws IOException {
    Message message = next();
    while (message.isPicture()) {
      message = next();
    }
    return message;
  }

  Message nextPicture() throws IOException {
    Message message = next();
    while (!message.isPicture()) {
      message = next();
    }
    return message;
  }

  /** Tells the server what is in sight. */
  Asking.Answer look(String viewer, String... cameras) throws IOException {
    String body = JSON.writeValueAsString(Map.of("viewer", viewer, "cameras", cameras));
    return (token.isEmpty() ? served.ask().fromThePage() : served.ask(token))
        .post("/api/view", body);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
