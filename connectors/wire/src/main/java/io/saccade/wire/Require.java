package io.saccade.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions on a record's values, each refusing with what was expected and what was found. */
final class Require {
  private Require() {}

  static void schema(int expected, int found) {
    that(found == expected, "schema", expected, found);
  }

  static void atLeast(String name, long least, long found) {
    that(found >= least, name, "at least " + least, found);
  }

  static void finite(String name, double found) {
    that(Double.isFinite(found), name, "a finite number", found);
  }

  static void share(String name, double found) {
    that(found >= 0 && found <= 1, name, "within [0, 1]", found);
  }

  static void text(String name, @Nullable String found) {
    that(found != null && !found.isBlank(), name, "text", Excerpt.of(found));
  }

  static void present(String name, @Nullable Object found) {
    that(found != null, name, "present", "missing or null");
  }

  /** An unmodifiable copy; a null element is refused. */
  static <E> List<E> elements(String name, @Nullable List<E> found) {
    if (found == null) {
      throw new IllegalArgumentException(name + " must be present, but was missing or null");
    }
    for (Object element : found) {
      present("each of " + name, element);
    }
    return List.copyOf(found);
  }

  static void that(boolean holds, String name, Object expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", but was " + found);
    }
  }
}
