package io.saccade.simulate.load;

import io.saccade.simulate.load.Load.Clips;
import io.saccade.simulate.trace.Clip;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TracedFrame;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What each camera shows, frame by frame: clip after clip, drawn from those it is to show. */
final class Programme {
  private final Map<Clips, List<Clip>> choices = new EnumMap<>(Clips.class);
  private final SplittableRandom random;
  private final Clips[] shown;
  private final Clip[] clip;
  private final int[] next;

  Programme(Trace trace, int cameras, long seed) {
    List<Clip> sorted = trace.easiestFirst();
    int half = (sorted.size() + 1) / 2;
    choices.put(Clips.ALL, sorted);
    choices.put(Clips.EASY, sorted.subList(0, half));
    choices.put(Clips.HARD, sorted.subList(sorted.size() - half, sorted.size()));
    choices.put(Clips.HARDEST, sorted.subList(sorted.size() - 1, sorted.size()));
    random = new SplittableRandom(seed);
    shown = new Clips[cameras];
    clip = new Clip[cameras];
    next = new int[cameras];
    for (int camera = 0; camera < cameras; camera++) {
      // Somewhere in the middle of a clip: cameras do not start together.
      change(camera, Clips.ALL);
      next[camera] = random.nextInt(clip[camera].frames().size());
    }
  }

  TracedFrame next(int camera, Clips clips) {
    if (shown[camera] != clips || next[camera] == clip[camera].frames().size()) {
      change(camera, clips);
    }
    return clip[camera].frames().get(next[camera]++);
  }

  private void change(int camera, Clips clips) {
    List<Clip> choice = choices.getOrDefault(clips, List.of());
    shown[camera] = clips;
    clip[camera] = choice.get(random.nextInt(choice.size()));
    next[camera] = 0;
  }
}
