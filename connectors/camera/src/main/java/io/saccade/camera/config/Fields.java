package io.saccade.camera.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one mapping. What is wrong with them is told to the list of faults. */
final class Fields {
  private final String place;
  private final int line;
  private final Map<String, Yaml> values;
  private final List<Fault> faults;

  private Fields(String place, int line, Map<String, Yaml> values, List<Fault> faults) {
    this.place = place;
    this.line = line;
    this.values = values;
    this.faults = faults;
  }

  /** The fields of a node; none where nothing stands. */
  static Fields of(String place, Yaml node, Set<String> allowed, List<Fault> faults) {
    Map<String, Yaml> values = Map.of();
    if (node instanceof Yaml.Mapping mapping) {
      values = mapping.values();
    } else if (!(node instanceof Yaml.Scalar scalar && scalar.text() == null)) {
      faults.add(
          new Fault(
              node.line(), place, "must be a mapping of keys to values, but was " + shape(node)));
    }
    Fields fields = new Fields(place, node.line(), values, faults);
    values.forEach(
        (key, value) -> {
          if (!allowed.contains(key)) {
            faults.add(
                new Fault(
                    value.line(),
                    place,
                    "may have %s, but has '%s'"
                        .formatted(
                            String.join(", ", new TreeSet<>(allowed)), Values.shownKey(key))));
          }
        });
    return fields;
  }

  /** Not the value itself: it may be a URL with a password. */
  private static String shape(Yaml node) {
    return node instanceof Yaml.Scalar ? "a single value" : node.described();
  }

  @Nullable Yaml node(String key) {
    return values.get(key);
  }

  int line(String key) {
    Yaml value = values.get(key);
    return value == null ? line : value.line();
  }

  void complain(String key, String complaint) {
    faults.add(new Fault(line(key), place, key.isEmpty() ? complaint : key + " " + complaint));
  }

  /** Its entries; none where nothing stands. */
  List<Yaml> list(String key) {
    Yaml value = values.get(key);
    if (value instanceof Yaml.Sequence sequence) {
      return sequence.entries();
    }
    complain(key, "must be a list, but was " + (value == null ? "missing" : shape(value)));
    return List.of();
  }

  /** A value that must be there; null, and a fault, without one. */
  <V> @Nullable V required(String key, Function<String, V> parse) {
    Yaml value = values.get(key);
    if (value == null || (value instanceof Yaml.Scalar scalar && scalar.text() == null)) {
      complain(key, "must be present, but was missing");
      return null;
    }
    return optional(key, null, parse);
  }

  /**
   * A value.
   *
   * @param otherwise where the key does not stand, or its value cannot be parsed, which is a fault;
   *     a key without a value is null
   * @param parse refuses with an {@link IllegalArgumentException} that says what must be
   */
  <V> @Nullable V optional(String key, @Nullable V otherwise, Function<String, V> parse) {
    Yaml value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Yaml.Scalar scalar)) {
      complain(key, "must be a single value, but was " + shape(value));
      return otherwise;
    }
    if (scalar.text() == null) {
      return null;
    }
    try {
      return parse.apply(scalar.text());
    } catch (IllegalArgumentException e) {
      complain(key, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** The same, where a key without a value counts as not there. */
  <V> V definite(String key, V otherwise, Function<String, V> parse) {
    V value = optional(key, otherwise, parse);
    return value == null ? otherwise : value;
  }
}
