package io.saccade.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Text that may stand in a line as it is. */
  static void line(String name, @Nullable String found) {
    text(name, found);
    that(found != null && Excerpt.prints(found), name, "text that prints", Excerpt.of(found));
  }

  static void present(String name, @Nullable Object found) {
    that(found != null, name, "present", "missing or null");
  }

  /** The value, which must be there. */
  static <V> V given(String name, @Nullable V found) {
    if (found == null) {
      throw new IllegalArgumentException(name + " must be present, but was missing or null");
    }
    return found;
  }

  /** The same of a bounded length. */
  static void line(String name, int longest, @Nullable String found) {
    line(name, found);
    int length = found == null ? 0 : found.length();
    that(length <= longest, name, "at most " + longest + " characters", length);
  }

  /** A camera's name as {@link Frames#camera} makes them. */
  static void camera(String name, String found) {
    line(name, Frames.MAX_CAMERA_LENGTH, found);
  }

  /** An unmodifiable copy, ordered by name; a null value is refused. */
  static <V> Map<String, V> entries(String name, int most, @Nullable Map<String, V> found) {
    Map<String, V> entries = new TreeMap<>(given(name, found));
    that(entries.size() <= most, name, "at most " + most + " entries", entries.size());
    entries.values().forEach(value -> present("each of " + name, value));
    return Collections.unmodifiableMap(entries);
  }

  /** An unmodifiable copy; a null element is refused. */
  static <E> List<E> elements(String name, @Nullable List<E> found) {
    List<E> elements = given(name, found);
    for (Object element : elements) {
      present("each of " + name, element);
    }
    return List.copyOf(elements);
  }

  static void that(boolean holds, String name, Object expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", but was " + found);
    }
  }
}
