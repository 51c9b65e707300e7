package io.saccade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonCodecPropertyTest {
  private static final List<JsonCodec<?>> CODECS =
      List.of(JsonCodec.LABEL, JsonCodec.EVENT, JsonCodec.CONTROL, JsonCodec.STATUS);

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

  @Property(tries = 500)
  void aCameraStatusReadsBackAsItWasWritten(@ForAll("cameraStatuses") CameraStatus status) {
    assertThat(JsonCodec.CAMERA_STATUS.decode(JsonCodec.CAMERA_STATUS.encode(status)))
        .isEqualTo(status);
  }

  @Property(tries = 500)
  void aLabelReadsBackAsItWasWritten(@ForAll("labels") Label label) {
    assertThat(JsonCodec.LABEL.decode(JsonCodec.LABEL.encode(label))).isEqualTo(label);
  }

  @Property(tries = 500)
  void anEventReadsBackAsItWasWritten(@ForAll("events") Event event) {
    assertThat(JsonCodec.EVENT.decode(JsonCodec.EVENT.encode(event))).isEqualTo(event);
  }

  @Property(tries = 500)
  void aControlReadsBackAsItWasWritten(@ForAll("controls") Control control) {
    assertThat(JsonCodec.CONTROL.decode(JsonCodec.CONTROL.encode(control))).isEqualTo(control);
  }

  /** Records compare doubles by their bits, so that -0.0 would not pass for 0.0. */
  @Property(tries = 500)
  void aStatusReadsBackBitForBit(@ForAll("statuses") Status status) {
    assertThat(JsonCodec.STATUS.decode(JsonCodec.STATUS.encode(status))).isEqualTo(status);
  }

  @Property(tries = 5000)
  void everyNumberReadsBackBitForBit(@ForAll("doubles") double number) {
    Status status =
        Status.decision(new Status.From(0, 1, 0, 0), null, null, null, List.of(number), null, null);

    double back = JsonCodec.STATUS.decode(JsonCodec.STATUS.encode(status)).memory().get(0);

    assertThat(Double.doubleToRawLongBits(back)).isEqualTo(Double.doubleToRawLongBits(number));
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Records.DOUBLES;
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    CODECS.forEach(codec -> readOrRefuse(codec, bytes));
  }

  /** Bytes close to a record get further into the reader than random ones. */
  @Property(tries = 3000)
  void aDamagedRecordIsReadOrRefused(
      @ForAll("written") byte[] written,
      @ForAll("fragments") List<String> damage,
      @ForAll Random at) {
    String text = new String(written, UTF_8);
    for (String fragment : damage) {
      int from = at.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + at.nextInt(8));
      text = text.substring(0, from) + fragment + text.substring(to);
    }
    byte[] damaged = text.getBytes(UTF_8);
    CODECS.forEach(codec -> readOrRefuse(codec, damaged));
  }

  @Property
  void aRecordWithDamagedBytesIsReadOrRefused(
      @ForAll("written") byte[] written, @ForAll Random at, @ForAll byte[] damage) {
    byte[] damaged = written.clone();
    for (byte value : damage) {
      damaged[at.nextInt(damaged.length)] = value;
    }
    CODECS.forEach(codec -> readOrRefuse(codec, damaged));
  }

  @Provide
  Arbitrary<byte[]> written() {
    return Arbitraries.oneOf(
        Records.labels().map(JsonCodec.LABEL::encode),
        Records.events().map(JsonCodec.EVENT::encode),
        Records.controls().map(JsonCodec.CONTROL::encode),
        Records.statuses().map(JsonCodec.STATUS::encode));
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-",
            "1e999",
            "NaN",
            "\\u0000",
            "\\ud800",
            "\n",
            "\u202e",
            "{\"schema\":1}",
            "9223372036854775808",
            "0.1",
            "[[[[",
            "/*")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static void readOrRefuse(JsonCodec<?> codec, byte[] bytes) {
    try {
      assertThat(codec.decode(bytes)).isNotNull();
    } catch (MalformedRecordException refused) {
      assertThat(refused.getMessage())
          .isNotBlank()
          .hasSizeLessThan(500)
          .matches(message -> message.codePoints().allMatch(Excerpt::prints), "fits on a log line");
    }
  }
}
