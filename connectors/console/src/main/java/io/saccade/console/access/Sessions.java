package io.saccade.console.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has shown a token and got a cookie for it: 256 random bits that mean nothing elsewhere and
 * nothing after a restart. Safe for use by several threads.
 */
public final class Sessions {
  private static final long LASTS_MILLIS = 12 * 3_600_000L;
  private static final int MOST = 1_000;

  private record Session(Person person, long untilMillis) {}

  private final SecureRandom random = new SecureRandom();
  // In the order they began, so that the oldest makes room.
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /** Begins a session; returns its secret. */
  public synchronized String begin(Person person, long nowMillis) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    sessions.values().removeIf(it -> it.untilMillis <= nowMillis);
    sessions.put(id, new Session(person, nowMillis + LASTS_MILLIS));
    Iterator<String> oldest = sessions.keySet().iterator();
    while (sessions.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
    return id;
  }

  public synchronized Optional<Person> person(String id, long nowMillis) {
    return Optional.ofNullable(sessions.get(id))
        .filter(it -> it.untilMillis > nowMillis)
        .map(Session::person);
  }

  public synchronized void end(String id) {
    sessions.remove(id);
  }
}
