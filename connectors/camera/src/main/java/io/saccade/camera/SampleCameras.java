package io.saccade.camera;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clips played as live cameras, each frame captured "now". One thread plays them all, at the times
 * of a {@link Timetable}; frames whose time has passed are left out and counted, never sent in a
 * burst.
 */
public final class SampleCameras implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleCameras.class);

  /** Cameras that show the same clip are this many frames apart. */
  private static final int FRAMES_APART = 5;

  private static final long STOP_MILLIS = 500;

  private final List<Clip> clips;
  private final List<SampleCamera> cameras;
  private final Timetable timetable;
  private final FrameSink sink;
  private final Clock clock;
  private final Tally tally = new Tally();
  private final Thread player = new Thread(this::play, "sample-cameras");

  private SampleCameras(
      List<Clip> clips, int cameras, double framesPerSecond, FrameSink sink, Clock clock) {
    if (clips.isEmpty()) {
      throw new IllegalArgumentException("clips must be at least one, but were none");
    }
    this.clips = List.copyOf(clips);
    this.timetable = new Timetable(cameras, framesPerSecond);
    this.sink = sink;
    this.clock = clock;
    this.cameras = cameras(this.clips, cameras);
  }

  /**
   * Starts the cameras {@code camera-00}, {@code camera-01} and so on; camera i plays clip i modulo
   * their number. Takes charge of the clips and the sink.
   */
  public static SampleCameras start(
      List<Clip> clips, int cameras, double framesPerSecond, FrameSink sink) {
    return start(clips, cameras, framesPerSecond, sink, Clock.SYSTEM);
  }

  static SampleCameras start(
      List<Clip> clips, int cameras, double framesPerSecond, FrameSink sink, Clock clock) {
    SampleCameras started = new SampleCameras(clips, cameras, framesPerSecond, sink, clock);
    started.player.setDaemon(true);
    started.player.setUncaughtExceptionHandler(
        (thread, problem) -> LOG.error("The sample cameras have stopped", problem));
    started.player.start();
    return started;
  }

  /** The cameras that so many would be. */
  public static List<SampleCamera> cameras(List<Clip> clips, int number) {
    List<SampleCamera> cameras = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Clip clip = clips.get(i % clips.size());
      cameras.add(
          new SampleCamera(String.format("camera-%02d", i), clip.name(), clip.knownClass()));
    }
    return List.copyOf(cameras);
  }

  public List<SampleCamera> cameras() {
    return cameras;
  }

  public Counts counts() {
    return tally.counts();
  }

  private void play() {
    try {
      readAhead();
      long start = clock.nanos();
      for (long turn = 0; !Thread.interrupted(); turn++) {
        clock.sleepUntil(start + timetable.dueNanos(turn));
        turn += leaveOut(timetable.roundsMissed(turn, clock.nanos() - start));
        show(turn);
      }
    } catch (InterruptedException e) {
      // Closed while waiting: done.
    }
  }

  /** Reads the frames that are passed over at the start before the clock runs. */
  private void readAhead() {
    for (int camera = 0; camera < cameras.size(); camera++) {
      clip(camera).jpeg(offset(camera));
    }
  }

  private long leaveOut(long rounds) {
    long turns = rounds * cameras.size();
    if (turns > 0) {
      tally.dropped(Drop.LATE, turns);
    }
    return turns;
  }

  private void show(long turn) {
    int camera = timetable.camera(turn);
    long sequence = timetable.sequence(turn);
    byte[] jpeg;
    try {
      jpeg = clip(camera).jpeg(sequence + offset(camera));
    } catch (UncheckedIOException e) {
      if (tally.counts().dropped(Drop.UNREADABLE) == 0) {
        LOG.warn("{} cannot go on with {}", cameras.get(camera).id(), clip(camera).name(), e);
      }
      tally.dropped(Drop.UNREADABLE);
      return;
    }
    tally.sent();
    String id = cameras.get(camera).id();
    sink.send(
        new CapturedFrame(id, sequence, clock.epochMillis(), CapturedFrame.JPEG, jpeg), tally);
  }

  private Clip clip(int camera) {
    return clips.get(camera % clips.size());
  }

  private long offset(int camera) {
    return (long) (camera / clips.size()) * FRAMES_APART;
  }

  /** Stops within a second. */
  @Override
  public void close() {
    player.interrupt();
    try {
      player.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sink.close();
    clips.forEach(Clip::close);
  }
}
