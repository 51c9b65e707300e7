package io.saccade.camera.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a camera answers, whatever it says, so that nothing costly is begun for one that does
 * not. A camera that has hung answers what was asked before as soon as it goes on; one that was cut
 * off answers the next connection. So a new one is tried each second, and the last few are kept.
 *
 * <p>Over RTSP it asks for the OPTIONS, without credentials: any answer will do. Elsewhere a
 * connection is an answer. Costs a packet or two each second, however long it takes.
 */
public final class Knock {
  /** TCP itself would wait for one second, then two, then four, and so on. */
  static final long AGAIN_MILLIS = 1_000;

  /** A slow camera has so many seconds to answer. */
  static final int MOST_PENDING = 8;

  private final CameraAddress address;
  private final byte[] question;
  private final Deque<SocketChannel> pending = new ArrayDeque<>();
  private volatile @Nullable Selector waiting;
  private volatile boolean givenUp;

  /** Nothing is sent before {@link #await}. */
  public Knock(CameraAddress address) {
    this.address = address;
    this.question =
        address.scheme().equals("rtsp")
            ? "OPTIONS rtsp://%s/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: saccade\r\n\r\n"
                .formatted(address)
                .getBytes(US_ASCII)
            : new byte[0];
  }

  /**
   * Waits for the answer, for ever if need be.
   *
   * @return false when given up before one came
   * @throws IOException when the host is not known, not reached, or refuses
   */
  public boolean await() throws IOException {
    try (Selector selector = Selector.open()) {
      waiting = selector;
      List<InetSocketAddress> places = address.resolved();
      long due = System.nanoTime();
      int turn = 0;
      boolean answered = false;
      while (!answered && !givenUp) {
        long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
        if (left <= 0) {
          begin(selector, places.get(turn++ % places.size()));
          due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS);
          left = AGAIN_MILLIS;
        }
        selector.select(left);
        answered = heard(selector);
      }
      return answered;
    } finally {
      for (SocketChannel channel : pending) {
        channel.close();
      }
      waiting = null;
    }
  }

  private void begin(Selector selector, InetSocketAddress place) throws IOException {
    if (pending.size() == MOST_PENDING) {
      pending.removeFirst().close();
    }
    SocketChannel channel = SocketChannel.open();
    pending.addLast(channel);
    channel.configureBlocking(false);
    boolean connected = channel.connect(place);
    channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
  }

  private boolean heard(Selector selector) throws IOException {
    boolean answered = false;
    for (SelectionKey key : selector.selectedKeys()) {
      if (!key.isValid() || !(key.channel() instanceof SocketChannel channel)) {
        continue;
      }
      if (key.isReadable()) {
        // An end is an answer too.
        answered = true;
      } else if (!key.isConnectable() || channel.finishConnect()) {
        answered |= question.length == 0;
        channel.write(ByteBuffer.wrap(question));
        key.interestOps(SelectionKey.OP_READ);
      }
    }
    selector.selectedKeys().clear();
    return answered;
  }

  /** Ends the waiting, from any thread. */
  public void giveUp() {
    givenUp = true;
    Selector selector = waiting;
    if (selector != null) {
      // One that has just been closed does not mind.
      selector.wakeup();
    }
  }
}
