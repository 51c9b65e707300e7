package io.saccade.camera.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes RTSP with interleaved RTP (RFC 2326, section 10.12) on, and says after each H.264 picture
 * that it has ended. FFmpeg knows that only when the next one begins, and so holds each back for as
 * long as lies between two: a tenth of a second at ten a second. RTP's marker says it at once (RFC
 * 6184, section 5.1); an access unit delimiter, put in after it, says it in a way that FFmpeg's
 * parser understands. What follows begins with the delimiter, and takes its time; that is the
 * {@link Beat}'s.
 *
 * <p>A picture is passed on as a whole. Not thread-safe.
 */
final class FrameEnds {
  private static final Pattern H264 = Pattern.compile("(?mi)^a=rtpmap:(\\d{1,3}) H264/");
  private static final Pattern LENGTH = Pattern.compile("(?mi)^content-length:[ \\t]*(\\d{1,6})");

  /** Two of the largest packets. */
  private static final int BUFFER = 160 * 1024;

  private static final int MAX_TEXT = 64 * 1024;
  private static final int PREFIX = 4;
  private static final int RTP_HEADER = 12;
  private static final byte[] DELIMITER = {9, (byte) 0xF0};

  private final InputStream in;
  private final OutputStream out;
  private final byte[] come = new byte[BUFFER];
  private final byte[] going = new byte[BUFFER];
  private final boolean[] h264 = new boolean[128];
  private final int[] added = new int[256];
  private final Beat[] beats = new Beat[256];
  private int size;
  private int ready;
  private boolean within;

  FrameEnds(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
    for (int channel = 0; channel < beats.length; channel++) {
      beats[channel] = new Beat();
    }
  }

  /**
   * Passes on what has come; waits if nothing has.
   *
   * @return false at the end
   * @throws IOException also when what comes is no RTSP
   */
  boolean pass() throws IOException {
    int got = in.read(come, size, come.length - size);
    if (got < 0) {
      flush();
      return false;
    }
    size += got;
    int at = 0;
    for (int length = whole(at); length > 0; length = whole(at)) {
      if (ready + length + PREFIX + RTP_HEADER + DELIMITER.length > going.length) {
        flush();
      }
      take(at, length);
      at += length;
    }
    System.arraycopy(come, at, come, 0, size - at);
    size -= at;
    if (!within) {
      flush();
    }
    return true;
  }

  private void flush() throws IOException {
    out.write(going, 0, ready);
    ready = 0;
  }

  /** Length of the packet or message there; 0 when it has not all come. */
  private int whole(int at) throws IOException {
    int there = size - at;
    if (there < PREFIX) {
      return 0;
    }
    int length = come[at] == '$' ? PREFIX + number(at + 2) : text(at, there);
    return there < length ? 0 : length;
  }

  private int text(int at, int there) throws IOException {
    for (int end = at; end + 3 < at + Math.min(there, MAX_TEXT); end++) {
      if (come[end] == '\r'
          && come[end + 1] == '\n'
          && come[end + 2] == '\r'
          && come[end + 3] == '\n') {
        int head = end + 4 - at;
        Matcher told = LENGTH.matcher(new String(come, at, head, ISO_8859_1));
        int body = told.find() ? Integer.parseInt(told.group(1)) : 0;
        if (body > MAX_TEXT) {
          throw new IOException(
              "expected RTSP answers of at most %d bytes, but found one of %d"
                  .formatted(MAX_TEXT, body));
        }
        return head + body;
      }
    }
    if (there >= MAX_TEXT) {
      throw new IOException("expected RTSP, but found something else");
    }
    return Integer.MAX_VALUE;
  }

  private void take(int at, int length) {
    if (come[at] != '$') {
      Matcher types = H264.matcher(new String(come, at, length, ISO_8859_1));
      while (types.find()) {
        h264[Integer.parseInt(types.group(1)) & 0x7F] = true;
      }
      copy(at, length);
      within = false;
      return;
    }
    int channel = come[at + 1] & 0xFF;
    boolean video = length >= PREFIX + RTP_HEADER && isVideo(at + PREFIX);
    if (video) {
      put(come, at + PREFIX + 2, number(at + PREFIX + 2) + added[channel]);
    }
    copy(at, length);
    within = video && come[at + PREFIX + 1] >= 0;
    if (video && !within) {
      OptionalInt next = beats[channel].after((number(at + 8) << 16) | number(at + 10));
      if (next.isPresent()) {
        delimit(at, channel, next.getAsInt());
      }
    }
  }

  private boolean isVideo(int rtp) {
    return (come[rtp] & 0xC0) == 0x80 && h264[come[rtp + 1] & 0x7F];
  }

  private void copy(int at, int length) {
    System.arraycopy(come, at, going, ready, length);
    ready += length;
  }

  private void delimit(int packet, int channel, int time) {
    added[channel]++;
    int at = ready;
    going[at] = '$';
    going[at + 1] = (byte) channel;
    put(going, at + 2, RTP_HEADER + DELIMITER.length);
    going[at + 4] = (byte) 0x80;
    going[at + 5] = (byte) (come[packet + 5] & 0x7F);
    put(going, at + 6, number(packet + 6) + 1);
    put(going, at + 8, time >> 16);
    put(going, at + 10, time);
    System.arraycopy(come, packet + 12, going, at + 12, 4);
    System.arraycopy(DELIMITER, 0, going, at + PREFIX + RTP_HEADER, DELIMITER.length);
    ready += PREFIX + RTP_HEADER + DELIMITER.length;
  }

  /** Two bytes, most significant first. */
  private int number(int at) {
    return ((come[at] & 0xFF) << 8) | (come[at + 1] & 0xFF);
  }

  private static void put(byte[] into, int at, int number) {
    into[at] = (byte) (number >> 8);
    into[at + 1] = (byte) number;
  }
}
