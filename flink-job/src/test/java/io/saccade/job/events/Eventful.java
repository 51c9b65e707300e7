package io.saccade.job.events;

import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** CameraViews, and the events that come of what the test lets them show. */
final class Eventful {
  static final List<String> CLASSES = List.of("amber", "basalt", "cobalt");
  static final long START_MILLIS = 1_760_000_000_000L;

  final List<Event> events = new ArrayList<>();
  final CameraViews cameras;
  long nowMillis = START_MILLIS;
  private long offset;

  Eventful() {
    this(CameraViews.MOST);
  }

  Eventful(int most) {
    cameras = new CameraViews(terms("a1"), most);
  }

  static CameraViews.Terms terms(String model) {
    return new CameraViews.Terms(500, 3_000, model, CLASSES);
  }

  /** A frame captured just now. */
  void shows(String camera, int best, float sure) {
    shows(camera, 0, nowMillis, best, sure);
  }

  void shows(String camera, int partition, long capturedMillis, int best, float sure) {
    Frame frame = new Frame(camera, offset, capturedMillis, null, new byte[0], partition, offset++);
    CameraView view = cameras.of(frame, nowMillis, events::add);
    long plausible = Math.max(0, Math.min(nowMillis, capturedMillis));
    view.sees(CLASSES, probabilities(best, sure), best, plausible).ifPresent(events::add);
  }

  private static float[] probabilities(int best, float sure) {
    float[] probabilities = new float[CLASSES.size()];
    Arrays.fill(probabilities, (1 - sure) / (CLASSES.size() - 1));
    probabilities[best] = sure;
    return probabilities;
  }

  void pass(long millis) {
    nowMillis += millis;
    cameras.listen(nowMillis, events::add);
  }

  List<String> kinds() {
    return events.stream().map(Event::kind).toList();
  }
}
