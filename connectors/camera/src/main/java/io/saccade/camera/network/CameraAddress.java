package io.saccade.camera.network;

import io.saccade.camera.config.CameraUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network camera listens.
 *
 * @param scheme rtsp, rtsps, http or https
 * @param host as the URL has it, IPv6 addresses in brackets
 */
public record CameraAddress(String scheme, String host, int port) {
  private static final Pattern URL =
      Pattern.compile("(?i)(rtsps?|https?)://([^/?#]*@)?(\\[[^\\]]*]|[^:/?#@]*)(?::(\\d+))?(.*)");

  private static final Map<String, Integer> PORTS =
      Map.of("rtsp", 554, "rtsps", 322, "http", 80, "https", 443);

  public CameraAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be within [1, 65535], but was " + port);
    }
  }

  /** The address in a network camera's URL. */
  public static CameraAddress of(CameraUrl url) {
    Matcher parts = parts(url);
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String port = parts.group(4);
    return new CameraAddress(
        scheme,
        parts.group(3),
        port == null ? PORTS.getOrDefault(scheme, 0) : Integer.parseInt(port));
  }

  /** The same URL, secrets included, with another host and port. */
  public static String elsewhere(CameraUrl url, String hostAndPort) {
    Matcher parts = parts(url);
    String userInfo = parts.group(2) == null ? "" : parts.group(2);
    return parts.group(1) + "://" + userInfo + hostAndPort + parts.group(5);
  }

  private static Matcher parts(CameraUrl url) {
    Matcher parts = URL.matcher(url.revealed());
    if (!parts.matches()) {
      throw new IllegalArgumentException("url must be of a network camera, but was " + url);
    }
    return parts;
  }

  /** All it resolves to, at least one; may wait for a name server. */
  List<InetSocketAddress> resolved() throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host.replaceAll("[\\[\\]]", "")))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
