package io.saccade.simulate.subtask;

import io.saccade.budget.drift.Audit;
import io.saccade.budget.share.CameraTerms;
import io.saccade.budget.share.Demand;
import io.saccade.simulate.load.Crowds.Crowd;
import io.saccade.simulate.load.Span;
import io.saccade.simulate.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The subtasks of a job, each on a core of its own, under one budget. */
public final class Fleet {
  private static final long STEP_NANOS = 10_000_000;
  private static final long NEWS_DELAY_NANOS = 100_000_000;

  private final Trouble trouble;
  private final List<Peer> peers = new ArrayList<>();
  private final Deque<News> underWay = new ArrayDeque<>();
  private long now;

  private record News(Demand demand, long due) {}

  /**
   * What happens to the job.
   *
   * @param gone subtask that stops working, from the moment {@code vanished} begins; -1 for none
   * @param vanished from when until when it is gone
   * @param mute subtask whose news reaches nobody in the span {@code cut}; -1 for none, {@link
   *     #ALL} for all
   * @param deaf subtask that gets no news in the span {@code cut}, as {@code mute}
   * @param cut when news is cut off
   */
  public record Trouble(int gone, Span vanished, int mute, int deaf, Span cut) {
    public static final int ALL = Integer.MAX_VALUE;
    public static final Trouble NONE = new Trouble(-1, Span.NEVER, -1, -1, Span.NEVER);

    public static Trouble vanishing(int subtask, double from) {
      return new Trouble(subtask, new Span(from, Double.MAX_VALUE), -1, -1, Span.NEVER);
    }

    public static Trouble mute(int subtask, double from, double until) {
      return new Trouble(-1, Span.NEVER, subtask, -1, new Span(from, until));
    }

    public static Trouble deaf(int subtask, double from, double until) {
      return new Trouble(-1, Span.NEVER, -1, subtask, new Span(from, until));
    }

    private static boolean of(int whom, int subtask) {
      return whom == ALL || whom == subtask;
    }
  }

  /**
   * How the job treats its cameras.
   *
   * @param fair whether by {@link io.saccade.budget.share.Cameras}; otherwise all frames alike
   * @param terms weights and caps
   * @param audit which frames are looked at to the end
   */
  public record Treatment(boolean fair, Map<String, CameraTerms> terms, Audit audit) {
    public static final Treatment FAIR = new Treatment(true, Map.of(), new Audit(0));
    public static final Treatment ALIKE = new Treatment(false, Map.of(), new Audit(0));
    public static final Treatment AUDITED = new Treatment(true, Map.of(), Audit.USUAL);
  }

  private Fleet(Trouble trouble) {
    this.trouble = trouble;
  }

  /** Runs the subtasks to the end of their scenarios; their logs, in order. */
  public static List<PeerLog> run(
      double budget,
      List<Crowd> crowds,
      Trace trace,
      Trouble trouble,
      Treatment treatment,
      long seed) {
    Fleet fleet = new Fleet(trouble);
    for (int subtask = 0; subtask < crowds.size(); subtask++) {
      fleet.peers.add(
          new Peer(
              subtask,
              crowds.size(),
              budget,
              crowds.get(subtask),
              trace,
              treatment,
              fleet::publish,
              seed + subtask));
    }
    fleet.work((long) (crowds.get(0).scenario().seconds() * 1e9));
    return fleet.peers.stream().map(Peer::log).toList();
  }

  private void work(long end) {
    while (now < end) {
      now += STEP_NANOS;
      deliver();
      for (int subtask = 0; subtask < peers.size(); subtask++) {
        if (!isGone(subtask)) {
          peers.get(subtask).advance(now);
        }
      }
    }
    for (int subtask = 0; subtask < peers.size(); subtask++) {
      if (!isGone(subtask)) {
        peers.get(subtask).drain();
      }
    }
  }

  private void publish(Demand demand) {
    boolean mute =
        Trouble.of(trouble.mute(), demand.subtask()) && trouble.cut().contains(now / 1e9);
    if (!mute) {
      underWay.add(new News(demand, now + NEWS_DELAY_NANOS));
    }
  }

  private void deliver() {
    while (!underWay.isEmpty() && underWay.element().due() <= now) {
      News news = underWay.remove();
      for (int subtask = 0; subtask < peers.size(); subtask++) {
        boolean deaf = Trouble.of(trouble.deaf(), subtask) && trouble.cut().contains(now / 1e9);
        if (!deaf && !isGone(subtask)) {
          peers.get(subtask).hear(news.demand(), now);
        }
      }
    }
  }

  private boolean isGone(int subtask) {
    return subtask == trouble.gone() && trouble.vanished().contains(now / 1e9);
  }
}
