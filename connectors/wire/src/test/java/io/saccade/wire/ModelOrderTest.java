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

  @Test
  void aHashThatIsNoneIsRefusedByItsName() {
    assertThatThrownBy(() -> new ModelOrder(1, "ada", "/models/new", "ABC"))
        .hasMessage("sha256 must be 64 lower-case hex digits, but was \"ABC\"");
  }
}
