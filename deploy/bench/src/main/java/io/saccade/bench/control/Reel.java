package io.saccade.bench.control;

import io.saccade.camera.Clip;
import io.saccade.gfnet.GfNet;
import io.saccade.quickstart.SampleClips;
import io.saccade.simulate.trace.Recorder;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TracedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.function.IntConsumer;

/**
 * The pictures to be shown, with what every look at each of them says and costs on this machine:
 * the simulator plays the very frames that the job gets.
 */
final class Reel {
  private final Trace trace;
  private final IdentityHashMap<TracedFrame, byte[]> pictures;

  private Reel(Trace trace, IdentityHashMap<TracedFrame, byte[]> pictures) {
    this.trace = trace;
    this.pictures = pictures;
  }

  /**
   * Takes pictures from clips and looks at each.
   *
   * @param framesPerClip the first so many
   * @param folder to write them to
   * @param progress told the number of pictures done, after each clip
   */
  static Reel record(GfNet net, Path clips, int framesPerClip, Path folder, IntConsumer progress)
      throws IOException {
    try (SampleClips samples = SampleClips.open(clips)) {
      for (Clip clip : samples.clips()) {
        write(clip, framesPerClip, folder);
      }
    }
    Trace trace = Recorder.record(net, folder, progress);
    // By identity: two pictures may look alike to the network.
    IdentityHashMap<TracedFrame, byte[]> pictures = new IdentityHashMap<>();
    for (var clip : trace.clips()) {
      Path pictured = folder.resolve(clip.label()).resolve(clip.name());
      for (int i = 0; i < clip.frames().size(); i++) {
        pictures.put(clip.frames().get(i), Files.readAllBytes(pictured.resolve(file(i))));
      }
    }
    return new Reel(trace, pictures);
  }

  private static void write(Clip clip, int frames, Path folder) throws IOException {
    Path pictured = Files.createDirectories(folder.resolve(clip.knownClass()).resolve(clip.name()));
    for (int i = 0; i < frames; i++) {
      Files.write(pictured.resolve(file(i)), clip.jpeg(i));
    }
  }

  private static String file(int index) {
    return "%05d.jpg".formatted(index);
  }

  Trace trace() {
    return trace;
  }

  byte[] picture(TracedFrame frame) {
    byte[] picture = pictures.get(frame);
    if (picture == null) {
      throw new IllegalArgumentException("a frame must be of this reel, but one was not");
    }
    return picture;
  }
}
