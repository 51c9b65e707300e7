package io.saccade.quickstart;

import io.saccade.camera.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The clips of a folder, in the order of their names. */
public record SampleClips(List<Clip> clips) implements AutoCloseable {

  /** Opens every {@code .mp4} file of a folder. */
  public static SampleClips open(Path folder) throws IOException {
    List<Path> files;
    if (!Files.isDirectory(folder)) {
      throw new IOException("the sample clips must be in " + folder + ", but it is no folder");
    }
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException("the sample clips must be in " + folder + ", but it has no .mp4 file");
    }
    List<Clip> clips = new ArrayList<>();
    try {
      for (Path file : files) {
        clips.add(new Clip(file));
      }
    } catch (IOException e) {
      clips.forEach(Clip::close);
      throw e;
    }
    return new SampleClips(List.copyOf(clips));
  }

  @Override
  public void close() {
    clips.forEach(Clip::close);
  }
}
