package io.saccade.console.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineTest {
  private static final long SECOND = 1_000_000_000L;

  /** So many files are 15 MB; the kernel takes 4 MB at most. */
  private static final int MORE_THAN_IS_BUFFERED = 300;

  @Test
  void whoTakesALittleNowAndThenIsNotStuckHoweverLongItLasts() throws IOException {
    AtomicLong now = new AtomicLong(1);
    List<Long> stuck = new ArrayList<>();
    Line[] line = new Line[1];
    OutputStream thin =
        new OutputStream() {
          @Override
          public void write(int one) {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            now.addAndGet(length * SECOND / 4_000);
            stuck.add(line[0].stuckNanos(now.get()));
          }
        };
    line[0] = new Line(thin, now::get);

    line[0].begin();
    line[0].write(new byte[4_000_000]);

    assertThat(now.get()).isGreaterThan(1_000 * SECOND);
    assertThat(stuck).allMatch(it -> it < 5 * SECOND);
    assertThat(line[0].stuckNanos(now.get() + SECOND)).isEqualTo(SECOND);
  }

  @Test
  void nobodyIsWaitedForBeforeThereIsAnAnswer() {
    Line line = new Line(OutputStream.nullOutputStream(), System::nanoTime);

    assertThat(line.stuckNanos(Long.MAX_VALUE)).isZero();
  }

  @Test
  void whoTakesNothingOfAFileIsHungUpOn() throws Exception {
    try (Served served = Served.open();
        Socket greedy = new Socket()) {
      greedy.setReceiveBufferSize(4_096);
      greedy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
      String request =
          "GET /uplot.js HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(served.port());
      greedy.getOutputStream().write(request.repeat(MORE_THAN_IS_BUFFERED).getBytes(ISO_8859_1));

      // What has gone out within the last second is not stuck, as is seen from 19 s ahead.
      long untilNanos = System.nanoTime() + 30 * SECOND;
      while (served.server.hangUpOnStuck(System.nanoTime() + 19 * SECOND) == 0) {
        assertThat(System.nanoTime()).as("soon").isLessThan(untilNanos);
      }

      assertThat(isClosed(greedy)).isTrue();
    }
  }

  /** Whether it ends, by now or after what is still on its way. */
  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(5_000);
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // Reset, as it had asked for more.
    }
  }
}
