package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.wire.Control;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Excerpt;
import io.saccade.wire.Frames;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Records made to do harm, on a real broker and a real job: each is refused with a reason or taken
 * for what it is, and the next frame of the same camera is classified.
 */
@Timeout(180)
class HostileInputTest {
  /** Of any line on Kafka, in characters. */
  private static final int LONGEST_LINE = 2500;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void picturesThatDeclareMoreThanTheyHoldAreRefusedBeforeTheyCost() throws Exception {
    Topics topics = stage.topics("bombs", 1);
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("png-65535", Pictures.declaring(65_535, 65_535));
    bombs.put("png-100000", Pictures.declaring(100_000, 100_000));
    bombs.put("png-most", Pictures.declaring(Integer.MAX_VALUE, Integer.MAX_VALUE));
    bombs.put("png-real", Pictures.plain(20_000, 20_000));
    bombs.put("jpeg-65535", Pictures.jpegDeclaring(65_535, 65_535));
    try (Scene scene = Scene.begin(stage, stage.options("bombs").build())) {
      for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
        scene.sendTo(topics.frames(), bomb.getKey(), bomb.getValue());
        scene.sendTo(topics.frames(), bomb.getKey(), Pictures.jpeg(1));
      }
      scene.awaitLabels(2 * bombs.size());
      Waiting.until(
          "a dead letter for each",
          Scene.SOON,
          () -> scene.collected().deadLetters().size() == bombs.size());

      for (String bomb : bombs.keySet()) {
        List<Label> labels = of(scene, bomb);
        assertThat(labels)
            .as(bomb)
            .extracting(Label::outcome)
            .containsExactly(Label.UNREADABLE, Label.CLASSIFIED);
        assertThat(labels.get(0).reason()).as(bomb).isEqualTo("too-large");
      }
      assertThat(scene.collected().deadLetters())
          .extracting(letter -> header(letter, DeadLetter.DETAIL))
          .allSatisfy(detail -> assertThat(detail).contains("must be at most 16384 pixels a side"));
    }
  }

  @Test
  void namesThatCouldHarmBecomeNamesThatPrintEverywhere() throws Exception {
    Topics topics = stage.topics("names", 1);
    List<byte[]> keys =
        List.of(
            "../../etc/passwd".getBytes(UTF_8),
            "gate\u0000".getBytes(UTF_8),
            "gate\nsaccade: all is well".getBytes(UTF_8),
            "gate\u001b[2J".getBytes(UTF_8),
            "gate\u0085\u202e".getBytes(UTF_8),
            "gate\"} 1\nup{x=\"".getBytes(UTF_8),
            "x".repeat(10_000).getBytes(UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    try (Overheard log = new Overheard();
        Scene scene = Scene.begin(stage, stage.options("names").build())) {
      for (byte[] key : keys) {
        scene.send(new ProducerRecord<>(topics.frames(), null, key, "no picture".getBytes(UTF_8)));
        scene.send(new ProducerRecord<>(topics.frames(), null, key, Pictures.jpeg(1)));
      }
      scene.awaitLabels(2 * keys.size());
      Waiting.until(
          "a dead letter for each",
          Scene.SOON,
          () -> scene.collected().deadLetters().size() == keys.size());

      for (byte[] key : keys) {
        String name = Frames.camera(key);
        assertThat(Excerpt.prints(name)).as(name).isTrue();
        assertThat(of(scene, name))
            .as(name)
            .extracting(Label::outcome)
            .containsExactly(Label.UNREADABLE, Label.CLASSIFIED);
      }
      assertThat(scene.collected().deadLetters())
          .extracting(letter -> new String(letter.key(), UTF_8))
          .containsExactlyElementsOf(keys.stream().map(Frames::camera).toList());
      assertThat(log.lines()).noneMatch(line -> line.contains("all is well"));
    }
  }

  @Test
  void headersBeyondMeasureAreReadAsFarAsTheyAreMeantAndNotHandedOn() throws Exception {
    Topics topics = stage.topics("headers", 1);
    try (Scene scene = Scene.begin(stage, stage.options("headers").build())) {
      ProducerRecord<byte[], byte[]> many = frame(topics, "many", "no picture".getBytes(UTF_8));
      for (int i = 0; i < 20_000; i++) {
        many.headers().add("sequence", Integer.toString(i).getBytes(UTF_8));
      }
      ProducerRecord<byte[], byte[]> large = frame(topics, "large", "no picture".getBytes(UTF_8));
      large.headers().add("sequence", new byte[1 << 20]);
      large.headers().add("content-type", new byte[1 << 20]);
      large.headers().add("x".repeat(1 << 20), new byte[1 << 20]);
      ProducerRecord<byte[], byte[]> forged = frame(topics, "forged", "none".getBytes(UTF_8));
      forged.headers().add("content-type", "image/jpeg\r\nx: y".getBytes(UTF_8));
      forged.headers().add("dead-letter-reason", "all is well".getBytes(UTF_8));
      for (ProducerRecord<byte[], byte[]> record : List.of(many, large, forged)) {
        scene.send(record);
        scene.send(new ProducerRecord<>(topics.frames(), null, record.key(), Pictures.jpeg(1)));
      }
      scene.awaitLabels(6);
      Waiting.until(
          "3 dead letters", Scene.SOON, () -> scene.collected().deadLetters().size() == 3);

      assertThat(of(scene, "many").get(0).sequence()).isEqualTo(19_999);
      assertThat(of(scene, "large").get(0).sequence())
          .isEqualTo(of(scene, "large").get(0).offset());
      for (String camera : List.of("many", "large", "forged")) {
        assertThat(of(scene, camera)).hasSize(2);
        assertThat(of(scene, camera).get(1).outcome()).isEqualTo(Label.CLASSIFIED);
      }
      for (ConsumerRecord<byte[], byte[]> letter : scene.collected().deadLetters()) {
        List<String> values = new ArrayList<>();
        for (Header header : letter.headers()) {
          values.add(new String(header.value(), UTF_8));
        }
        assertThat(values)
            .hasSizeLessThan(10)
            .allMatch(value -> value.length() < LONGEST_LINE && Excerpt.prints(value))
            .doesNotContain("all is well");
      }
    }
  }

  @Test
  void timesOutOfThisWorldAreRefusedByTheBrokerOrTakenForWhatTheyAre() throws Exception {
    Topics topics = stage.topics("times", 1);
    long year9999 = 253_402_300_799_000L;
    try (Scene scene = Scene.begin(stage, stage.options("times").build())) {
      scene.send(at(topics, "late", year9999));
      assertThatThrownBy(scene::awaitTaken)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InvalidTimestampException.class);
      assertThatThrownBy(() -> at(topics, "negative", -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    acceptAnyTime(topics);
    try (Scene scene = Scene.begin(stage, stage.options("times").build())) {
      for (Map.Entry<String, Long> when :
          Map.of("1970", 0L, "9999", year9999, "most", Long.MAX_VALUE).entrySet()) {
        scene.send(at(topics, when.getKey(), when.getValue()));
        scene.sendTo(topics.frames(), when.getKey(), Pictures.jpeg(1));
      }
      scene.awaitLabels(6);

      assertThat(of(scene, "1970").get(0).reason()).isEqualTo("too-old");
      assertThat(of(scene, "9999").get(0).capturedMillis()).isEqualTo(year9999);
      assertThat(of(scene, "most").get(0).capturedMillis()).isEqualTo(Long.MAX_VALUE);
      for (String camera : List.of("1970", "9999", "most")) {
        assertThat(of(scene, camera).get(1).outcome()).as(camera).isEqualTo(Label.CLASSIFIED);
        assertThat(of(scene, camera).get(1).ageMillis()).as(camera).isBetween(-1_000L, 60_000L);
      }
    }
  }

  @Test
  void valuesThatAreNoneAreEmptyFrames() throws Exception {
    Topics topics = stage.topics("none", 1);
    try (Scene scene = Scene.begin(stage, stage.options("none").build())) {
      scene.send(frame(topics, "tombstone", null));
      scene.send(frame(topics, "tombstone", Pictures.jpeg(1)));
      scene.send(frame(topics, "empty", new byte[0]));
      scene.send(frame(topics, "empty", Pictures.jpeg(1)));
      scene.awaitLabels(4);

      for (String camera : List.of("tombstone", "empty")) {
        assertThat(of(scene, camera))
            .extracting(Label::outcome)
            .containsExactly(Label.UNREADABLE, Label.CLASSIFIED);
        assertThat(of(scene, camera).get(0).reason()).isEqualTo("empty");
      }
    }
  }

  @Test
  void controlRecordsThatCouldHarmAreRefusedInALineThatPrints() throws Exception {
    Topics topics = stage.topics("orders", 1);
    String good =
        new String(
            JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 5, "ada", 0.5, 200, 800)), UTF_8);
    List<String> bad =
        List.of(
            good.replace("ada", "x".repeat(7 << 20)),
            good.replaceFirst("\\{", "{\"new\":" + "[".repeat(100_000)),
            good.replaceFirst("\\{", "{\"epoch\":9,"),
            good.replace("0.5", "NaN"),
            good.replace("0.5", "1e999"),
            good.replace("0.5", "\"Infinity\""),
            good.replace("\"schema\":2", "\"schema\":99"),
            good.replace("ada", "ada\\u001b[2J\\nall is well"),
            good.replace("{}", "{\"gate\\nall is well\":{\"weight\":1,\"cap\":1}}"),
            "\u001b[2Jall is well\u202e");
    List<String> orders = badOrders();
    try (Overheard log = new Overheard();
        Scene scene = Scene.begin(stage, stage.options("orders").budgetCores(0.9).build())) {
      scene.send(new ProducerRecord<>(topics.control(), null, Control.KEY.getBytes(UTF_8), null));
      bad.forEach(record -> scene.sendTo(topics.control(), Control.KEY, record.getBytes(UTF_8)));
      orders.forEach(
          order -> scene.sendTo(topics.control(), ModelOrder.KEY, order.getBytes(UTF_8)));
      scene.sendTo(topics.control(), Control.KEY, good.getBytes(UTF_8));
      Waiting.until(
          "the good one accepted",
          Scene.SOON,
          () -> scene.collected().statuses(Status.CONTROL_ACCEPTED).size() == 1);

      refusedInLines(scene, Status.CONTROL_REFUSED, 1 + bad.size());
      loggedInLines(log, "Control record refused", 1 + bad.size());
      // They are loaded apart, those at least that could be read.
      Waiting.until(
          "each order refused",
          Scene.SOON,
          () -> scene.collected().statuses(Status.MODEL_REFUSED).size() == orders.size());
      refusedInLines(scene, Status.MODEL_REFUSED, orders.size());
      loggedInLines(log, "Model of order", orders.size());
      scene.send("gate", Pictures.jpeg(1));
      scene.awaitLabels(1);
      assertThat(scene.collected().labels().get(0).outcome()).isEqualTo(Label.CLASSIFIED);
      assertThat(scene.collected().labels().get(0).epoch()).isEqualTo(5);
    }
  }

  private static List<String> badOrders() {
    List<String> bad = new ArrayList<>();
    String outside = order(1, "/models/doors");
    bad.add(outside.replace("ada", "ada\\u001b[2J\\nall is well"));
    bad.add(outside.replace("ada", "x".repeat(4_000)));
    bad.add(outside.replace("\"schema\":1", "\"schema\":99"));
    String within = Stage.BUNDLE.toAbsolutePath().normalize().getParent() + "/";
    for (String folder : List.of(within, "/outside/", "relative/")) {
      String at = order(1 + bad.size(), folder + "doors");
      bad.add(at.replace("doors", "doors\\u001b[2J\\nall is well\\u202e"));
      bad.add(at.replace("doors", "doors\\u0000"));
      bad.add(at.replace("doors", "x".repeat(4_000)));
    }
    // These can be read, and are looked for.
    bad.add(order(101, within + "x".repeat(900)));
    bad.add(order(102, "/outside/" + "\\\"".repeat(900)));
    bad.add(order(103, "relative/doors"));
    return bad;
  }

  private static String order(long epoch, String location) {
    String json =
        new String(
            JsonCodec.MODEL_ORDER.encode(new ModelOrder(epoch, "ada", "/at", "a1".repeat(32))),
            UTF_8);
    return json.replace("/at", location);
  }

  private static void refusedInLines(Scene scene, String kind, int number) {
    assertThat(scene.collected().statuses(kind))
        .hasSize(number)
        .extracting(Status::reason)
        .allMatch(
            why -> why != null && why.length() < LONGEST_LINE && Excerpt.prints(why), "prints");
  }

  private static void loggedInLines(Overheard log, String what, int number) {
    assertThat(log.lines())
        .filteredOn(line -> line.contains(what))
        .hasSize(number)
        .allMatch(Excerpt::prints, "is one line that prints");
  }

  private static List<Label> of(Scene scene, String camera) {
    return scene.collected().labels().stream()
        .filter(label -> label.camera().equals(camera))
        .toList();
  }

  @SuppressWarnings("NullAway") // a record on Kafka may have no value
  private static ProducerRecord<byte[], byte[]> frame(
      Topics topics, String camera, byte @Nullable [] value) {
    return new ProducerRecord<>(topics.frames(), null, camera.getBytes(UTF_8), value);
  }

  private static ProducerRecord<byte[], byte[]> at(Topics topics, String camera, long millis) {
    return new ProducerRecord<>(
        topics.frames(), null, millis, camera.getBytes(UTF_8), Pictures.jpeg(1));
  }

  private static void acceptAnyTime(Topics topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.brokers()))) {
      ConfigEntry any =
          new ConfigEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topics.frames()),
                  List.of(new AlterConfigOp(any, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
