package io.saccade.cli;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.config.Region;
import io.saccade.camera.config.Secrets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** One camera, by options. */
final class CameraOptions {
  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "The camera's name on Kafka (default: camera).")
  private String id = "camera";

  @Option(
      names = "--transport",
      paramLabel = "tcp|udp",
      description = "How RTSP carries its pictures (default: tcp).",
      converter = OfTransport.class)
  private Transport transport = CameraSettings.DEFAULT_TRANSPORT;

  @Option(
      names = "--fps",
      paramLabel = "FPS",
      description = "Most frames a second (default: as they come).")
  private @Nullable Double fps;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "In pixels; the height follows (default: as it comes).")
  private @Nullable Integer width;

  @Option(
      names = "--quality",
      paramLabel = "N",
      description = "Of the JPEG, 1 to 100 (default: 80 where one is made).")
  private @Nullable Integer quality;

  @Option(
      names = "--region",
      paramLabel = "X,Y,W,H",
      description = "The part of the picture that is kept (default: all).",
      converter = OfRegion.class)
  private @Nullable Region region;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      description = "Without a frame for so long, it is connected anew (default: 8s).")
  private Duration stallTimeout = CameraSettings.DEFAULT_STALL_TIMEOUT;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      description = "Longest wait for the first frame (default: 10s).")
  private Duration connectTimeout = CameraSettings.DEFAULT_CONNECT_TIMEOUT;

  @Option(names = "--loop", description = "A file or folder starts again at its end.")
  private boolean loop;

  /**
   * The camera at a URL.
   *
   * @throws IllegalArgumentException when it makes no sense; shows no secret
   */
  CameraSettings settings(String url) {
    CameraUrl at;
    try {
      at = Secrets.ofProcess().url(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the URL " + e.getMessage(), e);
    }
    return new CameraSettings(
        id, at, transport, fps, width, quality, region, stallTimeout, connectTimeout, loop, true);
  }

  /** {@code tcp} or {@code udp}. */
  static final class OfTransport implements ITypeConverter<Transport> {
    @Override
    public Transport convert(String text) {
      try {
        return Transport.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("must be tcp or udp, but was '" + text + "'");
      }
    }
  }

  /** {@code X,Y,W,H}. */
  static final class OfRegion implements ITypeConverter<Region> {
    @Override
    public Region convert(String text) {
      String[] parts = text.split(",", -1);
      try {
        if (parts.length == 4) {
          return new Region(
              Integer.parseInt(parts[0]),
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseInt(parts[3]));
        }
      } catch (NumberFormatException e) {
        // Refused below.
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
      throw new TypeConversionException("must be X,Y,W,H in pixels, but was '" + text + "'");
    }
  }
}
