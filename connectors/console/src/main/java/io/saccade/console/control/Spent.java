package io.saccade.console.control;

import io.saccade.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask has spent per second of late, as its decisions tell.
 *
 * @param cores CPU seconds per second
 * @param multiplyAdds of looks per second; NaN when the decisions do not say what a look takes
 */
public record Spent(double cores, double multiplyAdds) {

  /**
   * Of each subtask that has told of two ticks or more.
   *
   * @param decisions of any subtasks of one job, each subtask's in the order of time
   */
  static Map<Integer, Spent> of(List<Status> decisions) {
    Map<Integer, Spent> spent = new TreeMap<>();
    Map<Integer, List<Status>> each =
        decisions.stream().collect(Collectors.groupingBy(Status::subtask));
    each.forEach((subtask, ticks) -> ofOne(ticks).ifPresent(it -> spent.put(subtask, it)));
    return spent;
  }

  /** A tick tells of the time since the one before, so the first only says when that was. */
  private static Optional<Spent> ofOne(List<Status> ticks) {
    long fromNanos = 0;
    long toNanos = 0;
    double nanos = 0;
    double multiplyAdds = 0;
    for (Status tick : ticks) {
      Status.Seen seen = tick.seen();
      if (seen == null) {
        continue;
      }
      toNanos = seen.nowNanos();
      if (fromNanos == 0) {
        fromNanos = toNanos;
        continue;
      }
      nanos += seen.spentNanos();
      multiplyAdds += multiplyAdds(seen, tick.nominal());
    }
    double span = toNanos - fromNanos;
    return span > 0
        ? Optional.of(new Spent(nanos / span, multiplyAdds / (span / 1e9)))
        : Optional.empty();
  }

  private static double multiplyAdds(Status.Seen seen, Status.@Nullable Nominal nominal) {
    if (nominal == null
        || nominal.glanceMultiplyAdds() == null
        || nominal.focusMultiplyAdds() == null) {
      return Double.NaN;
    }
    return seen.glances() * nominal.glanceMultiplyAdds()
        + seen.focuses() * nominal.focusMultiplyAdds();
  }
}
