package io.saccade.gfnet.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one JSON object. A field that is not what it should be is complained of and reads
 * as a harmless value, so that the reading goes on to the next complaint. Unknown fields are
 * ignored.
 */
final class Fields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final String path;
  private final JsonNode object;
  private final Complaints complaints;

  private Fields(String file, String path, JsonNode object, Complaints complaints) {
    this.file = file;
    this.path = path;
    this.object = object;
    this.complaints = complaints;
  }

  /** The object that is a whole file. */
  static Fields of(String file, byte[] json, Complaints complaints) {
    JsonNode object;
    try {
      object = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw complaints.refusal(file, "must be JSON, but was not: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw complaints.refusal(file, "must be JSON in UTF-8, but was not: " + e.getMessage());
    }
    if (!object.isObject()) {
      throw complaints.refusal(file, "must be a JSON object, but was " + quote(object));
    }
    return new Fields(file, "", object, complaints);
  }

  void expect(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      complaints.add(
          file,
          path
              + name
              + " must be "
              + expected
              + ", but was "
              // Here, because quoting every good value would take longer than reading them all.
              + (found instanceof JsonNode node ? quote(node) : found));
    }
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  String text(String name) {
    JsonNode found = object.path(name);
    boolean good = found.isTextual() && !found.asText().isBlank();
    expect(good, name, "text", found);
    return good ? found.asText() : "";
  }

  String oneOf(String name, String... allowed) {
    JsonNode found = object.path(name);
    boolean good = found.isTextual() && Arrays.asList(allowed).contains(found.asText());
    expect(good, name, "one of " + Arrays.toString(allowed), found);
    return good ? found.asText() : allowed[0];
  }

  boolean bool(String name) {
    JsonNode found = object.path(name);
    expect(found.isBoolean(), name, "true or false", found);
    return found.asBoolean();
  }

  long integer(String name, long least, long most) {
    JsonNode found = object.path(name);
    boolean good =
        found.isIntegralNumber()
            && found.canConvertToLong()
            && found.asLong() >= least
            && found.asLong() <= most;
    expect(good, name, "an integer within [" + least + ", " + most + "]", found);
    return good ? found.asLong() : least;
  }

  /** The same for a field that may be left out. */
  long integer(String name, long least, long most, long otherwise) {
    return object.has(name) ? integer(name, least, most) : otherwise;
  }

  double number(String name, double least, double most) {
    JsonNode found = object.path(name);
    boolean good = found.isNumber() && found.asDouble() >= least && found.asDouble() <= most;
    expect(good, name, "a number within [" + least + ", " + most + "]", found);
    return good ? found.asDouble() : least;
  }

  /** Exactly {@code count} numbers within a range. */
  double[] numbers(String name, int count, double least, double most) {
    JsonNode found = object.path(name);
    double[] numbers = new double[count];
    boolean good = found.isArray() && found.size() == count;
    for (int i = 0; good && i < count; i++) {
      numbers[i] = found.get(i).asDouble();
      good = found.get(i).isNumber() && numbers[i] >= least && numbers[i] <= most;
    }
    expect(good, name, count + " numbers within [" + least + ", " + most + "]", found);
    return good ? numbers : new double[count];
  }

  List<String> texts(String name) {
    JsonNode found = object.path(name);
    List<String> texts = new ArrayList<>();
    boolean good = found.isArray() && !found.isEmpty();
    for (JsonNode text : found) {
      good &= text.isTextual() && !text.asText().isBlank();
      texts.add(text.asText());
    }
    expect(good, name, "a list of texts", found);
    return good ? texts : List.of();
  }

  /** Number of entries in a list inside an object; 0 when either is missing. */
  int listed(String inside, String name) {
    JsonNode list = object.path(inside).path(name);
    return list.isArray() ? list.size() : 0;
  }

  /** A field that is an object itself; an empty one when it is not. */
  Fields object(String name) {
    JsonNode found = object.path(name);
    expect(found.isObject(), name, "an object", found);
    JsonNode inner = found.isObject() ? found : MAPPER.createObjectNode();
    return new Fields(file, path + name + ".", inner, complaints);
  }

  /** A field that is a list of objects. */
  List<Fields> objects(String name) {
    JsonNode found = object.path(name);
    List<Fields> objects = new ArrayList<>();
    boolean good = found.isArray();
    for (int i = 0; good && i < found.size(); i++) {
      good = found.get(i).isObject();
      objects.add(new Fields(file, path + name + "[" + i + "].", found.get(i), complaints));
    }
    expect(good, name, "a list of objects", found);
    return good ? objects : List.of();
  }

  private static String quote(JsonNode found) {
    if (found.isMissingNode()) {
      return "missing";
    }
    String text = found.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }
}
