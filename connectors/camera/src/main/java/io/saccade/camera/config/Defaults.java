package io.saccade.camera.config;

import io.saccade.camera.config.CameraSettings.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for cameras that do not say otherwise. The fields are those of {@link CameraSettings}.
 */
record Defaults(
    Transport transport,
    @Nullable Double fps,
    @Nullable Integer width,
    @Nullable Integer quality,
    Duration stallTimeout,
    Duration connectTimeout) {
  static final Defaults NONE =
      new Defaults(
          CameraSettings.DEFAULT_TRANSPORT,
          null,
          null,
          null,
          CameraSettings.DEFAULT_STALL_TIMEOUT,
          CameraSettings.DEFAULT_CONNECT_TIMEOUT);

  /** With the fields that are given instead; those without a value are as if they never were. */
  Defaults overriddenBy(Fields fields) {
    return new Defaults(
        fields.definite("transport", transport, Values::transport),
        fields.optional("fps", fps, Values::number),
        fields.optional("width", width, Values::whole),
        fields.optional("quality", quality, Values::whole),
        fields.definite("stallTimeout", stallTimeout, Durations::parse),
        fields.definite("connectTimeout", connectTimeout, Durations::parse));
  }

  /** For pictures that are sent as they are. */
  Defaults asItComes() {
    return new Defaults(transport, fps, null, null, stallTimeout, connectTimeout);
  }
}
