package io.saccade.console.web;

import io.saccade.console.access.Person;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All open pages. */
public final class Viewers {
  private static final int MOST = 24;

  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  Viewer open(Person person) throws Refusal {
    if (viewers.size() >= MOST) {
      throw new Refusal(503, "at most " + MOST + " pages can be open at once");
    }
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    Viewer viewer = new Viewer(Base64.getUrlEncoder().encodeToString(bytes), person);
    viewers.put(viewer.id(), viewer);
    return viewer;
  }

  void close(Viewer viewer) {
    viewers.remove(viewer.id());
  }

  Optional<Viewer> find(String id) {
    return Optional.ofNullable(viewers.get(id));
  }

  /** The cameras that somebody sees now. */
  public Collection<String> watched() {
    Set<String> watched = new HashSet<>();
    viewers.values().forEach(it -> watched.addAll(it.inSight()));
    return watched;
  }
}
