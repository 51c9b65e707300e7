package io.saccade.camera.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FrameEndsTest {
  private static final int H264 = 96;
  private static final int OTHER = 97;
  private static final int STEP = 9_000;
  private static final String DESCRIPTION =
      "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=rtpmap:97 H265/90000\r\n";

  /** A packet as it goes over the wire. */
  private record Packet(
      int channel, int type, boolean marker, int sequence, int time, byte[] body) {
    byte[] bytes() {
      return ByteBuffer.allocate(16 + body.length)
          .put((byte) '$')
          .put((byte) channel)
          .putShort((short) (12 + body.length))
          .put((byte) 0x80)
          .put((byte) (marker ? 0x80 | type : type))
          .putShort((short) sequence)
          .putInt(time)
          .putInt(0xCAFE)
          .put(body)
          .array();
    }

    static List<Packet> all(byte[] bytes) {
      List<Packet> packets = new ArrayList<>();
      ByteBuffer from = ByteBuffer.wrap(bytes);
      while (from.hasRemaining()) {
        assertThat(from.get()).isEqualTo((byte) '$');
        int channel = from.get() & 0xFF;
        byte[] body = new byte[from.getShort() - 12];
        assertThat(from.get()).isEqualTo((byte) 0x80);
        byte type = from.get();
        int sequence = from.getShort() & 0xFFFF;
        int time = from.getInt();
        assertThat(from.getInt()).isEqualTo(0xCAFE);
        from.get(body);
        packets.add(new Packet(channel, type & 0x7F, type < 0, sequence, time, body));
      }
      return packets;
    }

    boolean delimits() {
      return body.length == 2 && body[0] == 9;
    }
  }

  private static byte[] description() {
    return "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(DESCRIPTION.length(), DESCRIPTION)
        .getBytes(ISO_8859_1);
  }

  private static byte[] joined(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object part : parts) {
      all.writeBytes(part instanceof Packet packet ? packet.bytes() : (byte[]) part);
    }
    return all.toByteArray();
  }

  /** What is passed on of bytes that come a few at a time. */
  private static byte[] passed(byte[] bytes, int most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, most));
          }
        };
    FrameEnds ends = new FrameEnds(slow, out);
    while (ends.pass()) {
      // On.
    }
    return out.toByteArray();
  }

  private static Packet packet(int type, boolean marker, int sequence, int time, int length) {
    return new Packet(0, type, marker, sequence, time, new byte[length]);
  }

  /** Pictures of three packets each. */
  private static List<Packet> pictures(int count, int type) {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 3 * count; i++) {
      packets.add(packet(type, i % 3 == 2, 65_530 + i, STEP * (i / 3), 1_000));
    }
    return packets;
  }

  @Property(tries = 50)
  void aDelimiterFollowsEachPictureWithTheNextOnesTime(
      @ForAll @IntRange(min = 1, max = 5_000) int most) throws Exception {
    byte[] head = description();
    byte[] out = passed(joined(head, joined(pictures(6, H264).toArray())), most);
    assertThat(out).startsWith(head);
    byte[] rest = java.util.Arrays.copyOfRange(out, head.length, out.length);
    List<Packet> packets = Packet.all(rest);

    // The first picture's next is not known yet.
    assertThat(packets.stream().filter(Packet::delimits).map(Packet::time))
        .containsExactly(2 * STEP, 3 * STEP, 4 * STEP, 5 * STEP, 6 * STEP);
    for (int i = 0; i < packets.size(); i++) {
      assertThat(packets.get(i).sequence()).isEqualTo((65_530 + i) & 0xFFFF);
      if (packets.get(i).delimits()) {
        assertThat(packets.get(i - 1).marker()).isTrue();
        assertThat(packets.get(i).marker()).isFalse();
      }
    }
    assertThat(packets.stream().filter(packet -> !packet.delimits()).map(Packet::time))
        .containsExactlyElementsOf(pictures(6, H264).stream().map(Packet::time).toList());
  }

  @Example
  void aPictureIsPassedOnAsAWhole() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] from, int at, int length) {
            if (length > 0) {
              lengths.add(length);
            }
            super.write(from, at, length);
          }
        };
    byte[] in = joined(description(), joined(pictures(3, H264).toArray()));
    FrameEnds ends =
        new FrameEnds(
            new ByteArrayInputStream(in) {
              @Override
              public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 700));
              }
            },
            out);
    while (ends.pass()) {
      // On.
    }

    int picture = 3 * 1_016;
    assertThat(lengths).containsExactly(description().length, picture, picture + 18, picture + 18);
  }

  @Property(tries = 50)
  void whatIsNotH264GoesOnAsItCame(@ForAll @IntRange(min = 1, max = 5_000) int most)
      throws Exception {
    byte[] senderReport = {'$', 1, 0, 8, (byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 7};
    byte[] in =
        joined(
            description(),
            joined(pictures(4, OTHER).toArray()),
            senderReport,
            "RTSP/1.0 200 OK\r\n\r\n".getBytes(ISO_8859_1));

    assertThat(passed(in, most)).isEqualTo(in);
  }

  @Example
  void aCameraThatMarksEveryPacketIsLeftAlone() throws Exception {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      packets.add(packet(H264, true, i, STEP * (i / 3), 100));
    }
    byte[] in = joined(description(), joined(packets.toArray()));

    assertThat(passed(in, 1_000)).isEqualTo(in);
  }

  @Property(tries = 200)
  void takesNoMoreMemoryThanItHasWhateverComes(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] noise = new byte[random.nextInt(200_000)];
    random.nextBytes(noise);
    byte[] in = random.nextBoolean() ? noise : joined(description(), noise);
    try {
      assertThat(passed(in, 10_000).length).isLessThanOrEqualTo(in.length + in.length / 16 * 18);
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("expected RTSP");
    }
  }

  @Example
  void refusesWhatIsNoRtspAndAnAnswerWithoutAnEnd() {
    assertThatThrownBy(() -> passed(new byte[100_000], 5_000))
        .hasMessage("expected RTSP, but found something else");
    byte[] long1 = "RTSP/1.0 200 OK\r\nContent-Length: 999999\r\n\r\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> passed(long1, 5_000))
        .hasMessage("expected RTSP answers of at most 65536 bytes, but found one of 999999");
  }
}
