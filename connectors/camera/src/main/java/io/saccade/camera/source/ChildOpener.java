package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens cameras in child processes, and in this one those whose pictures need no decoding.
 *
 * @param program FFmpeg, or what stands in for it
 */
public record ChildOpener(Path program) implements Opener {

  @Override
  public Source open(CameraSettings camera) throws IOException {
    return switch (camera.url().kind()) {
      case FOLDER -> new FolderSource(camera);
      // With TLS in a child, which like most cameras' certificates is not strict.
      case HTTP ->
          camera.asItComes() && camera.url().revealed().regionMatches(true, 0, "http:", 0, 5)
              ? new MjpegSource(camera)
              : new NetworkSource(program, camera);
      case RTSP -> new NetworkSource(program, camera);
      // What was not there when the settings were read may be a folder by now.
      case FILE ->
          Files.isDirectory(Path.of(camera.url().revealed()))
              ? new FolderSource(camera)
              : ChildSource.start(program, camera);
      case DEVICE -> ChildSource.start(program, camera);
    };
  }
}
