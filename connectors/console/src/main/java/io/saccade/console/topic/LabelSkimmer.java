package io.saccade.console.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saccade.console.scene.Note;
import io.saccade.console.scene.Place;
import io.saccade.wire.Label;
import io.saccade.wire.MalformedRecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a label what is noted of it, and passes over the rest: a tenth of what reading it whole
 * takes. What it leaves out is checked when the label is read whole, or never. One for each label.
 */
final class LabelSkimmer {
  private static final JsonFactory JSON = new JsonFactory();

  private @Nullable String camera;
  private @Nullable String outcome;
  private @Nullable String best;
  private String reason = "";
  private String model = "";
  private String modelSha256 = "";
  private double confidence;
  private long partition = -1;
  private long offset = -1;
  private long capturedMillis;
  private long ageMillis;
  private long schema;
  private int looks;

  private LabelSkimmer() {}

  /** What is noted of a label; complains of one that has not even that. */
  static Note skim(byte[] json) {
    LabelSkimmer skimmer = new LabelSkimmer();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRecordException("label must be a JSON object, but was not");
      }
      skimmer.object(parser);
    } catch (IOException e) {
      throw new MalformedRecordException("label must be JSON, but was not: " + e.getMessage(), e);
    }
    return skimmer.note();
  }

  private void object(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "schema" -> schema = parser.getValueAsLong();
        case "camera" -> camera = parser.getValueAsString();
        case "partition" -> partition = parser.getValueAsLong(-1);
        case "offset" -> offset = parser.getValueAsLong(-1);
        case "capturedMillis" -> capturedMillis = parser.getValueAsLong();
        case "outcome" -> outcome = parser.getValueAsString();
        case "reason" -> reason = parser.getValueAsString("");
        case "classes" -> classes(parser);
        case "looks" -> {
          array("looks", parser);
          looks = elements(parser);
        }
        case "ageMillis" -> ageMillis = parser.getValueAsLong();
        case "model" -> model = parser.getValueAsString("");
        case "modelSha256" -> modelSha256 = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
  }

  /** The first is the best. */
  private void classes(JsonParser parser) throws IOException {
    array("classes", parser);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.END_ARRAY) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedRecordException("label: each of classes must be an object, but was not");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "name" -> best = parser.getValueAsString();
        case "confidence" -> confidence = parser.getValueAsDouble();
        default -> parser.skipChildren();
      }
    }
    elements(parser);
  }

  private static void array(String name, JsonParser parser) {
    if (!parser.isExpectedStartArrayToken()) {
      throw new MalformedRecordException("label: " + name + " must be an array, but was not");
    }
  }

  /** Passes over the rest of an array; how many there were. */
  private static int elements(JsonParser parser) throws IOException {
    int elements = 0;
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return elements;
      }
      parser.skipChildren();
      elements++;
    }
  }

  private Note note() {
    if (schema != Label.SCHEMA) {
      throw new MalformedRecordException(
          "label: schema must be " + Label.SCHEMA + ", but was " + schema);
    }
    String named = given("camera", camera);
    String became = given("outcome", outcome);
    if (partition < 0 || partition > Integer.MAX_VALUE || offset < 0) {
      throw new MalformedRecordException(
          "label: partition and offset must be at least 0, but were %d and %d"
              .formatted(partition, offset));
    }
    return new Note(
        named,
        new Place((int) partition, offset),
        capturedMillis,
        became,
        reason,
        best,
        confidence,
        looks,
        ageMillis,
        model,
        modelSha256);
  }

  private static String given(String name, @Nullable String found) {
    if (found == null || found.isEmpty()) {
      throw new MalformedRecordException("label: " + name + " must be text, but was missing");
    }
    return found;
  }
}
