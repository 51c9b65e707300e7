package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.camera.config.CameraUrl;
import io.saccade.camera.config.Region;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class FfmpegCallTest {

  static CameraSettings camera(
      String url, @Nullable Double fps, @Nullable Integer width, @Nullable Region region) {
    return camera(url, fps, width, region, Duration.ofSeconds(8));
  }

  static CameraSettings camera(
      String url,
      @Nullable Double fps,
      @Nullable Integer width,
      @Nullable Region region,
      Duration stallTimeout) {
    return new CameraSettings(
        "cam",
        CameraUrl.of(url),
        Transport.TCP,
        fps,
        width,
        null,
        region,
        stallTimeout,
        Duration.ofSeconds(5),
        false,
        true);
  }

  @Example
  void putsNoPasswordIntoTheArguments() {
    FfmpegCall call = FfmpegCall.of(camera("rtsp://bob:geheim@h/a", 5.0, 640, null));

    assertThat(String.join(" ", call.arguments())).doesNotContain("geheim").doesNotContain("bob");
    assertThat(call.script()).contains("file 'rtsp://bob:geheim@h/a'\n");
  }

  /** A quote must not end the word and begin a directive. */
  @Property
  void keepsAnyUrlOneWordOfTheScript(@ForAll String path) {
    String word = path.replace("\n", "");

    String quoted = FfmpegCall.quoted(word);

    assertThat(quoted.substring(1, quoted.length() - 1).replace("'\\''", "")).doesNotContain("'");
    assertThat(quoted.substring(1, quoted.length() - 1).replace("'\\''", "'")).isEqualTo(word);
  }

  @Example
  void takesMjpegAsItComesUnlessAPictureMustBeMade() {
    assertThat(FfmpegCall.of(camera("http://h/a", 5.0, null, null)).arguments()).contains("copy");
    assertThat(FfmpegCall.of(camera("http://h/a", null, 640, null)).arguments())
        .doesNotContain("copy")
        .contains("mjpeg");
    assertThat(FfmpegCall.of(camera("rtsp://h/a", null, null, null)).arguments()).contains("mjpeg");
  }

  /** Before the first picture a camera may be silent for longer than after it. */
  @Example
  void waitsForAsLongAsTheLongerOfTheTimeouts() {
    for (String url : List.of("rtsp://h/a", "http://h/a")) {
      assertThat(FfmpegCall.of(camera(url, null, 640, null, Duration.ofSeconds(1))).script())
          .contains("timeout '10000000'");
      assertThat(FfmpegCall.of(camera(url, null, 640, null, Duration.ofSeconds(8))).script())
          .contains("timeout '16000000'");
    }
  }

  @Example
  void cutsTheRegionOutBeforeItScales() {
    assertThat(FfmpegCall.of(camera("rtsp://h/a", null, 320, new Region(1, 2, 30, 40))).arguments())
        .anySatisfy(it -> assertThat(it).contains("crop=30:40:1:2,scale=w=320:h=-2:"));
  }
}
