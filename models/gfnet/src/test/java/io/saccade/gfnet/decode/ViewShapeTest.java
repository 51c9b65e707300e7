package io.saccade.gfnet.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewShapeTest {

  /** As PyTorch has it; the last three are one less where the product is taken in double. */
  @ParameterizedTest
  @CsvSource({
    "224, 0.5, 64",
    "224, 0.25, 32",
    "224, 0.999999, 127",
    "224, 0.0078125, 1",
    "224, 0.0078124, 0",
    "224, 0, 0",
    "224, 1, 128",
    "288, 0.7447916269302368, 143",
    "288, 0.9947916269302368, 191",
    "288, 0.5833333134651184, 112"
  })
  void anOffsetIsTheFloorOfAFloat32Product(int size, float action, int offset) {
    assertThat(new ViewShape(size, 96, false, true).offset(action)).isEqualTo(offset);
  }

  @Property(tries = 500)
  void noActionPointsOutsideTheView(@ForAll @FloatRange(min = 0, max = 1) float action) {
    assertThat(new ViewShape(288, 96, false, true).offset(action)).isBetween(0, 192);
  }

  @Test
  void refusesAPatchLargerThanTheView() {
    assertThatThrownBy(() -> new ViewShape(64, 65, false, true))
        .hasMessageContaining("within [1, 64], the size of the view, but was 65");
  }
}
