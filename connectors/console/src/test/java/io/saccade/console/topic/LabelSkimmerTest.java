package io.saccade.console.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.console.scene.Note;
import io.saccade.console.scene.Records;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.MalformedRecordException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSkimmerTest {

  @Property
  void notesOfALabelWhatReadingItWholeWouldTell(
      @ForAll @NotBlank String camera,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll long capturedMillis,
      @ForAll @IntRange(min = 0, max = 6) int looks) {
    String outcome = looks == 0 ? Label.SHED : Label.CLASSIFIED;
    Label label =
        Records.label(camera, offset, capturedMillis, outcome, "a \"reason\"", looks, "runway");

    byte[] json = JsonCodec.LABEL.encode(label);

    assertThat(LabelSkimmer.skim(json)).isEqualTo(Note.of(JsonCodec.LABEL.decode(json)));
  }

  @Test
  void passesOverWhatIsNew() {
    String json = new String(JsonCodec.LABEL.encode(Records.seen("yard", 5, 7)), UTF_8);
    String newer =
        json.replaceFirst("\\{", "{\"more\": {\"camera\": [\"no\"]}, ")
            .replaceFirst("\"name\":", "\"seen\": {\"name\": 3}, \"name\":");

    assertThat(LabelSkimmer.skim(newer.getBytes(UTF_8)))
        .isEqualTo(Note.of(Records.seen("yard", 5, 7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"schema\": 2, \"camera\": \"a\", \"outcome\": \"shed\", \"partition\": 0, \"offset\": 0}",
        "{\"schema\": 1, \"outcome\": \"shed\", \"partition\": 0, \"offset\": 0}",
        "{\"schema\": 1, \"camera\": \"a\", \"partition\": 0, \"offset\": 0}",
        "{\"schema\": 1, \"camera\": \"a\", \"outcome\": \"shed\", \"partition\": -1, \"offset\": 0}",
        "{\"schema\": 1, \"camera\": \"a\", \"outcome\": \"shed\", \"looks\": 3}",
        "{\"schema\": 1, \"camera\": \"a\", \"outcome\": \"shed\", \"classes\": [3]}"
      })
  void refusesWhatIsNoLabel(String json) {
    assertThatThrownBy(() -> LabelSkimmer.skim(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("label");
  }

  @Test
  void refusesALabelThatIsCutOffAnywhere() {
    byte[] json = JsonCodec.LABEL.encode(Records.seen("yard", 5, 7));

    for (int length = 0; length < json.length; length++) {
      byte[] cut = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> LabelSkimmer.skim(cut))
          .as(new String(cut, UTF_8))
          .isInstanceOf(MalformedRecordException.class);
    }
  }
}
