package io.saccade.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One kind of record as JSON in UTF-8. Unknown fields are ignored when reading, so that a newer
 * writer can be read; nothing else is forgiven. Numbers come back bit for bit. Safe for use by
 * several threads.
 */
public final class JsonCodec<T> {
  /** A longer record is refused unread; labels take about 1 KB. */
  public static final int MAX_BYTES = 1 << 20;

  // Before the constants below, which are made from it.
  private static final JsonMapper MAPPER = mapper();

  public static final JsonCodec<Label> LABEL = new JsonCodec<>(Label.class, Label.SCHEMA);
  public static final JsonCodec<Event> EVENT = new JsonCodec<>(Event.class, Event.SCHEMA);
  public static final JsonCodec<Control> CONTROL =
      new JsonCodec<>(Control.class, Control.OLDEST, Control.SCHEMA);
  public static final JsonCodec<ModelOrder> MODEL_ORDER =
      new JsonCodec<>(ModelOrder.class, ModelOrder.SCHEMA);
  public static final JsonCodec<Status> STATUS = new JsonCodec<>(Status.class, Status.SCHEMA);
  public static final JsonCodec<CameraStatus> CAMERA_STATUS =
      new JsonCodec<>(CameraStatus.class, CameraStatus.SCHEMA);

  private final String kind;
  private final int oldest;
  private final int schema;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private JsonCodec(Class<T> type, int schema) {
    this(type, schema, schema);
  }

  /** Layouts from {@code oldest} on can be read. */
  private JsonCodec(Class<T> type, int oldest, int schema) {
    this.oldest = oldest;
    this.kind =
        type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    this.schema = schema;
    this.writer = MAPPER.writerFor(type);
    this.reader = MAPPER.readerFor(type);
  }

  /** The record as JSON bytes. */
  public byte[] encode(T record) {
    try {
      // By way of a string: half of a surrogate pair becomes '?' instead of failing the writer.
      return writer.writeValueAsString(record).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a " + kind + " can always be written", e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws MalformedRecordException saying what was expected and what was found
   */
  public T decode(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new MalformedRecordException(
          kind + " must be at most " + MAX_BYTES + " bytes, but was " + json.length);
    }
    String text = text(json);
    try (JsonParser parser = reader.createParser(text)) {
      return read(parser, text);
    } catch (IOException e) {
      throw new IllegalStateException("a string can always be opened", e);
    }
  }

  /** What a record says of its kind; empty when it says nothing, or is no JSON object. */
  static Optional<String> kind(byte[] json) {
    if (json.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode found = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
      // Nothing at all is read as no tree.
      return Optional.ofNullable(found)
          .map(tree -> tree.path("kind"))
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private T read(JsonParser parser, String text) throws IOException {
    try {
      T record = reader.readValue(parser);
      if (record == null) {
        throw new MalformedRecordException(kind + " must be a JSON object, but was null");
      }
      return record;
    } catch (JsonProcessingException e) {
      String complaint =
          anotherVersion(text)
              .map(found -> "schema must be " + readable() + ", but was " + found)
              // While the parser still stands where the problem is.
              .orElseGet(() -> Complaint.about(e, text));
      throw new MalformedRecordException(kind + ": " + complaint, e);
    }
  }

  private String readable() {
    return oldest == schema ? Integer.toString(schema) : "from " + oldest + " to " + schema;
  }

  /** What else is wrong with a record of another version says nothing. */
  private Optional<JsonNode> anotherVersion(String text) {
    try {
      JsonNode found = MAPPER.readTree(text).path("schema");
      return Optional.of(found).filter(it -> it.isIntegralNumber() && !reads(it));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private boolean reads(JsonNode found) {
    return found.canConvertToInt() && found.intValue() >= oldest && found.intValue() <= schema;
  }

  private String text(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException(
          kind
              + " must be JSON in UTF-8, but was "
              + Excerpt.of(new String(json, StandardCharsets.UTF_8)),
          e);
    }
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_BYTES)
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .maxNameLength(256)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The shortest decimals that read back as the same number, which Java 17's own are not.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    return JsonMapper.builder(factory)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }
}
