package io.saccade.camera.source;

import io.saccade.camera.config.CameraSettings;
import java.io.IOException;

/** Opens a camera. */
public interface Opener {

  /** Starts to read; whether the camera answers shows by its first picture. */
  Source open(CameraSettings camera) throws IOException;
}
