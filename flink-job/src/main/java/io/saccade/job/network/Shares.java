package io.saccade.job.network;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Dear things that are made for the first who needs them and destroyed after the last. Safe for use
 * by several threads.
 */
final class Shares<K, V> {
  private final Function<K, V> maker;
  private final Consumer<V> destroyer;
  private final Map<K, Counted<V>> made = new HashMap<>();

  Shares(Function<K, V> maker, Consumer<V> destroyer) {
    this.maker = maker;
    this.destroyer = destroyer;
  }

  /** A hold on the thing of this key. Waits while another thread makes it. */
  synchronized Share<V> take(K key) {
    Counted<V> counted = made.computeIfAbsent(key, it -> new Counted<>(maker.apply(it)));
    counted.holders++;
    return new Share<>(counted.value, () -> giveBack(key, counted));
  }

  private synchronized void giveBack(K key, Counted<V> counted) {
    counted.holders--;
    if (counted.holders == 0) {
      made.remove(key);
      destroyer.accept(counted.value);
    }
  }

  private static final class Counted<V> {
    private final V value;
    private int holders;

    private Counted(V value) {
      this.value = value;
    }
  }

  /** One holder's hold; given back once, however often it is closed. */
  static final class Share<V> implements AutoCloseable {
    private final V value;
    private @Nullable Runnable giveBack;

    private Share(V value, Runnable giveBack) {
      this.value = value;
      this.giveBack = giveBack;
    }

    V value() {
      return value;
    }

    @Override
    public synchronized void close() {
      Runnable once = giveBack;
      giveBack = null;
      if (once != null) {
        once.run();
      }
    }
  }
}
