package io.saccade.console.access;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the page may be reached, and by whom. Beyond this machine only with tokens or behind a
 * proxy: one rule, checked when this is made.
 *
 * @param host address to listen at
 * @param tokens who may come in; empty when everybody who reaches it may
 * @param proxy origin under which a proxy shows the page, such as {@code https://see.example.com};
 *     empty without a proxy
 * @param anybody who somebody without a token is
 */
public record Access(
    InetAddress host, Optional<TokenFile> tokens, Optional<URI> proxy, Person anybody) {

  public Access {
    if (!host.isLoopbackAddress() && tokens.isEmpty() && proxy.isEmpty()) {
      throw new IllegalArgumentException(
          "host must be a loopback address unless --token-file or --behind-proxy is given, but was "
              + host.getHostAddress());
    }
    if (proxy.isPresent()) {
      URI origin = proxy.get();
      boolean plain =
          ("https".equals(origin.getScheme()) || "http".equals(origin.getScheme()))
              && origin.getHost() != null
              && (origin.getPath() == null || origin.getPath().isEmpty())
              && origin.getQuery() == null
              && origin.getUserInfo() == null;
      if (!plain) {
        throw new IllegalArgumentException(
            "proxy must be an origin such as https://see.example.com, but was " + origin);
      }
    }
  }

  /** For whoever sits at this machine. */
  public static Access local(String operator) {
    return new Access(
        InetAddress.getLoopbackAddress(),
        Optional.empty(),
        Optional.empty(),
        Person.ofAll(operator, Role.OPERATOR));
  }

  /**
   * Whether a request's Host header names this page. A name that somebody else's DNS server bent to
   * this address is refused, so no foreign page can read this one in a visitor's browser.
   */
  public boolean admitsHost(String header, int port) {
    String asked = header.toLowerCase(Locale.ROOT);
    return proxy.filter(origin -> authority(origin).equals(asked)).isPresent()
        || asked.equals("localhost:" + port)
        || asked.equals("127.0.0.1:" + port)
        || asked.equals("[::1]:" + port)
        || asked.equals(literal(host) + ":" + port)
        // An address cannot be rebound as a name can, and 0.0.0.0 listens at all of them.
        || (tokens.isPresent()
            && host.isAnyLocalAddress()
            && asked.matches("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:]+])(:" + port + ")"));
  }

  /** Whether a request that changes something comes from this page itself. */
  public boolean admitsOrigin(String origin, String hostHeader) {
    return proxy.filter(it -> origin.equalsIgnoreCase(it.toString())).isPresent()
        || origin.equalsIgnoreCase("http://" + hostHeader);
  }

  /** Whether cookies travel over TLS alone. */
  public boolean secure() {
    return proxy.filter(it -> "https".equals(it.getScheme())).isPresent();
  }

  /** For people, at the start. */
  public String described() {
    String who =
        tokens.isPresent()
            ? "with a token"
            : "as " + anybody.role().name().toLowerCase(Locale.ROOT) + ", without a token";
    String where =
        proxy.isPresent()
            ? "everybody whom the proxy at " + proxy.get() + " lets through"
            : host.isLoopbackAddress() ? "this machine" : "everybody who reaches it";
    return "open to " + where + ", " + who;
  }

  private static String authority(URI origin) {
    return origin.getRawAuthority().toLowerCase(Locale.ROOT);
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
  }
}
