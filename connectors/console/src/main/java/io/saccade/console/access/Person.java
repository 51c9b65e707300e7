package io.saccade.console.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who sits before the page.
 *
 * @param name as it stands in control records
 * @param role what they may do
 * @param cameras the only cameras they see; empty when they see all
 */
public record Person(String name, Role role, Optional<Set<String>> cameras) {
  public Person {
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException(
          "name must be text of at most 100 characters, but was '" + name + "'");
    }
    cameras = cameras.map(Set::copyOf);
  }

  /** Somebody who sees every camera. */
  public static Person ofAll(String name, Role role) {
    return new Person(name, role, Optional.empty());
  }

  public boolean sees(String camera) {
    return cameras.isEmpty() || cameras.get().contains(camera);
  }

  public boolean operates() {
    return role == Role.OPERATOR;
  }
}
