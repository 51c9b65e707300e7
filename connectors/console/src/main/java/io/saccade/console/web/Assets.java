package io.saccade.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The page's files: a fixed list, compressed once. Nothing else can be asked for. */
final class Assets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** One file as it is sent. */
  private record Asset(String type, byte[] plain, byte[] zipped, String tag) {}

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("/", "index.html"),
          Map.entry("/style.css", "style.css"),
          Map.entry("/main.js", "main.js"),
          Map.entry("/stream.js", "stream.js"),
          Map.entry("/wall.js", "wall.js"),
          Map.entry("/looks.js", "looks.js"),
          Map.entry("/large.js", "large.js"),
          Map.entry("/budget.js", "budget.js"),
          Map.entry("/time.js", "time.js"),
          Map.entry("/events.js", "events.js"),
          Map.entry("/icon.svg", "icon.svg"),
          Map.entry("/uplot.js", UPLOT + "uPlot.iife.min.js"),
          Map.entry("/uplot.css", UPLOT + "uPlot.min.css"));

  private final Map<String, Asset> assets = new TreeMap<>();

  Assets() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      String resource = file.getValue();
      try (InputStream in = Assets.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("the page's file " + resource + " must be in the jar, but is not");
        }
        byte[] plain = in.readAllBytes();
        assets.put(file.getKey(), new Asset(type(resource), plain, zipped(plain), tag(plain)));
      }
    }
  }

  /** Bytes that a browser loads for the page, compressed. */
  int weight() {
    return assets.values().stream().mapToInt(it -> it.zipped.length).sum();
  }

  void serve(HttpExchange exchange) throws IOException, Refusal {
    String path = exchange.getRequestURI().getPath();
    Asset asset = path == null ? null : assets.get(path);
    if (asset == null) {
      throw new Refusal(404, "there is no " + path);
    }
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.getResponseHeaders().set("ETag", asset.tag);
    exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
    if (asset.tag.equals(Requests.header(exchange, "If-None-Match"))) {
      Requests.answer(exchange, 304, asset.type, new byte[0]);
      return;
    }
    boolean zips = accepts(Requests.header(exchange, "Accept-Encoding"));
    if (zips) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    Requests.answer(exchange, 200, asset.type, zips ? asset.zipped : asset.plain);
  }

  private static boolean accepts(@Nullable String encodings) {
    return encodings != null && encodings.contains("gzip");
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "text/html; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String tag(byte[] plain) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
