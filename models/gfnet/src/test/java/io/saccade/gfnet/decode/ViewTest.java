package io.saccade.gfnet.decode;

import static io.saccade.gfnet.decode.Pictures.BLUE;
import static io.saccade.gfnet.decode.Pictures.GREEN;
import static io.saccade.gfnet.decode.Pictures.RED;
import static io.saccade.gfnet.decode.Pictures.WHITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.gfnet.Limits;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
  private static final ViewShape SHAPE = new ViewShape(64, 32, Fit.STRETCH, Shrink.AREA, true);

  private final Seen seen = new Seen(SHAPE);

  @AfterEach
  void leavesNothingNativeBehind() {
    seen.close();
    assertThat(OpenCv.openNatives()).isZero();
  }

  private void assertQuarters(int... expected) {
    int[] found = seen.quarters();
    for (int quarter = 0; quarter < 4; quarter++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        int wanted = expected[quarter] >> shift & 0xff;
        // JPEG and WebP keep colours to a few levels.
        assertThat(found[quarter] >> shift & 0xff)
            .as("quarter %d is %06x", quarter, found[quarter])
            .isBetween(wanted - 6, wanted + 6);
      }
    }
  }

  @Test
  void readsAJpegAsRedGreenBlueFromTheTopLeft() {
    Placement placement = seen.read(Pictures.jpeg(Pictures.quarters(100, 80)));

    assertQuarters(RED, GREEN, BLUE, WHITE);
    assertThat(placement).isEqualTo(new Placement(0, 0, 100, 80, 64));
  }

  @Test
  void readsAProgressiveJpeg() {
    seen.read(Pictures.progressiveJpeg(Pictures.quarters(100, 80)));

    assertQuarters(RED, GREEN, BLUE, WHITE);
  }

  @Test
  void readsAPngExactly() {
    seen.read(Pictures.png(Pictures.quarters(64, 64)));

    assertThat(seen.quarters()).containsExactly(RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 101})
  void readsAWebpLossyAndLossless(int quality) {
    Placement placement = seen.read(Pictures.webp(Pictures.quarters(100, 80), quality));

    assertQuarters(RED, GREEN, BLUE, WHITE);
    assertThat(placement).isEqualTo(new Placement(0, 0, 100, 80, 64));
  }

  @Test
  void readsAPngWithAlphaAsIfItWereOpaque() {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    BufferedImage opaque = Pictures.quarters(64, 64);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        picture.setRGB(x, y, 0x40000000 | (opaque.getRGB(x, y) & 0xffffff));
      }
    }

    seen.read(Pictures.png(picture));

    assertThat(seen.quarters()).containsExactly(RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsSixteenBitsAChannelAsEight(boolean alpha) {
    seen.read(Pictures.sixteenBitPng(64, 64, alpha));

    assertThat(seen.quarters()).containsExactly(RED, GREEN, BLUE, WHITE);
  }

  @Test
  void readsGreyAsEqualColours() {
    seen.read(Pictures.greyJpeg(100, 80, 90));

    assertQuarters(0x5a5a5a, 0x5a5a5a, 0x5a5a5a, 0x5a5a5a);
  }

  @Test
  void readsTheInksOfACmykJpeg() {
    int cyan = 0x00ffff;

    seen.read(Pictures.cmykJpeg(100, 80, 0, 255, 255, 255));

    assertQuarters(cyan, cyan, cyan, cyan);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsAPictureUprightAsItsExifSays(int orientation) {
    BufferedImage stored = Pictures.stored(Pictures.quarters(96, 80), orientation);

    Placement placement = seen.read(Pictures.withOrientation(Pictures.jpeg(stored), orientation));

    assertQuarters(RED, GREEN, BLUE, WHITE);
    assertThat(placement).isEqualTo(new Placement(0, 0, 96, 80, 64));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 8})
  void tellsTheFullSizeUprightOfAReducedPicture(int orientation) {
    BufferedImage stored = Pictures.stored(Pictures.quarters(1283, 721), orientation);

    Placement placement = seen.read(Pictures.withOrientation(Pictures.jpeg(stored), orientation));

    assertQuarters(RED, GREEN, BLUE, WHITE);
    assertThat(placement).isEqualTo(new Placement(0, 0, 1283, 721, 64));
  }

  @Test
  void reducedDecodingGivesNearlyTheSameView() {
    byte[] jpeg = Pictures.jpeg(Pictures.scene(640, 480, 7));
    try (Seen whole = new Seen(new ViewShape(64, 32, Fit.STRETCH, Shrink.AREA, false))) {
      whole.read(jpeg);
      seen.read(jpeg);
      whole.view.glance();
      seen.view.glance();

      float[] expected = whole.values();
      float[] found = seen.values();
      double difference = 0;
      for (int i = 0; i < expected.length; i++) {
        difference += Math.abs(expected[i] - found[i]);
      }
      assertThat(difference / expected.length).isBetween(0.0, 2.0);
      // Otherwise this compared one decoding with itself.
      assertThat(found).isNotEqualTo(expected);
    }
  }

  @Test
  void showsTheMiddleSquareWhereTheBundleSaysSo() {
    BufferedImage wide = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    wide.createGraphics().drawImage(Pictures.quarters(100, 100), 50, 0, null);
    try (Seen square = new Seen(new ViewShape(64, 32, Fit.SQUARE, Shrink.AREA, true))) {
      Placement placement = square.read(Pictures.png(wide));

      assertThat(square.quarters()).containsExactly(RED, GREEN, BLUE, WHITE);
      assertThat(placement).isEqualTo(new Placement(50, 0, 100, 100, 64));
      assertThat(square.read(Pictures.png(Pictures.quarters(64, 90))))
          .isEqualTo(new Placement(0, 13, 64, 64, 64));
    }
  }

  /** At a half, interpolating between neighbours would give the same. */
  @Test
  void aGlanceIsTheMeanOfEachSquareOfTheView() {
    BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(11);
    for (int pixel = 0; pixel < 96 * 96; pixel++) {
      picture.setRGB(pixel % 96, pixel / 96, random.nextInt(1 << 24));
    }
    try (Seen third = new Seen(new ViewShape(96, 32, Fit.STRETCH, Shrink.AREA, true))) {
      third.read(Pictures.png(picture));

      third.view.glance();

      float[] found = third.values();
      for (int value = 0; value < found.length; value++) {
        int row = value / 3 / 32 * 3;
        int column = value / 3 % 32 * 3;
        int shift = 16 - value % 3 * 8;
        int sum = 0;
        for (int pixel = 0; pixel < 9; pixel++) {
          sum += picture.getRGB(column + pixel % 3, row + pixel / 3) >> shift & 255;
        }
        assertThat(found[value]).isCloseTo(sum / 9f, within(0.51f));
      }
    }
  }

  @Test
  void cutsAPatchAtItsRowAndColumn() {
    BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        picture.setRGB(x, y, y << 16 | x << 8 | 77);
      }
    }
    seen.read(Pictures.png(picture));

    seen.view.patch(5, 30);

    assertThat(seen.rgb(0, 0)).isEqualTo(5 << 16 | 30 << 8 | 77);
    assertThat(seen.rgb(31, 0)).isEqualTo(36 << 16 | 30 << 8 | 77);
    assertThat(seen.rgb(0, 31)).isEqualTo(5 << 16 | 61 << 8 | 77);
    seen.view.patch(32, 32);
    assertThat(seen.rgb(31, 31)).isEqualTo(63 << 16 | 63 << 8 | 77);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 33, Integer.MAX_VALUE})
  void refusesAPatchOutsideTheView(int outside) {
    assertThatThrownBy(() -> seen.view.patch(outside, 0))
        .hasMessageContaining("within [0, 32], but was at row " + outside);
    assertThatThrownBy(() -> seen.view.patch(0, outside)).hasMessageContaining("column " + outside);
  }

  @Test
  void readsASinglePixel() {
    BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    pixel.setRGB(0, 0, BLUE);

    assertThat(seen.read(Pictures.png(pixel))).isEqualTo(new Placement(0, 0, 1, 1, 64));
    assertThat(seen.quarters()).containsExactly(BLUE, BLUE, BLUE, BLUE);
    seen.read(Pictures.jpeg(pixel));
    assertQuarters(0x0000fe, 0x0000fe, 0x0000fe, 0x0000fe);
  }

  @Test
  void readsPicturesOfManySizesOneAfterTheOther() {
    for (int side : new int[] {32, 1000, 20, 200, 32, 33}) {
      seen.read(Pictures.png(Pictures.quarters(side * 2, side * 2)));
      assertQuarters(RED, GREEN, BLUE, WHITE);
    }
  }

  /** Native memory that waits for a collection of the heap grows as fast as pictures come. */
  @Test
  void leavesNothingNativeToTheGarbageCollector() {
    byte[] small = Pictures.jpeg(Pictures.quarters(100, 80));
    byte[] large = Pictures.jpeg(Pictures.quarters(300, 200));
    try (Seen square = new Seen(new ViewShape(64, 32, Fit.SQUARE, Shrink.AREA, true))) {
      long before = Pointer.totalCount();
      for (int i = 0; i < 20; i++) {
        for (Seen each : List.of(seen, square)) {
          each.read(i % 2 == 0 ? small : large);
          each.view.glance();
          each.view.patch(i, 1);
        }
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void keepsAPictureUntilTheNextOneIsRead() {
    seen.read(Pictures.png(Pictures.quarters(64, 64)));
    seen.refusal(new byte[] {1, 2, 3});

    assertThat(seen.quarters()).containsExactly(RED, GREEN, BLUE, WHITE);
  }

  @Test
  void wantsADirectBufferOfTheRightSize() {
    FloatBuffer onTheHeap = FloatBuffer.allocate(32 * 32 * 3);
    assertThatThrownBy(() -> new View(SHAPE, Limits.DEFAULT, seen.buffer, onTheHeap))
        .hasMessageContaining("must be direct and of 3072 floats");
    assertThatThrownBy(() -> new View(SHAPE, Limits.DEFAULT, onTheHeap, seen.buffer))
        .hasMessageContaining("must be direct and of 3072 floats");
  }

  @Test
  void aGlanceMayBeSmallerThanThePatches() {
    byte[] quarters = Pictures.png(Pictures.quarters(64, 64));
    try (Seen apart = new Seen(new ViewShape(64, 16, 32, Fit.STRETCH, Shrink.AREA, true));
        Seen alike = new Seen(new ViewShape(64, 16, Fit.STRETCH, Shrink.AREA, true))) {
      apart.read(quarters);
      alike.read(quarters);
      apart.view.patch(32, 0);
      apart.view.glance();
      alike.view.glance();
      assertThat(apart.ofGlance).isEqualTo(alike.buffer);
      assertThat(apart.rgb(0, 0)).isEqualTo(BLUE);
      assertThat(apart.rgb(31, 31)).isEqualTo(BLUE);
      assertThatThrownBy(() -> apart.view.patch(33, 0)).hasMessageContaining("within [0, 32]");
    }
  }
}
