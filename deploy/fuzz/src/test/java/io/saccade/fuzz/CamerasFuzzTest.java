package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CamerasFile;
import io.saccade.camera.config.FaultyCamerasException;
import io.saccade.camera.config.Secrets;
import io.saccade.wire.Frames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;

/** The file that names all cameras. */
class CamerasFuzzTest {
  private static final String SECRET = "hunter2-of-the-yard";
  private static final Secrets SECRETS = new Secrets(Map.of("YARD_PASSWORD", SECRET));
  private static final int LONGEST_FAULT = 10_000;

  @FuzzTest
  @Timeout(20)
  void cameras(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    List<CameraSettings> cameras;
    try {
      cameras = CamerasFile.parse(text, SECRETS);
    } catch (FaultyCamerasException e) {
      e.faults().forEach(fault -> Promise.oneLine(fault.toString(), LONGEST_FAULT));
      secretStaysSecret(text, String.valueOf(e.getMessage()));
      return;
    }
    for (CameraSettings camera : cameras) {
      // Who reads the frames calls the camera by the same name.
      assertThat(Frames.camera(camera.id().getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(camera.id());
      secretStaysSecret(text, camera.toString());
    }
    Promise.memoryIsBounded();
  }

  /** One that is written out in the file is no secret. */
  private static void secretStaysSecret(String text, String said) {
    if (!text.contains(SECRET)) {
      assertThat(said).doesNotContain(SECRET);
    }
  }
}
