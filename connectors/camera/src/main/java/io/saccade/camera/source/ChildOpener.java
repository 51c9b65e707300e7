package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraUrl;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens cameras in child processes, and folders in this one.
 *
 * @param program FFmpeg, or what stands in for it
 */
public record ChildOpener(Path program) implements Opener {

  @Override
  public Source open(CameraSettings camera) throws IOException {
    return camera.url().kind() == CameraUrl.Kind.FOLDER
        ? new FolderSource(camera)
        : ChildSource.start(program, camera);
  }
}
