package io.saccade.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  private static final String GOOD =
      """
      {"schema":2,"epoch":3,"issuedBy":"ann","budgetCores":0.5,"targetAgeMillis":200,\
      "maxAgeMillis":2000,"auditShare":0.02,"cameras":{"yard":{"weight":4,"cap":0.3}}}""";

  private static final String OLD =
      """
      {"schema":1,"epoch":3,"issuedBy":"ann","budgetCores":0.5,"targetAgeMillis":200,\
      "maxAgeMillis":2000}""";

  private static Control control(String json) {
    return JsonCodec.CONTROL.decode(json.getBytes(UTF_8));
  }

  private static String refusal(String json) {
    try {
      control(json);
    } catch (MalformedRecordException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("read without complaint: " + json);
  }

  @Test
  void readsAControl() {
    Map<String, Control.Camera> cameras = Map.of("yard", new Control.Camera(4, 0.3));
    assertThat(control(GOOD))
        .isEqualTo(new Control(2, 3, "ann", 0.5, null, 200, 2000, 0.02, cameras));
  }

  @Test
  void readsAControlOfTheLayoutBefore() {
    assertThat(control(OLD)).isEqualTo(new Control(2, 3, "ann", 0.5, 200, 2000));
    // What the old layout did not know is to be ignored in it.
    assertThat(control(OLD.replace("{", "{\"budgetMultiplyAddsPerSecond\":7,")))
        .isEqualTo(control(OLD));
    assertThat(refusal(OLD.replace("\"budgetCores\":0.5,", "")))
        .isEqualTo("control: budgetCores must be present, but was missing or null");
  }

  @Test
  void readsABudgetInMultiplyAddsAndNoneAtAll() {
    Control multiplyAdds = control(GOOD.replace("budgetCores", "budgetMultiplyAddsPerSecond"));
    assertThat(multiplyAdds.budgetCores()).isNull();
    assertThat(multiplyAdds.budgetMultiplyAddsPerSecond()).isEqualTo(0.5);
    Control none = control(GOOD.replace("\"budgetCores\":0.5,", ""));
    assertThat(none.budgetCores()).isNull();
    assertThat(none.budgetMultiplyAddsPerSecond()).isNull();
  }

  @Test
  void takesUpToTenThousandCameras() {
    assertThat(control(GOOD.replace("\"cameras\":{", cameras(9_999))).cameras()).hasSize(10_000);
    assertThat(refusal(GOOD.replace("\"cameras\":{", cameras(10_000))))
        .isEqualTo("control: cameras must be at most 10000 entries, but was 10001");
  }

  private static String cameras(int number) {
    StringBuilder all = new StringBuilder("\"cameras\":{");
    for (int i = 0; i < number; i++) {
      all.append("\"camera-").append(i).append("\":{\"weight\":1,\"cap\":1},");
    }
    return all.toString();
  }

  @Test
  void ignoresFieldsThatANewerWriterAdds() {
    String newer = GOOD.replaceFirst("\\{", "{\"weights\":{\"gate\":[1,2]},");

    assertThat(control(newer)).isEqualTo(control(GOOD));
  }

  @Test
  void acceptsAWholeNumberWhereAFractionMayStand() {
    assertThat(control(GOOD.replace("0.5", "2")).budgetCores()).isEqualTo(2.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.5 | \"0.5\"  | budgetCores must be a number, but was \"0.5\"",
        "0.5 | \"NaN\"  | budgetCores must be finite and above 0, but was NaN",
        "0.5 | 1e999    | budgetCores must be finite and above 0, but was Infinity",
        "0.5 | -1       | budgetCores must be finite and above 0, but was -1.0",
        "0.5 | [0.5]    | budgetCores must be a number, but was a list",
        "0.5 | {}       | budgetCores must be a number, but was an object",
        "0.5 | true     | budgetCores must be a number, but was true",
        ":3, | :3.0, | epoch must be an integer of 64 bits, but was 3.0",
        ":3, | :\"3\", | epoch must be an integer of 64 bits, but was \"3\"",
        ":3, | :0, | epoch must be at least 1, but was 0",
        ":3, | :\"\", | epoch must be an integer of 64 bits, but was \"\"",
        "\"ann\" | 7    | issuedBy must be a string, but was 7",
        "\"ann\" | 7.5  | issuedBy must be a string, but was 7.5",
        "\"ann\" | true | issuedBy must be a string, but was true",
        "\"ann\" | null | issuedBy must be text, but was null",
        "\"ann\" | {}   | issuedBy must be a string, but was an object",
        "\"ann\" | []   | issuedBy must be a string, but was a list",
        "2000| 199      | maxAgeMillis must be at least targetAgeMillis (200), but was 199",
        "cap\":0.3 | cap\":0 | cameras.yard cap must be within [1.0E-6, 1], but was 0.0",
        "cap\":0.3 | cap\":4.9e-324 | cameras.yard cap must be within [1.0E-6, 1], but was 4.9E-324",
        "cap\":0.3 | cap\":1.1 | cameras.yard cap must be within [1.0E-6, 1], but was 1.1",
        "weight\":4 | weight\":-2 | cameras.yard weight must be within [0.001, 1000], but was -2.0",
        "weight\":4 | weight\":1e999 | cameras.yard weight must be within [0.001, 1000], but was Infinity",
        "weight\":4 | weight\":1e308 | cameras.yard weight must be within [0.001, 1000], but was 1.0E308",
        "weight\":4 | weight\":1e-300 | cameras.yard weight must be within [0.001, 1000], but was 1.0E-300",
        "{\"weight\":4,\"cap\":0.3} | null | each of cameras must be present, but was missing or null",
        "{\"weight\":4,\"cap\":0.3} | 2 | cameras.yard must be an object, but was 2",
        "\"weight\":4, | `` | cameras.yard.weight must be a number, but was missing",
        "yard | ya\\u001b[2Jrd | each name in cameras must be text that prints, but was \"ya\\u001b[2Jrd\"",
        "yard | ya\\u202erd | each name in cameras must be text that prints, but was \"ya\\u202erd\"",
        "\"ann\" | \"ann\\nall is well\" | issuedBy must be text that prints, but was \"ann\\u000aall is well\"",
        "yard | `` | each name in cameras must be text, but was \"\"",
        "0.02 | 0.21 | auditShare must be within [0, 0.2], but was 0.21",
        "0.02 | -1   | auditShare must be within [0, 0.2], but was -1.0",
        "\"auditShare\":0.02, | `` | auditShare must be present, but was missing or null",
        "{\"yard\":{\"weight\":4,\"cap\":0.3}} | null | cameras must be present, but was missing or null",
        "\"budgetCores\":0.5 | \"budgetCores\":0.5,\"budgetMultiplyAddsPerSecond\":7 | budgetMultiplyAddsPerSecond must be missing or null beside budgetCores (0.5), but was 7.0",
        "schema\":2 | schema\":3 | schema must be from 1 to 2, but was 3",
        "schema\":2 | schema\":\"1\" | schema must be an integer of 32 bits, but was \"1\"",
        "schema\":2 | schema\":1.0 | schema must be an integer of 32 bits, but was 1.0",
        "\"epoch\":3, | ``      | epoch must be an integer of 64 bits, but was missing",
        "\"schema\":2, | ``     | schema must be an integer of 32 bits, but was missing",
        "\"issuedBy\":\"ann\", | `` | issuedBy must be text, but was null",
      })
  void saysWhatWasExpectedAndWhatWasFound(String part, String instead, String complaint) {
    assertThat(GOOD).contains(part);

    assertThat(refusal(GOOD.replace(part, instead))).isEqualTo("control: " + complaint);
  }

  @Test
  void namesTheVersionRatherThanWhatElseDiffersInAnotherVersion() {
    assertThat(refusal("{\"budget\":{\"cores\":2},\"epoch\":\"4\",\"schema\":3}"))
        .isEqualTo("control: schema must be from 1 to 2, but was 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "3",
        "\"x\"",
        "{",
        "{}{}",
        "{\"schema\":1",
        "{'schema':1}",
        "NaN",
        "{\"schema\":NaN}",
        "not json",
        "<html>"
      })
  void refusesWhatIsNotOneObject(String json) {
    assertThat(refusal(json)).matches("control: (must be one JSON object|schema must be).*");
    assertThat(refusal(GOOD + json + "x")).contains("must be one JSON object");
  }

  @Test
  void refusesNull() {
    assertThat(refusal("null")).isEqualTo("control must be a JSON object, but was null");
  }

  @Test
  void refusesAFieldThatIsThereTwice() {
    assertThat(refusal(GOOD.replaceFirst("\\{", "{\"budgetCores\":9,")))
        .contains("Duplicate", "budgetCores");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin = GOOD.replace("ann", "J\u00fcrg").getBytes(ISO_8859_1);

    assertThatThrownBy(() -> JsonCodec.CONTROL.decode(latin))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith("control must be JSON in UTF-8");
  }

  @Test
  void refusesWhatIsHugeOrDeepBeforeItCosts() {
    assertThat(refusal(" ".repeat(JsonCodec.MAX_BYTES + 1)))
        .isEqualTo("control must be at most 1048576 bytes, but was 1048577");
    assertThat(refusal(GOOD.replaceFirst("\\{", "{\"new\":" + "[".repeat(400_000))))
        .contains("depth");
    assertThat(refusal(GOOD.replace("200,", "1".repeat(500_000) + ","))).contains("length");
  }

  @Test
  void quotesWhatItFoundShortAndOnOneLine() {
    String found = "a\\nb\\u202e" + "c".repeat(500);

    assertThat(refusal(GOOD.replace("0.5", '"' + found + '"')))
        .isEqualTo(
            "control: budgetCores must be a number, but was \"a\\u000ab\\u202e"
                + "c".repeat(56)
                + "...\"");
  }

  @Test
  void namesTheFieldInsideALook() {
    byte[] label = JsonCodec.LABEL.encode(label(0.93f));
    String broken = new String(label, UTF_8).replace("\"width\":300", "\"width\":0");

    assertThatThrownBy(() -> JsonCodec.LABEL.decode(broken.getBytes(UTF_8)))
        .hasMessage("label: looks[0] width must be at least 1, but was 0");
  }

  @Test
  void writesNumbersAsShortAsTheyCanBeRead() {
    assertThat(new String(JsonCodec.LABEL.encode(label(0.93f)), UTF_8))
        .contains("\"confidence\":0.93,")
        .contains("\"operatingPoint\":0.002,")
        .contains("\"thresholds\":[0.7,0.85]");
  }

  @Test
  void writesHalfASurrogatePairAsAQuestionMarkRatherThanFail() {
    Event event = new Event(1, "gate\ud800", Event.SILENT, null, null, 0, 0, 0, 0);

    assertThat(JsonCodec.EVENT.decode(JsonCodec.EVENT.encode(event)).camera()).isEqualTo("gate?");
  }

  @Test
  void refusesToMakeARecordThatCouldNotBeRead() {
    assertThatThrownBy(() -> label(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confidence must be within [0, 1], but was NaN");
  }

  private static Label label(float confidence) {
    return new Label(
        1,
        "gate",
        7,
        0,
        7,
        1000,
        Label.CLASSIFIED,
        "confident",
        List.of(new Label.Ranked("bolt", confidence)),
        List.of(new Label.Look(0, 0, 300, 300, confidence, 2000)),
        List.of(0.7f, 0.85f),
        0.002,
        1,
        900,
        2000,
        12,
        15,
        "runway",
        "ab12");
  }
}
