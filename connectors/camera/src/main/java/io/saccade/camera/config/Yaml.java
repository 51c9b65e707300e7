package io.saccade.camera.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** YAML as a tree that knows its lines, for complaints that say where. */
sealed interface Yaml {
  /**
   * A cameras file has four levels. Each that is open costs the parser time with every token: by
   * the square of them, or worse.
   */
  YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();

  /** Where it starts, from 1. */
  int line();

  /** For complaints. */
  String described();

  /** A number, text, true or false; null where nothing stands. */
  record Scalar(int line, @Nullable String text) implements Yaml {
    @Override
    public String described() {
      return text == null ? "nothing" : "'" + text + "'";
    }
  }

  /** Entries after dashes. */
  record Sequence(int line, List<Yaml> entries) implements Yaml {
    @Override
    public String described() {
      return "a list";
    }
  }

  /** Values by key, in the order of the file. */
  record Mapping(int line, Map<String, Yaml> values) implements Yaml {
    @Override
    public String described() {
      return "a mapping of keys to values";
    }
  }

  /**
   * Reads a file's text.
   *
   * @param faults told what is doubled or not understood
   * @throws FaultyCamerasException when it is not YAML
   */
  static Yaml read(String text, List<Fault> faults) throws FaultyCamerasException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Scalar(1, null);
      }
      return node(parser, first, faults);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      String problem = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new FaultyCamerasException(
          List.of(new Fault(line, "", "must be YAML, but is not: " + problem)));
    } catch (IOException e) {
      throw new FaultyCamerasException(List.of(new Fault(0, "", "cannot be read as YAML")));
    }
  }

  private static Yaml node(YAMLParser parser, JsonToken token, List<Fault> faults)
      throws IOException {
    int line = line(parser);
    if (parser.isCurrentAlias()) {
      faults.add(new Fault(line, "", "aliases (*name) are not understood: write the value out"));
      return new Scalar(line, null);
    }
    return switch (token) {
      case START_ARRAY -> {
        List<Yaml> entries = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          entries.add(node(parser, next, faults));
        }
        yield new Sequence(line, entries);
      }
      case START_OBJECT -> {
        Map<String, Yaml> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          int keyLine = line(parser);
          if (values.put(key, node(parser, parser.nextToken(), faults)) != null) {
            faults.add(
                new Fault(
                    keyLine,
                    "",
                    "must have '" + Values.shownKey(key) + "' once, but has it twice"));
          }
        }
        yield new Mapping(line, values);
      }
      case VALUE_NULL -> new Scalar(line, null);
      default -> new Scalar(line, parser.getText());
    };
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
