package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SmjpegReaderTest {
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};

  private static DataOutputStream head(ByteArrayOutputStream bytes) throws IOException {
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBytes("\0\nSMJPEG");
    out.writeLong(0);
    out.writeBytes("_TXT");
    out.writeInt(3);
    out.writeBytes("abc");
    out.writeBytes("_VID");
    out.writeInt(12);
    out.write(new byte[12]);
    out.writeBytes("HEND");
    return out;
  }

  private static void picture(DataOutputStream out, long millis, byte[] jpeg) throws IOException {
    out.writeBytes("vidD");
    out.writeInt((int) millis);
    out.writeInt(jpeg.length);
    out.write(jpeg);
  }

  private static List<Picture> read(byte[] bytes) throws IOException {
    SmjpegReader reader = new SmjpegReader(new ByteArrayInputStream(bytes));
    List<Picture> pictures = new ArrayList<>();
    for (Picture next = reader.next(); next != null; next = reader.next()) {
      pictures.add(next);
    }
    return pictures;
  }

  @Property(tries = 200)
  void givesBackEveryPictureWithItsTime(
      @ForAll @Size(max = 20) List<@IntRange(min = 0) Integer> lengths,
      @ForAll @IntRange int millis)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = head(bytes);
    for (int length : lengths) {
      picture(out, Integer.toUnsignedLong(millis), Arrays.copyOf(JPEG, 5 + length % 5000));
    }

    List<Picture> pictures = read(bytes.toByteArray());

    assertThat(pictures).hasSameSizeAs(lengths);
    for (int i = 0; i < pictures.size(); i++) {
      assertThat(pictures.get(i).streamMillis()).isEqualTo(Integer.toUnsignedLong(millis));
      assertThat(pictures.get(i).image()).isEqualTo(Arrays.copyOf(JPEG, 5 + lengths.get(i) % 5000));
    }
  }

  /** Cut anywhere, no half picture comes out; one that was whole is never lost. */
  @Property(tries = 200)
  void neverGivesHalfAPicture(@ForAll @IntRange(min = 0, max = 200) int cut) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = head(bytes);
    int start = bytes.size();
    int each = 12 + JPEG.length;
    for (int i = 0; i < 5; i++) {
      picture(out, i, JPEG);
    }
    byte[] whole = bytes.toByteArray();
    int end = Math.min(start + cut, whole.length);
    SmjpegReader reader = new SmjpegReader(new ByteArrayInputStream(whole, 0, end));

    int pictures = 0;
    try {
      for (Picture next = reader.next(); next != null; next = reader.next()) {
        assertThat(next.image()).isEqualTo(JPEG);
        pictures++;
      }
    } catch (EOFException e) {
      assertThat((end - start) % each).as("ended between pictures").isNotZero();
    }

    assertThat(pictures).isEqualTo(Math.max(0, (end - start) / each));
  }

  /** Whatever comes, it ends or complains; it takes no memory for a length alone. */
  @Property(tries = 500)
  void endsOrComplainsWhateverComes(
      @ForAll @Size(max = 300) byte[] noise, @ForAll boolean afterAHead) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (afterAHead) {
      DataOutputStream out = head(bytes);
      out.writeBytes("vidD");
    }
    bytes.write(noise);
    try {
      for (Picture picture : read(bytes.toByteArray())) {
        assertThat(picture.image()).startsWith(0xFF, 0xD8).hasSizeLessThan(300);
      }
    } catch (IOException e) {
      assertThat(e).isInstanceOfAny(EOFException.class, IOException.class);
    }
  }

  @Example
  void refusesALengthBeyondItsBound() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = head(bytes);
    out.writeBytes("vidD");
    out.writeInt(0);
    out.writeInt(SmjpegReader.MAX_BYTES + 1);

    assertThatThrownBy(() -> read(bytes.toByteArray()))
        .hasMessage("expected at most 8388608 bytes, but found a length of 8388609");
  }

  @Example
  void saysWhatItFoundInsteadOfAPicture() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = head(bytes);
    picture(out, 0, JPEG);
    out.writeBytes("what");

    assertThatThrownBy(() -> read(bytes.toByteArray()))
        .hasMessage("expected vidD or DONE, but found 0x77686174");
    assertThatThrownBy(
            () -> read("ffmpeg version 8".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .hasMessage("expected SMJPEG, but found something else");
  }

  @Example
  void takesNothingAtAllAsTheEnd() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
  }
}
