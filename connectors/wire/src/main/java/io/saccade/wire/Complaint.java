package io.saccade.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of JSON that is not the record it should be: which field, what was expected and found. */
final class Complaint {
  private Complaint() {}

  static String about(JsonProcessingException problem, String json) {
    if (problem instanceof ValueInstantiationException refused
        && refused.getCause() instanceof IllegalArgumentException why) {
      return at(refused, " ") + why.getMessage();
    }
    if (problem instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
      return at(mismatch, " ")
          + "must be "
          + expected(mismatch.getTargetType())
          + ", but was "
          + found(mismatch);
    }
    String where = problem instanceof JsonMappingException mapping ? at(mapping, ": ") : "";
    return where
        + "must be one JSON object of this kind, but was "
        + Excerpt.of(json)
        + " ("
        + Excerpt.plain(problem.getOriginalMessage(), 160)
        + ")";
  }

  /** The path to the field, such as {@code looks[2].width}, and the separator; empty at the top. */
  private static String at(JsonMappingException problem, String separator) {
    String path =
        problem.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : Excerpt.plain(path.replaceFirst("^\\.", ""), 80) + separator;
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == int.class || type == long.class) {
      return "an integer of " + (type == int.class ? 32 : 64) + " bits";
    }
    if (type == double.class
        || type == float.class
        || type == Double.class
        || type == Float.class) {
      return "a number";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return type != null && List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String found(MismatchedInputException mismatch) {
    if (!(mismatch.getProcessor() instanceof JsonParser parser)) {
      return "something else";
    }
    JsonToken token = parser.currentToken();
    if (token == null || token == JsonToken.END_OBJECT) {
      return "missing";
    }
    try {
      return switch (token) {
        case START_OBJECT, FIELD_NAME -> "an object";
        case START_ARRAY, END_ARRAY -> "a list";
        case VALUE_STRING -> Excerpt.of(parser.getText());
        default -> Excerpt.plain(parser.getText(), 60);
      };
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
