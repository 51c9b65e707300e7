package io.saccade.console.web;

import com.sun.net.httpserver.HttpExchange;
import io.saccade.console.access.Access;
import io.saccade.console.access.Person;
import io.saccade.console.access.RateLimit;
import io.saccade.console.access.Sessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in or not, before anything else is done with them. */
final class Guard {
  static final String COOKIE = "saccade-session";

  /** Wrong tokens per minute from one address. */
  private static final int GUESSES = 10;

  /** Requests per minute from one address that change something or begin a stream. */
  private static final int DEEDS = 240;

  private final Access access;
  private final Sessions sessions = new Sessions();
  private final RateLimit guesses = new RateLimit(GUESSES);
  private final RateLimit deeds = new RateLimit(DEEDS);

  Guard(Access access) {
    this.access = access;
  }

  /** Refuses what does not come from this page under its own name. */
  void admit(HttpExchange exchange) throws Refusal {
    String host = Requests.header(exchange, "Host");
    if (host == null || !access.admitsHost(host, exchange.getLocalAddress().getPort())) {
      throw new Refusal(421, "this page is not to be had under the name " + host);
    }
    if (!reads(exchange)) {
      String origin = Requests.header(exchange, "Origin");
      if (origin != null && !access.admitsOrigin(origin, host)) {
        throw new Refusal(403, "requests of another page (" + origin + ") are refused");
      }
      // A browser says on every such request where it comes from. A script without an origin
      // shows its token itself, and carries nobody's cookie.
      if (origin == null && cookie(exchange).isPresent()) {
        throw new Refusal(403, "a request with a cookie must say its origin, but did not");
      }
      limit(exchange);
    }
  }

  /** Counts what costs something. */
  void limit(HttpExchange exchange) throws Refusal {
    if (!deeds.take(place(exchange), System.nanoTime())) {
      throw new Refusal(429, "at most " + DEEDS + " requests a minute are served");
    }
  }

  /** Who asks. */
  Person person(HttpExchange exchange) throws Refusal {
    if (access.tokens().isEmpty()) {
      return access.anybody();
    }
    String bearer = Requests.header(exchange, "Authorization");
    if (bearer != null && bearer.startsWith("Bearer ")) {
      return known(exchange, bearer.substring("Bearer ".length()).strip());
    }
    return cookie(exchange)
        .flatMap(id -> sessions.person(id, System.currentTimeMillis()))
        .orElseThrow(() -> new Refusal(401, "a token is needed"));
  }

  Person operator(HttpExchange exchange) throws Refusal {
    Person person = person(exchange);
    if (!person.operates()) {
      throw new Refusal(403, person.name() + " may look, but not change settings");
    }
    return person;
  }

  /** Begins a session for a token; the cookie to set. */
  String cookie(HttpExchange exchange, String token) throws Refusal {
    String id = sessions.begin(known(exchange, token), System.currentTimeMillis());
    return set(id, 12 * 3600);
  }

  /** Ends the session; the cookie to set. */
  String forgotten(HttpExchange exchange) {
    cookie(exchange).ifPresent(sessions::end);
    return set("", 0);
  }

  boolean wantsTokens() {
    return access.tokens().isPresent();
  }

  private String set(String id, int seconds) {
    return "%s=%s; Max-Age=%d; Path=/; HttpOnly; SameSite=Strict%s"
        .formatted(COOKIE, id, seconds, access.secure() ? "; Secure" : "");
  }

  private Person known(HttpExchange exchange, String token) throws Refusal {
    // Beyond the limit the right one is refused as well: or guessing would go on unhindered.
    if (!guesses.left(place(exchange), System.nanoTime())) {
      throw new Refusal(429, "too many wrong tokens: wait a minute");
    }
    Optional<Person> person = access.tokens().flatMap(it -> it.person(token));
    if (person.isEmpty()) {
      guesses.take(place(exchange), System.nanoTime());
      throw new Refusal(401, "this token is not known");
    }
    return person.get();
  }

  private static boolean reads(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    return method.equals("GET") || method.equals("HEAD");
  }

  private static String place(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  private static Optional<String> cookie(HttpExchange exchange) {
    @Nullable String header = Requests.header(exchange, "Cookie");
    if (header == null) {
      return Optional.empty();
    }
    for (String part : header.split(";", -1)) {
      String pair = part.strip();
      if (pair.startsWith(COOKIE + "=")) {
        return Optional.of(pair.substring(COOKIE.length() + 1));
      }
    }
    return Optional.empty();
  }
}
