package io.saccade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<JsonNode> WRONG =
      List.of(node("\"x\""), node("-7.25"), node("[3]"), node("{\"a\":1}"), node("true"));

  @Provide
  Arbitrary<Label> labels() {
    return Records.labels();
  }

  @Provide
  Arbitrary<Event> events() {
    return Records.events();
  }

  @Provide
  Arbitrary<Control> controls() {
    return Records.controls();
  }

  @Provide
  Arbitrary<Status> statuses() {
    return Records.statuses();
  }

  @Provide
  Arbitrary<CameraStatus> cameraStatuses() {
    return Records.cameraStatuses();
  }

  @Property(tries = 200)
  void aLabelKeepsToItsSchema(@ForAll("labels") Label label) {
    keepsToItsSchema(Label.class, JsonCodec.LABEL.encode(label));
  }

  @Property(tries = 200)
  void anEventKeepsToItsSchema(@ForAll("events") Event event) {
    keepsToItsSchema(Event.class, JsonCodec.EVENT.encode(event));
  }

  @Property(tries = 200)
  void aControlKeepsToItsSchema(@ForAll("controls") Control control) {
    keepsToItsSchema(Control.class, JsonCodec.CONTROL.encode(control));
  }

  @Provide
  Arbitrary<ModelOrder> modelOrders() {
    return Records.modelOrders();
  }

  @Property(tries = 200)
  void anOrderForAModelKeepsToItsSchema(@ForAll("modelOrders") ModelOrder order) {
    keepsToItsSchema(ModelOrder.class, JsonCodec.MODEL_ORDER.encode(order));
  }

  @Property(tries = 200)
  void aStatusKeepsToItsSchema(@ForAll("statuses") Status status) {
    keepsToItsSchema(Status.class, JsonCodec.STATUS.encode(status));
  }

  @Property(tries = 200)
  void aCameraStatusKeepsToItsSchema(@ForAll("cameraStatuses") CameraStatus status) {
    keepsToItsSchema(CameraStatus.class, JsonCodec.CAMERA_STATUS.encode(status));
  }

  /** Otherwise a schema that accepts everything would pass the tests above. */
  @Property(tries = 50)
  void schemaAndReaderRefuseTheSameBrokenFields(
      @ForAll("labels") Label label,
      @ForAll("events") Event event,
      @ForAll("controls") Control control,
      @ForAll("statuses") Status status,
      @ForAll("modelOrders") ModelOrder order,
      @ForAll("cameraStatuses") CameraStatus camera) {
    refusesBrokenFields(Label.class, JsonCodec.LABEL, JsonCodec.LABEL.encode(label));
    refusesBrokenFields(Event.class, JsonCodec.EVENT, JsonCodec.EVENT.encode(event));
    refusesBrokenFields(Control.class, JsonCodec.CONTROL, JsonCodec.CONTROL.encode(control));
    refusesBrokenFields(Status.class, JsonCodec.STATUS, JsonCodec.STATUS.encode(status));
    refusesBrokenFields(
        ModelOrder.class, JsonCodec.MODEL_ORDER, JsonCodec.MODEL_ORDER.encode(order));
    refusesBrokenFields(
        CameraStatus.class, JsonCodec.CAMERA_STATUS, JsonCodec.CAMERA_STATUS.encode(camera));
  }

  @Example
  void schemasNameTheFieldsOfTheRecordsAndNoOthers() {
    for (Class<?> type :
        List.of(
            Label.class,
            Event.class,
            Control.class,
            ModelOrder.class,
            Status.class,
            CameraStatus.class)) {
      JsonNode schema = node(type);
      assertThat(schema.path("title").asText()).isEqualTo(type.getSimpleName());
      describes(schema, type, version(type));
    }
  }

  private static int version(Class<?> type) {
    try {
      return type.getField("SCHEMA").getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must say its version", e);
    }
  }

  private static void keepsToItsSchema(Class<?> type, byte[] json) {
    assertThat(schema(type).validate(node(json))).isEmpty();
  }

  private static void refusesBrokenFields(Class<?> type, JsonCodec<?> codec, byte[] json) {
    JsonSchema schema = schema(type);
    for (RecordComponent field : type.getRecordComponents()) {
      ObjectNode without = (ObjectNode) node(json);
      without.remove(field.getName());
      refusedByBoth(schema, codec, without, !nullable(field));

      for (JsonNode wrong : WRONG) {
        ObjectNode broken = (ObjectNode) node(json);
        broken.set(field.getName(), wrong);
        refusedByBoth(schema, codec, broken, !kind(field.getGenericType()).equals(kind(wrong)));
      }
    }
  }

  private static void refusedByBoth(
      JsonSchema schema, JsonCodec<?> codec, JsonNode broken, boolean mustBe) {
    boolean bySchema = !schema.validate(broken).isEmpty();
    boolean byReader = false;
    try {
      Objects.requireNonNull(codec.decode(JSON.writeValueAsBytes(broken)));
    } catch (MalformedRecordException refused) {
      byReader = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(bySchema).as("refused by the schema: %s", broken).isEqualTo(byReader);
    if (mustBe) {
      assertThat(bySchema).as("refused: %s", broken).isTrue();
    }
  }

  private static void describes(JsonNode schema, Class<?> type, int version) {
    List<RecordComponent> fields = Arrays.asList(type.getRecordComponents());
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(fields.stream().map(RecordComponent::getName).toList());
    assertThat(
            StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText))
        .containsExactlyElementsOf(
            fields.stream().filter(it -> !nullable(it)).map(RecordComponent::getName).toList());
    for (RecordComponent field : fields) {
      JsonNode property = schema.path("properties").path(field.getName());
      assertThat(property.path("description").asText()).as(field.getName()).isNotBlank();
      describes(property, field.getGenericType(), nullable(field), field.getName(), version);
    }
  }

  private static void describes(
      JsonNode schema, Type type, boolean nullable, String name, int version) {
    if (name.equals("schema")) {
      assertThat(schema.path("const").asInt()).isEqualTo(version);
      return;
    }
    String types = schema.path("type").toString();
    assertThat(types)
        .as(name)
        .isEqualTo(nullable ? "[\"" + kind(type) + "\",\"null\"]" : "\"" + kind(type) + "\"");
    if (map(type)) {
      Type value = ((ParameterizedType) type).getActualTypeArguments()[1];
      describes(schema.path("additionalProperties"), value, false, name + " value", version);
    } else if (type instanceof ParameterizedType list) {
      Type item = list.getActualTypeArguments()[0];
      describes(schema.path("items"), item, false, name + " item", version);
    } else if (type instanceof Class<?> nested && nested.isRecord()) {
      describes(schema, nested, version);
    }
  }

  private static String kind(Type type) {
    if (type == int.class || type == long.class || type == Long.class) {
      return "integer";
    }
    if (type == String.class) {
      return "string";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    if (type instanceof ParameterizedType) {
      return map(type) ? "object" : "array";
    }
    return type instanceof Class<?> nested && nested.isRecord() ? "object" : "number";
  }

  private static boolean map(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static boolean nullable(RecordComponent field) {
    return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static JsonSchema schema(Class<?> type) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node(type));
  }

  private static JsonNode node(Class<?> type) {
    String name =
        type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
            + ".schema.json";
    try (InputStream schema = Label.class.getResourceAsStream("schema/" + name)) {
      return JSON.readTree(Objects.requireNonNull(schema, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode node(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode node(String json) {
    return node(json.getBytes(StandardCharsets.UTF_8));
  }
}
