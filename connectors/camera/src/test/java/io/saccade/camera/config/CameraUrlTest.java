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
  void hidesPasswordsInThePath() {
    CameraUrl url =
        CameraUrl.of("rtsp://10.0.0.5:554/user=admin&password=hunter2&channel=1&stream=0.sdp");
    assertThat(url)
        .hasToString("rtsp://10.0.0.5:554/user=admin&password=***&channel=1&stream=0.sdp");
    assertThat(url.redactor().redact("hunter2?")).isEqualTo("***?");
    assertThat(CameraUrl.of("rtsp://h/user=admin_password=hunter2_channel=1.sdp"))
        .hasToString("rtsp://h/user=admin_password=***");
    for (String name : new String[] {"loginpas", "pw", "psw", "pas", "loginPas"}) {
      assertThat(CameraUrl.of("http://h/v.cgi?loginuse=a&" + name + "=hunter2&x=1"))
          .hasToString("http://h/v.cgi?loginuse=a&" + name + "=***&x=1");
    }
  }

  @Example
  void refusesAPasswordThatEndsTheHostTooEarly() {
    for (String rest : new String[] {"2024/abc", "2024?abc", "2024#abc"}) {
      assertThatThrownBy(() -> CameraUrl.of("rtsp://viewer:" + rest + "@10.0.0.5/s"))
          .hasMessageContaining("an @ after the host")
          .hasMessageNotContaining("2024");
    }
  }

  @Example
  void hidesThePathOfAWholeUrlFromOutside() {
    CameraUrl url = new Secrets(Map.of("CAM", "rtsps://nvr:7441/AbCdEf")).url("${env:CAM}");

    assertThat(url).hasToString("rtsps://nvr:7441/***");
  }

  @Example
  void hidesWhatWasFilledIntoAFileOrDevice() {
    Secrets secrets = new Secrets(Map.of("X", "geheim"));

    assertThat(secrets.url("/srv/${env:X}/a.mp4")).hasToString("/srv/***/a.mp4");
    assertThat(secrets.url("v4l2:/dev/${env:X}")).hasToString("v4l2:/dev/***");
  }

  @Example
  void takesNoUrlWithoutItsSchemeForAFile() {
    for (String user : new String[] {"viewer", "v", "the viewer"}) {
      for (String password : new String[] {"hunter2", "hun/ter2"}) {
        Secrets secrets = new Secrets(Map.of("CAM_USER", user, "CAM_PW", password));

        assertThatThrownBy(() -> secrets.url("${env:CAM_USER}:${env:CAM_PW}@10.0.0.5/stream1"))
            .hasMessageContaining("rtsp://")
            .hasMessageNotContaining("viewer")
            .hasMessageNotContaining("ter2");
      }
    }
    assertThat(CameraUrl.of("./a@b.mp4").kind()).isEqualTo(Kind.FILE);
  }

  @Example
  void leavesTextsReadableWhenAPasswordIsVeryShort() {
    CameraUrl url = CameraUrl.of("http://h/x?token=1&channel=12");

    assertThat(url).hasToString("http://h/x?token=***&channel=12");
    assertThat(url.redactor().redact("1 of 11 lost, token=1 sent"))
        .isEqualTo("1 of 11 lost, token=*** sent");
  }

  @Example
  void writesTheSchemeInSmallLetters() {
    assertThat(CameraUrl.of("RTSP://H/A").revealed()).isEqualTo("rtsp://H/A");
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
    assertThat(CameraUrl.of("rtsp://[fe80::1]/x")).hasToString("rtsp://[fe80::1]/x");
    assertThat(CameraUrl.of("http://h:65535/x")).hasToString("http://h:65535/x");
    assertThat(CameraUrl.of("rtsp://[fe80::1]:554/x")).hasToString("rtsp://[fe80::1]:554/x");
  }

  @Example
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> CameraUrl.of("ftp://h/a")).hasMessageEndingWith("but was ftp:");
    assertThatThrownBy(() -> CameraUrl.of(" ")).hasMessageEndingWith("but was empty");
    for (String port : new String[] {"0", "65536", "99999"}) {
      for (String host : new String[] {"h", "bob:geheim@10.0.0.5", "[fe80::1]"}) {
        assertThatThrownBy(() -> CameraUrl.of("rtsp://" + host + ":" + port + "/a"))
            .hasMessage("must have a port within [1, 65535], but has " + port);
      }
    }
    assertThatThrownBy(() -> CameraUrl.of("rtsp://h/a\nfile 'b'"))
        .hasMessageContaining("without control characters");
    assertThatThrownBy(() -> new Secrets(Map.of()).url("rtsp://${vault:x}@h/"))
        .hasMessageContaining("${env:NAME} or ${file:PATH}");
  }
}
