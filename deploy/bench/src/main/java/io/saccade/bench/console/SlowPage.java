package io.saccade.bench.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A browser that has every tile in sight and takes 40 KB a second of the megabyte that comes. */
final class SlowPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIP_BYTES = 4_096;
  private static final long SIP_MILLIS = 100;

  private final Socket socket;
  private final Thread thread;
  private final AtomicLong taken = new AtomicLong();

  private SlowPage(Socket socket) {
    this.socket = socket;
    this.thread = new Thread(this::sip, "slow-page");
  }

  static SlowPage open(URI address) throws IOException, InterruptedException {
    Socket socket = new Socket();
    // As on a thin line: what is on its way is not much.
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    String host = address.getAuthority();
    socket
        .getOutputStream()
        .write(("GET /api/stream HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(ISO_8859_1));
    JsonNode state = firstState(socket.getInputStream());
    List<String> cameras = new ArrayList<>();
    state.path("cameras").forEach(it -> cameras.add(it.path("camera").asText()));
    HttpResponse<Void> told =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address.resolve("/api/view"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            JSON.writeValueAsString(
                                Map.of(
                                    "viewer", state.path("viewer").asText(), "cameras", cameras))))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    if (told.statusCode() != 200) {
      throw new IllegalStateException(
          "what is in sight must be accepted with 200, but was with " + told.statusCode());
    }
    SlowPage page = new SlowPage(socket);
    page.thread.setDaemon(true);
    page.thread.start();
    return page;
  }

  /** The response comes in chunks; the first holds the first message and is not long. */
  private static JsonNode firstState(InputStream raw) throws IOException {
    DataInputStream in = new DataInputStream(raw);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    byte[] message = new byte[0];
    int wanted = 5;
    while (message.length < wanted) {
      int size = Integer.parseInt(line(in), 16);
      byte[] more = new byte[message.length + size];
      System.arraycopy(message, 0, more, 0, message.length);
      in.readFully(more, message.length, size);
      line(in);
      message = more;
      wanted = 4 + ByteBuffer.wrap(message).getInt();
    }
    return JSON.readTree(new String(message, 5, wanted - 5, UTF_8));
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private void sip() {
    byte[] sip = new byte[SIP_BYTES];
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(sip)) {
        taken.addAndGet(read);
        Thread.sleep(SIP_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      // Closed, or hung up on.
    }
  }

  /** Bytes so far. */
  long taken() {
    return taken.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
