package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MultipartReaderTest {

  private static byte[] sent(List<byte[]> pictures, boolean lengths, String delimiter) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (byte[] picture : pictures) {
      String length = lengths ? "Content-Length: " + picture.length + "\r\n" : "";
      sent.writeBytes(text(delimiter + "\r\nContent-Type: image/jpeg\r\n" + length + "\r\n"));
      sent.writeBytes(picture);
      sent.writeBytes(text("\r\n"));
    }
    sent.writeBytes(text(delimiter + "--\r\n"));
    return sent.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static MultipartReader reader(byte[] sent, String boundary) {
    return new MultipartReader(new ByteArrayInputStream(sent), boundary);
  }

  @Property(tries = 300)
  void givesTheBytesThatWereSent(@ForAll List<byte[]> pictures, @ForAll boolean lengths)
      throws IOException {
    for (String boundary : List.of("frame", "--frame", "")) {
      givesTheBytesThatWereSent(pictures, reader(sent(pictures, lengths, "--frame"), boundary));
    }
    givesTheBytesThatWereSent(pictures, reader(sent(pictures, lengths, "----frame"), "--frame"));
  }

  private static void givesTheBytesThatWereSent(List<byte[]> pictures, MultipartReader reader)
      throws IOException {
    List<byte[]> read = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      read.add(reader.next());
    }
    assertThat(read).usingElementComparator(java.util.Arrays::compare).isEqualTo(pictures);
  }

  /** Anything but a picture or a clear end would be a bug: no other exception gets out. */
  @Property
  void endsOnAnyBytes(@ForAll byte[] noise) {
    MultipartReader reader = reader(noise, "frame");
    try {
      while (reader.next() != null) {
        // Goes on to the end.
      }
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(expected|ended).*");
    }
  }

  @Example
  void refusesALengthBeyondAllPictures() {
    byte[] sent = text("--frame\r\nContent-Length: 999999999\r\n\r\nx");

    assertThatThrownBy(() -> reader(sent, "frame").next())
        .isInstanceOf(IOException.class)
        .hasMessage("expected a length of at most 8388608 bytes, but found another");
  }
}
