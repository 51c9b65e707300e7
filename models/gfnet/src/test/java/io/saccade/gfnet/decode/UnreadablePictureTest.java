package io.saccade.gfnet.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.gfnet.Limits;
import io.saccade.gfnet.decode.UnreadablePicture.Reason;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadablePictureTest {
  private static final Limits LIMITS = new Limits(200_000, 250_000, 1000);
  private static final BufferedImage SCENE = Pictures.scene(90, 70, 3);
  private static final Map<String, byte[]> WHOLE =
      Map.of(
          "JPEG", Pictures.jpeg(SCENE),
          "progressive", Pictures.progressiveJpeg(SCENE),
          "PNG", Pictures.png(SCENE),
          "WebP", Pictures.webp(SCENE, 80),
          "lossless", Pictures.webp(SCENE, 101));

  private Seen seen = new Seen(new ViewShape(64, 32, Fit.STRETCH, Shrink.AREA, true), LIMITS);

  @BeforeEach
  @BeforeProperty
  void open() {
    seen.close();
    seen = new Seen(new ViewShape(64, 32, Fit.STRETCH, Shrink.AREA, true), LIMITS);
  }

  @AfterEach
  @AfterProperty
  void leavesNothingNativeBehind() {
    seen.close();
    assertThat(OpenCv.openNatives()).isZero();
  }

  private static byte[] whole(String format) {
    return WHOLE.getOrDefault(format, new byte[0]);
  }

  private void assertRefused(byte[] image, Reason reason, String detail) {
    UnreadablePicture refusal = seen.refusal(image);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.detail()).contains(detail);
  }

  @Test
  void namesTheReasonsAsTheyTravel() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::word))
        .containsExactly("empty", "too-large", "not-an-image", "corrupt");
  }

  @Test
  void refusesZeroBytes() {
    assertRefused(new byte[0], Reason.EMPTY, "must have bytes, but had 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GIF89a......", "BM......", "II*.....", "<svg/>", "RIFF....AVI "})
  void refusesWhatIsNeitherJpegNorPngNorWebp(String other) {
    assertRefused(
        other.getBytes(StandardCharsets.ISO_8859_1),
        Reason.NOT_AN_IMAGE,
        "must be JPEG, PNG or WebP, but began with ");
  }

  @Test
  void saysWithWhatSomethingElseBegan() {
    assertRefused(new byte[] {0, 17, -1}, Reason.NOT_AN_IMAGE, "began with 00 11 ff");
  }

  @Test
  void refusesTooManyBytesUnread() {
    assertRefused(new byte[200_001], Reason.TOO_LARGE, "at most 200000 bytes, but had 200001");
    try (Seen usual = new Seen(new ViewShape(64, 32, Fit.STRETCH, Shrink.AREA, true))) {
      byte[] record = Arrays.copyOf(whole("JPEG"), (8 << 20) + 1);
      assertThat(usual.refusal(record).reason()).isEqualTo(Reason.TOO_LARGE);
      // At the limit, with as many bytes behind the picture.
      usual.read(Arrays.copyOf(record, 8 << 20));
    }
  }

  @Test
  void refusesALargePictureByWhatItDeclares() {
    byte[] jpeg = whole("JPEG").clone();
    declareJpegSize(jpeg, 20_000, 20_000);
    byte[] png = whole("PNG").clone();
    ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
    correctHeaderSum(png);
    byte[] huge = whole("PNG").clone();
    ByteBuffer.wrap(huge).putInt(16, -1).putInt(20, 20_000);
    correctHeaderSum(huge);
    byte[] lossless = whole("lossless").clone();
    Arrays.fill(lossless, 21, 24, (byte) 0xff);

    assertRefused(jpeg, Reason.TOO_LARGE, "at most 1000 pixels a side, but declared 20000 x 20000");
    assertRefused(png, Reason.TOO_LARGE, "declared 20000 x 20000");
    assertRefused(huge, Reason.TOO_LARGE, "declared 2147483647 x 20000");
    assertRefused(lossless, Reason.TOO_LARGE, "declared 16384 x ");
    assertRefused(
        Pictures.png(new BufferedImage(600, 500, BufferedImage.TYPE_BYTE_GRAY)),
        Reason.TOO_LARGE,
        "at most 250000 pixels, but declared 600 x 500");
  }

  private static void correctHeaderSum(byte[] png) {
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
  }

  private static void declareJpegSize(byte[] jpeg, int width, int height) {
    for (int at = 2; ; at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2)) {
      if (jpeg[at + 1] == (byte) 0xc0) {
        ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
        return;
      }
    }
  }

  /** The decoder takes these two bytes for nothing and would go on to read what was skipped. */
  @Test
  void refusesAFrameHeaderThatHidesBehindWhatIsNoMarker() {
    byte[] hidden = new byte[120];
    hidden[0] = (byte) 0xff;
    hidden[3] = 118;

    assertRefused(
        inserted(whole("JPEG"), hidden),
        Reason.CORRUPT,
        "must have a marker at byte 2, but had ff 00");
  }

  @Test
  void readsAJpegWithFillBytesBeforeItsMarkers() {
    byte[] fill = {(byte) 0xff, (byte) 0xff, (byte) 0xff};

    seen.read(inserted(whole("JPEG"), fill));
  }

  /** Cameras put a small JPEG with an end of its own into the Exif segment. */
  @Test
  void refusesACutJpegThatHasAWholeOneInside() {
    byte[] thumbnail = Pictures.jpeg(Pictures.scene(16, 12, 1));
    byte[] segment = new byte[4 + thumbnail.length];
    ByteBuffer.wrap(segment)
        .putShort((short) 0xffe1)
        .putShort((short) (2 + thumbnail.length))
        .put(thumbnail);
    byte[] image = inserted(whole("JPEG"), segment);

    seen.read(image);
    assertRefused(Arrays.copyOf(image, image.length - 2), Reason.CORRUPT, "it was cut");
  }

  /** Behind the start-of-image marker. */
  private static byte[] inserted(byte[] jpeg, byte[] bytes) {
    return ByteBuffer.allocate(jpeg.length + bytes.length)
        .put(jpeg, 0, 2)
        .put(bytes)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  @Test
  void refusesASizeOfZero() {
    byte[] jpeg = whole("JPEG").clone();
    declareJpegSize(jpeg, 90, 0);

    assertRefused(jpeg, Reason.CORRUPT, "at least 1 x 1, but declared 90 x 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPEG", "progressive", "PNG", "WebP", "lossless"})
  void refusesAPictureThatWasCutAnywhere(String format) {
    byte[] image = whole(format);

    for (int length = 16; length < image.length; length += 1 + length / 50) {
      assertThat(seen.refusal(Arrays.copyOf(image, length)).reason())
          .as("%s cut to %d of %d bytes", format, length, image.length)
          .isEqualTo(Reason.CORRUPT);
    }
    assertThat(seen.refusal(Arrays.copyOf(image, image.length - 1)).reason())
        .isEqualTo(Reason.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPEG", "progressive", "PNG", "WebP", "lossless"})
  void forgivesBytesBehindAPicture(String format) {
    seen.read(Arrays.copyOf(whole(format), whole(format).length + 100));
  }

  @Test
  void refusesAPngWhoseBytesWereChanged() {
    byte[] png = whole("PNG").clone();
    png[png.length / 2] ^= 1;

    assertRefused(png, Reason.CORRUPT, "a PNG chunk must have the checksum");
  }

  @Test
  void refusesAProgressiveJpegWithoutEndToItsScans() {
    byte[] image = whole("progressive");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 1, 5, 0};
    byte[] many = Arrays.copyOf(image, image.length - 2 + 101 * scan.length + 2);
    for (int i = 0; i <= 100; i++) {
      System.arraycopy(scan, 0, many, image.length - 2 + i * scan.length, scan.length);
    }
    many[many.length - 2] = (byte) 0xff;
    many[many.length - 1] = (byte) 0xd9;

    assertRefused(many, Reason.TOO_LARGE, "at most 100 scans");
  }

  /** Nothing forbids a sequential JPEG to bring the same component in scan after scan. */
  @Test
  void refusesASequentialJpegWithoutEndToItsScans() {
    assertRefused(componentScans(90, 70, 101), Reason.TOO_LARGE, "at most 100 scans, but had 101");
  }

  @Test
  void refusesFewerScansOfALargePicture() {
    assertRefused(
        componentScans(6000, 6000, 14),
        Reason.TOO_LARGE,
        "at most 480000000 pixels in all scans, but had 504000000 in 14");
  }

  /** Scans and ends inside of what is no scan are none: a film may follow the picture. */
  @Test
  void countsNoScansBehindTheEnd() {
    byte[] progressive = whole("progressive");
    byte[] film = Arrays.copyOf(progressive, progressive.length + 1000);
    for (int at = progressive.length; at < film.length; at += 2) {
      film[at] = (byte) 0xff;
      film[at + 1] = (byte) 0xda;
    }

    // Its end, which is looked for from the back, is that of the picture.
    seen.read(film);
  }

  /** A decoder makes up what is missing of one for ever, at full cost. */
  @Test
  void refusesAnArithmeticJpeg() {
    byte[] jpeg = whole("JPEG").clone();
    for (int at = 2; ; at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2)) {
      if (jpeg[at + 1] == (byte) 0xc0) {
        jpeg[at + 1] = (byte) 0xc9;
        break;
      }
    }

    assertRefused(jpeg, Reason.CORRUPT, "baseline, extended or progressive");
  }

  /** A baseline JPEG of three components whose scans bring the first one only, without a bit. */
  private static byte[] componentScans(int width, int height, int scans) {
    byte[] jpeg = whole("JPEG").clone();
    declareJpegSize(jpeg, width, height);
    int first = 2;
    while (jpeg[first + 1] != (byte) 0xda) {
      first += 2 + ByteBuffer.wrap(jpeg).getShort(first + 2);
    }
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
    ByteBuffer image = ByteBuffer.allocate(first + scans * scan.length + 2).put(jpeg, 0, first);
    for (int i = 0; i < scans; i++) {
      image.put(scan);
    }
    return image.putShort((short) 0xffd9).array();
  }

  @Property(tries = 2000)
  void survivesAnyBytesBehindAnySignature(
      @ForAll byte[] rest, @ForAll @IntRange(max = 4) int signature) {
    byte[] whole = whole(WHOLE.keySet().stream().sorted().toList().get(signature));
    byte[] image = Arrays.copyOf(whole, 12 + rest.length);
    System.arraycopy(rest, 0, image, 12, rest.length);

    readOrRefuse(image);
  }

  @Property(tries = 1500)
  void survivesAnyChangesToAPicture(
      @ForAll @IntRange(max = 4) int format,
      @ForAll @IntRange(min = 1, max = 20) int changes,
      @ForAll long seed) {
    byte[] image = whole(WHOLE.keySet().stream().sorted().toList().get(format)).clone();
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      image[12 + random.nextInt(image.length - 12)] = (byte) random.nextInt();
    }

    readOrRefuse(image);
  }

  /** Whatever comes of it, the next picture is read as ever. */
  private void readOrRefuse(byte[] image) {
    try {
      seen.view.read(image);
    } catch (UnreadablePicture e) {
      assertThat(e.detail()).isNotBlank();
    }
    seen.read(whole("PNG"));
    assertThat(seen.view.placement()).isEqualTo(new Placement(0, 0, 90, 70, 64));
  }
}
