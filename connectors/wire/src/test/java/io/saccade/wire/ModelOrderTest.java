package io.saccade.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOrderTest {
  private static final String SHA_256 = "0123456789abcdef".repeat(4);

  @Test
  void comesBackAsItWas() {
    ModelOrder order = new ModelOrder(3, "ada", "/models/new", SHA_256);
    assertThat(JsonCodec.MODEL_ORDER.decode(JsonCodec.MODEL_ORDER.encode(order))).isEqualTo(order);
  }

  @Test
  void isToldFromSettingsOnTheSameTopic() {
    byte[] order = JsonCodec.MODEL_ORDER.encode(new ModelOrder(3, "ada", "/models/new", SHA_256));
    byte[] settings =
        JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 1, "ada", 0.5, 200, 800));

    assertThat(ModelOrder.isOne(order)).isTrue();
    assertThat(ModelOrder.isOne(settings)).isFalse();
    assertThatThrownBy(() -> JsonCodec.CONTROL.decode(order))
        .isInstanceOf(MalformedRecordException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "7", "{\"kind\":7}", "{\"kind\":\"budget\"}", "\u0000"})
  void whatIsNoOrderIsNone(String control) {
    assertThat(ModelOrder.isOne(control.getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r", "\u001b[2J", "\u0000", "\u0085", "\u202e", "\u200d", "\u2028"})
  void aLineCannotBeForged(String nasty) {
    String forged = "x" + nasty + "all is well";

    assertThatThrownBy(() -> new ModelOrder(1, forged, "/models/new", SHA_256))
        .hasMessageStartingWith("issuedBy must be text that prints, but was \"x\\u")
        .message()
        .matches(Excerpt::prints, "prints");
    assertThatThrownBy(() -> new ModelOrder(1, "ada", "/models/" + forged, SHA_256))
        .hasMessageStartingWith("location must be text that prints, but was \"/models/x\\u")
        .message()
        .matches(Excerpt::prints, "prints");
  }

  @Test
  void whatIsEchoedIsBounded() {
    assertThat(new ModelOrder(1, "x".repeat(256), "/".repeat(1024), SHA_256)).isNotNull();
    assertThatThrownBy(() -> new ModelOrder(1, "x".repeat(257), "/models/new", SHA_256))
        .hasMessage("issuedBy must be at most 256 characters, but was 257");
    assertThatThrownBy(() -> new ModelOrder(1, "ada", "/".repeat(1025), SHA_256))
        .hasMessage("location must be at most 1024 characters, but was 1025");
  }

  @Test
  void aHashThatIsNoneIsRefusedByItsName() {
    assertThatThrownBy(() -> new ModelOrder(1, "ada", "/models/new", "ABC"))
        .hasMessage("sha256 must be 64 lower-case hex digits, but was \"ABC\"");
  }
}
