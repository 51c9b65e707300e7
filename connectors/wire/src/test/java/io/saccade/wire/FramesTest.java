package io.saccade.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class FramesTest {
  private static final byte[] IMAGE = {1, 2, 3};

  private static Frame read(byte @Nullable [] key, Map<String, byte[]> headers) {
    return Frames.read("saccade.frames", 3, 42, 1000, key, IMAGE, headers::get);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Example
  void aBareImageIsAFrame() {
    Frame frame = Frames.read("saccade.frames", 3, 42, 1000, null, IMAGE, name -> null);

    assertThat(frame).isEqualTo(new Frame("saccade.frames-3", 42, 1000, null, IMAGE, 3, 42));
  }

  @Example
  void aRecordWithoutAValueIsAFrameWithoutAnImage() {
    assertThat(Frames.read("t", 0, 0, 0, null, null, name -> null).image()).isEmpty();
  }

  @Example
  void anEmptyKeyIsNoKey() {
    assertThat(read(new byte[0], Map.of()).camera()).isEqualTo("saccade.frames-3");
  }

  @Property
  void whatACameraWritesReadsBack(@ForAll @LongRange(min = 0) long sequence) {
    Frame frame = read(bytes("tor süd"), Frames.headers(sequence, "image/jpeg"));

    assertThat(frame.camera()).isEqualTo("tor süd");
    assertThat(frame.sequence()).isEqualTo(sequence);
    assertThat(frame.contentType()).isEqualTo("image/jpeg");
  }

  @Example
  void withoutAContentTypeNoneIsWritten() {
    assertThat(Frames.headers(7, null)).containsOnlyKeys(Frames.SEQUENCE);
  }

  @Example
  void aSequenceThatIsNoNumberGivesWayToTheOffset() {
    for (String wrong :
        new String[] {"", "-1", "+1", " 1", "1.0", "x", "9223372036854775808", "1".repeat(20)}) {
      assertThat(read(null, Map.of(Frames.SEQUENCE, bytes(wrong))).sequence())
          .as(wrong)
          .isEqualTo(42);
    }
    assertThat(read(null, Map.of(Frames.SEQUENCE, bytes("9223372036854775807"))).sequence())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Example
  void aContentTypeThatDoesNotPrintIsLeftOut() {
    for (String wrong : new String[] {"", "image/\njpeg", "bild/ü", "x".repeat(128)}) {
      assertThat(read(null, Map.of(Frames.CONTENT_TYPE, bytes(wrong))).contentType()).isNull();
    }
  }

  @Example
  void aKeyThatDoesNotPrintIsShownWithItsCheckSum() {
    assertThat(Frames.camera(bytes("gate\n1"))).matches("gate\\?1~[0-9a-f]{8}");
    assertThat(Frames.camera("süd".getBytes(ISO_8859_1))).matches("s\\?d~[0-9a-f]{8}");
    assertThat(Frames.camera(bytes("a\u202eb"))).matches("a\\?b~[0-9a-f]{8}");
    assertThat(Frames.camera(bytes("  "))).matches("  ~[0-9a-f]{8}");
  }

  @Example
  void aLongKeyIsCutAndKeptApartFromOthersThatBeginAlike() {
    String alike = "x".repeat(256);

    assertThat(Frames.camera(bytes(alike))).isEqualTo(alike);
    assertThat(Frames.camera(bytes(alike + "1")))
        .hasSizeLessThanOrEqualTo(256)
        .startsWith("x".repeat(240))
        .isNotEqualTo(Frames.camera(bytes(alike + "2")));
  }

  @Provide
  Arbitrary<String> texts() {
    return Records.ANY_TEXT;
  }

  @Property
  void anyKeyGivesANameThatPrints(@ForAll @Size(min = 1, max = 400) byte[] key) {
    prints(Frames.camera(key));
  }

  @Property
  void anyTextGivesANameThatPrints(@ForAll("texts") String key) {
    prints(Frames.camera(bytes("x" + key.repeat(20))));
  }

  @Property
  void readsAnyRecord(@ForAll byte[] key, @ForAll byte[] sequence, @ForAll byte[] contentType) {
    Map<String, byte[]> headers = new HashMap<>();
    headers.put(Frames.SEQUENCE, sequence);
    headers.put(Frames.CONTENT_TYPE, contentType);

    Frame frame = read(key, headers);

    assertThat(frame.sequence()).isNotNegative();
    prints(frame.camera());
  }

  private static void prints(String camera) {
    assertThat(camera).isNotBlank().hasSizeLessThanOrEqualTo(Frames.MAX_CAMERA_LENGTH);
    assertThat(camera.codePoints().allMatch(Excerpt::prints)).isTrue();
  }

  @Example
  void aStreamsOwnTimeStandsBesideTheSequence() {
    assertThat(Frames.headers(7, "image/jpeg", OptionalLong.of(41_960)))
        .containsOnlyKeys("sequence", "content-type", "pts")
        .containsEntry("pts", bytes("41960"));
    assertThat(Frames.headers(7, "image/jpeg", OptionalLong.empty())).doesNotContainKey("pts");
  }
}
