package io.saccade.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Pages of a program on this machine. */
public final class Web {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  private Web() {}

  /** The body of a page, whatever its status; empty when nobody answers yet. */
  public static String get(String url) {
    HttpResponse<String> answer = ask(url);
    return answer == null ? "" : answer.body();
  }

  /** The status of a page; 0 when nobody answers yet. */
  public static int status(String url) {
    HttpResponse<String> answer = ask(url);
    return answer == null ? 0 : answer.statusCode();
  }

  /** What a page that never ends sends first, within a second, at most so many bytes. */
  public static String firstOf(String url, int atMost) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
    StringBuilder first = new StringBuilder();
    long until = System.nanoTime() + 1_000_000_000L;
    try (InputStream body = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      while (first.length() < atMost && System.nanoTime() < until) {
        byte[] some = body.readNBytes(512);
        first.append(new String(some, UTF_8));
      }
      return first.toString();
    } catch (IOException e) {
      return first.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static @org.jspecify.annotations.Nullable HttpResponse<String> ask(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
