package io.saccade.gfnet.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.gfnet.decode.Placement.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Views as Pillow makes them and glances as PyTorch does; the files are from {@code
 * models/training/tests/reference_views.py}.
 */
class PillowViewTest {
  private static final Path VIEWS = Path.of("src/test/resources/views");
  private static final int PICTURES = 7;
  private static final int SIZE = 24;
  private static final int RESIZE = 29;
  private static final int PATCH = 9;

  private static ViewShape shape(Filter filter, Shrink glance) {
    return new ViewShape(SIZE, PATCH, new Fit.Crop(RESIZE, filter), glance, false);
  }

  @ParameterizedTest
  @EnumSource(Filter.class)
  void resizesAndCropsToTheVeryPixelsOfPillow(Filter filter) throws IOException {
    // A patch as large as the view is the view.
    ViewShape whole =
        new ViewShape(SIZE, SIZE, new Fit.Crop(RESIZE, filter), Shrink.BILINEAR, false);
    try (Seen seen = new Seen(whole)) {
      for (int picture = 0; picture < PICTURES; picture++) {
        seen.read(Files.readAllBytes(VIEWS.resolve(picture + ".png")));
        seen.view.patch(0, 0);
        BufferedImage expected =
            ImageIO.read(VIEWS.resolve(name(picture, filter) + ".png").toFile());
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            assertThat(seen.rgb(y, x))
                .as("picture %d, row %d, column %d", picture, y, x)
                .isEqualTo(expected.getRGB(x, y) & 0xffffff);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"BILINEAR, BILINEAR", "BICUBIC, BICUBIC"})
  void shrinksTheViewToTheGlanceOfPyTorch(Filter filter, Shrink glance) throws IOException {
    JsonNode glances = new ObjectMapper().readTree(VIEWS.resolve("glances.json").toFile());
    try (Seen seen = new Seen(shape(filter, glance))) {
      for (int picture = 0; picture < PICTURES; picture++) {
        seen.read(Files.readAllBytes(VIEWS.resolve(picture + ".png")));
        seen.view.glance();
        float[] found = seen.values();
        JsonNode expected = glances.path(name(picture, filter));
        assertThat(expected.size()).isEqualTo(found.length);
        for (int i = 0; i < found.length; i++) {
          assertThat((double) found[i]).isCloseTo(expected.get(i).asDouble(), within(2e-3));
        }
      }
    }
  }

  @Test
  void letsACubicGlanceLeaveTheRangeOfPixels() {
    BufferedImage edge = new BufferedImage(RESIZE, RESIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < RESIZE; y++) {
      for (int x = 0; x < RESIZE; x++) {
        edge.setRGB(x, y, x % 5 < 2 ? Pictures.WHITE : 0);
      }
    }
    try (Seen seen = new Seen(shape(Filter.BICUBIC, Shrink.BICUBIC))) {
      seen.read(Pictures.png(edge));
      seen.view.glance();

      assertThat(smallest(seen.values())).isLessThan(-5);
    }
  }

  private static float smallest(float[] values) {
    float smallest = values[0];
    for (float value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  @ParameterizedTest
  @CsvSource({
    // width, height: left, top, side across, side down of what the view shows
    "1280, 720, 326, 45, 630, 630",
    "720, 1280, 45, 326, 630, 630",
    "256, 256, 16, 16, 224, 224",
    "300, 225, 51, 14, 197, 197",
  })
  void tellsWhereTheCropLiesInThePicture(
      int width, int height, int x, int y, int across, int down) {
    Placement placement = new Fit.Crop(256, Filter.BILINEAR).placement(width, height, 224);

    assertThat(placement).isEqualTo(new Placement(x, y, across, down, 224));
    assertThat(placement.box(0, 0, 224)).isEqualTo(new Box(x, y, across, down));
    Box last = placement.box(128, 128, 96);
    assertThat(last.x() + last.width()).isEqualTo(x + across);
  }

  @Test
  void cropsHalvesToTheEvenPixelAsPythonRounds() {
    // 297 - 260 = 37, and 331 - 300 = 31: the published EfficientNets.
    assertThat(ResizedCrop.of(297, 297, 297, 260).first()).isEqualTo(18);
    assertThat(ResizedCrop.of(331, 331, 331, 300).first()).isEqualTo(16);
  }

  @Test
  void refusesACropThatIsLargerThanWhatItIsCutFromOrOfAReducedPicture() {
    Fit crop = new Fit.Crop(29, Filter.BILINEAR);
    assertThatThrownBy(() -> new ViewShape(30, 9, crop, Shrink.AREA, false))
        .hasMessage("resize must be at least 30, the size of the view, but was 29");
    assertThatThrownBy(() -> new ViewShape(24, 9, crop, Shrink.AREA, true))
        .hasMessageContaining("reducedDecode must be false with a crop");
  }

  private static String name(int picture, Filter filter) {
    return picture + "-" + filter.name().toLowerCase(java.util.Locale.ROOT);
  }
}
