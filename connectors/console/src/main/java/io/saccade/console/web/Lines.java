package io.saccade.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of all requests that are being served. */
final class Lines {
  /** Who takes nothing for so long is hung up on. */
  private static final long STUCK_NANOS = 20_000_000_000L;

  private final Set<Line> lines = ConcurrentHashMap.newKeySet();

  /** To be {@linkplain #close closed} by the thread at hand, which answers. */
  Line open(HttpExchange exchange) {
    Line line = new Line(exchange.getResponseBody(), System::nanoTime);
    exchange.setStreams(null, line);
    lines.add(line);
    return line;
  }

  void close(Line line) {
    line.end();
    lines.remove(line);
  }

  /** How many there were. */
  int hangUpOnStuck(long nowNanos) {
    List<Line> stuck = lines.stream().filter(it -> it.stuckNanos(nowNanos) > STUCK_NANOS).toList();
    stuck.forEach(Line::hangUp);
    return stuck.size();
  }
}
