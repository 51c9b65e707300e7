package io.saccade.camera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.config.CameraUrl.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class CameraUrlTest {

  /** Whatever the password, it reaches the camera whole and is never shown in any form. */
  @Property
  void showsNoPasswordAndKeepsItWhole(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 4, max = 20) String password) {
    CameraUrl url =
        new Secrets(Map.of("PW", password)).url("rtsp://bob:${env:PW}@10.0.0.5:554/live?channel=1");
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);

    assertThat(url.revealed()).isEqualTo("rtsp://bob:" + encoded + "@10.0.0.5:554/live?channel=1");
    assertThat(url).hasToString("rtsp://***@10.0.0.5:554/live?channel=1");
    String said = "%s and %s and %s failed".formatted(url.revealed(), password, encoded);
    assertThat(url.redactor().redact(said)).doesNotContain(password).doesNotContain(encoded);
  }

  @Example
  void hidesParametersNamedLikeSecretsOnly() {
    CameraUrl url = CameraUrl.of("http://h/cam.mjpg?user=a&Password=geheim&fps=5&authToken=xyz1");

    assertThat(url).hasToString("http://h/cam.mjpg?user=a&Password=***&fps=5&authToken=***");
    assertThat(url.redactor().redact("GET /cam.mjpg?Password=geheim xyz1"))
        .isEqualTo("GET /cam.mjpg?Password=*** ***");
  }

  @Example
  void takesUserInfoOutOfAnyUrlInAText() {
    assertThat(CameraUrl.of("rtsp://h/a").redactor().redact("to rtsp://x:y@other/ and http://z@q/"))
        .isEqualTo("to rtsp://***@other/ and http://***@q/");
  }

  @Example
  void encodesWhatCouldChangeTheMeaningOfTheQuery() {
    assertThat(new Secrets(Map.of("T", "a&b=c#d")).url("http://h/x?token=${env:T}").revealed())
        .isEqualTo("http://h/x?token=a%26b%3Dc%23d");
  }

  @Example
  void takesAWholeUrlFromOutside() {
    CameraUrl url = new Secrets(Map.of("CAM", "rtsp://bob:geheim@h/a")).url("${env:CAM}");

    assertThat(url.revealed()).isEqualTo("rtsp://bob:geheim@h/a");
    assertThat(url).hasToString("rtsp://***@h/a");
  }

  @Example
  void readsASecretFromAFileWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(Files.createTempFile("secret", ".txt"), "geheim\n");
    try {
      CameraUrl url = new Secrets(Map.of()).url("rtsp://bob:${file:" + file + "}@h/a");

      assertThat(url.revealed()).isEqualTo("rtsp://bob:geheim@h/a");
    } finally {
      Files.delete(file);
    }
  }

  @Example
  void tellsKindsApart() {
    assertThat(CameraUrl.of("rtsps://h/a").kind()).isEqualTo(Kind.RTSP);
    assertThat(CameraUrl.of("HTTPS://h/a").kind()).isEqualTo(Kind.HTTP);
    assertThat(CameraUrl.of("v4l2:/dev/video0").kind()).isEqualTo(Kind.DEVICE);
    assertThat(CameraUrl.of("v4l2:/dev/video0").revealed()).isEqualTo("/dev/video0");
    assertThat(CameraUrl.of("src").kind()).isEqualTo(Kind.FOLDER);
    assertThat(CameraUrl.of("file:///a/b:c.mp4").revealed()).isEqualTo("/a/b:c.mp4");
    assertThat(CameraUrl.of("/a/b.mp4").kind()).isEqualTo(Kind.FILE);
    assertThat(CameraUrl.of("rtsp://[fe80::1]:554/x")).hasToString("rtsp://[fe80::1]:554/x");
  }

  @Example
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> CameraUrl.of("ftp://h/a")).hasMessageEndingWith("but was ftp:");
    assertThatThrownBy(() -> CameraUrl.of(" ")).hasMessageEndingWith("but was empty");
    assertThatThrownBy(() -> CameraUrl.of("rtsp://h/a\nfile 'b'"))
        .hasMessageContaining("without control characters");
    assertThatThrownBy(() -> new Secrets(Map.of()).url("rtsp://${vault:x}@h/"))
        .hasMessageContaining("${env:NAME} or ${file:PATH}");
  }
}
