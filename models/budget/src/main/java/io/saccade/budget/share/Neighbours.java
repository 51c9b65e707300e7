package io.saccade.budget.share;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a subtask knows of the others, and the share of the budget that follows.
 *
 * <p>The operator publishes its {@link Demand} about once a second, hands every news it reads to
 * {@link #hear}, its own included as it comes back, and asks for its {@link #share} at each tick.
 * That its own news comes back is how it knows that it is heard and hears: otherwise it is {@link
 * #deaf}, takes the equal share, and says so in its news. The others leave it just that. Who was
 * not heard for 2.5 seconds is taken to be gone. After a restart, demands remembered from a
 * checkpoint may be heard at the start; they count for as long, as any.
 *
 * <p>Not safe to share between threads. Times are of this host's monotonic or wall clock,
 * nanoseconds; the clocks of others do not matter.
 */
public final class Neighbours {

  /**
   * News older than this does not count: of news that comes each second, two may be lost. With the
   * way and a tick, a share is taken up within three seconds.
   */
  public static final long FRESH_NANOS = 2_500_000_000L;

  private final int subtask;
  private final int parallelism;
  private final long startNanos;
  private final TreeMap<Integer, Heard> heard = new TreeMap<>();

  private record Heard(Demand demand, long atNanos) {}

  public Neighbours(int subtask, int parallelism, long nowNanos) {
    if (parallelism < 1 || subtask < 0 || subtask >= parallelism) {
      throw new IllegalArgumentException(
          "subtask must be within [0, parallelism), but was %d of %d"
              .formatted(subtask, parallelism));
    }
    this.subtask = subtask;
    this.parallelism = parallelism;
    startNanos = nowNanos;
  }

  /** Takes in news; older than what is known, or from another parallelism, it is passed over. */
  public void hear(Demand news, long nowNanos) {
    if (news.parallelism() != parallelism) {
      return;
    }
    Heard known = heard.get(news.subtask());
    if (known == null || news.atMillis() >= known.demand.atMillis() || !fresh(known, nowNanos)) {
      heard.put(news.subtask(), new Heard(news, nowNanos));
    }
  }

  /** Whether this subtask did not hear its own news of late; to be published. */
  public boolean deaf(long nowNanos) {
    Heard own = heard.get(subtask);
    return parallelism > 1 && (own == null || !fresh(own, nowNanos));
  }

  /**
   * This subtask's share, in the budget's unit.
   *
   * @param budget of the whole job, above 0
   */
  public double share(double budget, long nowNanos) {
    return share(budget, nowNanos, Unit.CORES);
  }

  /** The same for a budget of another unit than cores. */
  public double share(double budget, long nowNanos, Unit unit) {
    double equal = budget / parallelism;
    Heard own = heard.get(subtask);
    if (own == null || !fresh(own, nowNanos) || own.demand.deaf()) {
      return equal;
    }
    List<Demand> hearing = new ArrayList<>();
    // Just started: who was not heard yet may still speak, and takes the equal share until then.
    int taking = nowNanos - startNanos < FRESH_NANOS ? parallelism - heard.size() : 0;
    int place = 0;
    for (Heard other : heard.values()) {
      if (!fresh(other, nowNanos)) {
        continue;
      }
      if (other.demand.deaf()) {
        taking++;
      } else {
        place += other.demand.subtask() < subtask ? 1 : 0;
        hearing.add(unit.of(other.demand));
      }
    }
    return WaterFilling.shares(budget - taking * equal, hearing)[place];
  }

  /**
   * Time since this subtask's own news came back, or since its start: it grows for as long as news
   * is cut. 0 when it is alone.
   */
  public double newsAgeSeconds(long nowNanos) {
    Heard own = heard.get(subtask);
    long since = own == null ? startNanos : own.atNanos;
    return parallelism == 1 ? 0 : Math.max(0, nowNanos - since) / 1e9;
  }

  /** The news that counts, by subtask: to be remembered in a checkpoint, or shown. */
  public List<Demand> fresh(long nowNanos) {
    return heard.values().stream()
        .filter(other -> fresh(other, nowNanos))
        .map(Heard::demand)
        .toList();
  }

  private static boolean fresh(Heard news, long nowNanos) {
    return nowNanos - news.atNanos < FRESH_NANOS;
  }

  /** Demands in the unit of a budget. */
  @FunctionalInterface
  public interface Unit {
    Unit CORES = demand -> demand;

    Demand of(Demand cores);

    static Unit multiplyAdds(double glance, double full) {
      return demand -> demand.inMultiplyAdds(glance, full);
    }
  }
}
