package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MJPEG over HTTP, byte for byte as the camera sent it. Nothing is decoded, and whatever it waits
 * for ends when its socket is closed, so it needs no child. Redirects are not followed: they could
 * lead a password elsewhere.
 */
final class MjpegSource implements Source {
  private static final Pattern URL =
      Pattern.compile(
          "(?i:http)://(?:(.*)@)?(\\[[^\\]]*]|[^:/?#@]*)(?::(\\d+))?(/[^?#]*)?(\\?[^#]*)?(#.*)?");
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))");
  private static final int READ_BYTES = 64 * 1024;
  private static final int PORT = 80;
  private static final int UNAUTHORIZED = 401;

  /** Two tries of TCP, which sends again after a second. */
  static final int CONNECT_MILLIS = 1_500;

  private final CameraSettings camera;
  private final InetSocketAddress address;
  private final String host;
  private final String target;
  private final @Nullable HttpLogin login;
  private final @Nullable Pacer pacer;
  private final Object connection = new Object();
  private Socket socket = new Socket();
  private boolean killed;
  private @Nullable MultipartReader parts;
  private boolean answered;
  private Ending ending = new Ending(Trouble.BROKE_OFF, "the camera ended it");
  private long damaged;

  MjpegSource(CameraSettings camera) throws IOException {
    this.camera = camera;
    Matcher url = URL.matcher(camera.url().revealed());
    if (!url.matches()) {
      throw new IOException("expected http://HOST/..., but found another URL");
    }
    String port = url.group(3);
    this.host = url.group(2) + (port == null ? "" : ":" + port);
    this.address =
        InetSocketAddress.createUnresolved(
            url.group(2).replaceAll("[\\[\\]]", ""), port == null ? PORT : Integer.parseInt(port));
    this.target =
        encoded(
            Objects.requireNonNullElse(url.group(4), "/")
                + Objects.requireNonNullElse(url.group(5), ""));
    this.login = url.group(1) == null ? null : login(url.group(1));
    Double fps = camera.fps();
    this.pacer = fps == null ? null : new Pacer(fps);
  }

  private static HttpLogin login(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new HttpLogin(decoded(userInfo), "")
        : new HttpLogin(
            decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** What may not stand in a request percent-encoded; what is encoded already is left. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each > ' ' && each < 0x7f) {
        encoded.append((char) each);
      } else {
        encoded.append("%%%02X".formatted(each & 0xff));
      }
    }
    return encoded.toString();
  }

  @Override
  public boolean answers() {
    try {
      parts = open();
      return true;
    } catch (IOException e) {
      ending = ending(e);
      // Whatever else is wrong with it, the camera has spoken.
      return answered;
    }
  }

  @Override
  public @Nullable Picture next() {
    try {
      MultipartReader opened = parts;
      byte[] body = opened == null ? null : opened.next();
      while (opened != null && body != null) {
        if (!Bodies.isJpeg(body)) {
          damaged++;
        } else if (pacer == null || pacer.takes(System.nanoTime() / 1e6)) {
          return new Picture(Picture.NO_STREAM_TIME, "image/jpeg", body);
        }
        body = opened.next();
      }
    } catch (IOException e) {
      ending = ending(e);
    }
    return null;
  }

  /** Null when the camera answers, but not with pictures; the ending says why. */
  private @Nullable MultipartReader open() throws IOException {
    InputStream in = ask(null);
    HttpAnswer answer = HttpAnswer.read(in);
    answered = true;
    if (answer.status() == UNAUTHORIZED && login != null) {
      Optional<String> authorization = login.answer(answer.all("WWW-Authenticate"), target);
      if (authorization.isPresent()) {
        in = ask(authorization.get());
        answer = HttpAnswer.read(in);
      }
    }
    String type = answer.header("Content-Type").orElse("no type");
    if (answer.status() != 200) {
      String said = answer.status() + " " + answer.words();
      ending = new Ending(trouble(answer.status()), camera.url().redactor().redact(said));
      return null;
    }
    boolean chunked =
        answer
            .header("Transfer-Encoding")
            .map(coding -> coding.equalsIgnoreCase("chunked"))
            .orElse(false);
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      ending =
          new Ending(
              Trouble.NOT_A_VIDEO,
              "expected multipart/x-mixed-replace, but found %s; with a width it is decoded"
                  .formatted(camera.url().redactor().redact(type)));
      return null;
    }
    Matcher boundary = BOUNDARY.matcher(type);
    String declared = "";
    if (boundary.find()) {
      declared = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    }
    return new MultipartReader(
        chunked ? new BufferedInputStream(new ChunkedStream(in), READ_BYTES) : in, declared);
  }

  /** Asks on a connection of its own. */
  private InputStream ask(@Nullable String authorization) throws IOException {
    Socket opened = new Socket();
    synchronized (connection) {
      socket.close();
      socket = opened;
      if (killed) {
        opened.close();
      }
    }
    opened.setSoTimeout((int) camera.longestSilence().toMillis());
    opened.setTcpNoDelay(true);
    opened.connect(
        new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: saccade\r\nAccept: */*\r\n%sConnection: close\r\n\r\n"
            .formatted(
                target,
                host,
                authorization == null ? "" : "Authorization: " + authorization + "\r\n");
    opened.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return new BufferedInputStream(opened.getInputStream(), READ_BYTES);
  }

  private static Trouble trouble(int status) {
    return switch (status) {
      case 401, 403 -> Trouble.CREDENTIALS;
      case 404, 410 -> Trouble.NOT_FOUND;
      default -> Trouble.BROKE_OFF;
    };
  }

  private Ending ending(IOException problem) {
    String said = camera.url().redactor().redact(String.valueOf(problem.getMessage()));
    if (problem instanceof UnknownHostException) {
      return new Ending(Trouble.NOT_FOUND, "no such host");
    }
    return problem instanceof SocketTimeoutException
        ? new Ending(Trouble.TIMED_OUT, null)
        : new Ending(Trouble.of(said), said);
  }

  @Override
  public void kill() {
    synchronized (connection) {
      killed = true;
      try {
        socket.close();
      } catch (IOException e) {
        // As good as closed.
      }
    }
  }

  @Override
  public Ending ending() {
    return ending;
  }

  @Override
  public long damaged() {
    return damaged;
  }

  @Override
  public void close() {
    kill();
  }
}
