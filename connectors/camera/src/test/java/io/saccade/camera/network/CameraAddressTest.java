package io.saccade.camera.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.config.CameraUrl;
import org.junit.jupiter.api.Test;

class CameraAddressTest {
  private static CameraAddress of(String url) {
    return CameraAddress.of(CameraUrl.of(url));
  }

  @Test
  void isTheHostAndThePortOrTheSchemesOwn() {
    assertThat(of("rtsp://bob:geheim@yard/a:1")).isEqualTo(new CameraAddress("rtsp", "yard", 554));
    assertThat(of("RTSPS://yard:7000?a@b".replace("?a@b", "?a=b")))
        .isEqualTo(new CameraAddress("rtsps", "yard", 7000));
    assertThat(of("rtsps://yard").port()).isEqualTo(322);
    assertThat(of("https://[::1]/x")).isEqualTo(new CameraAddress("https", "[::1]", 443));
  }

  @Test
  void movesAUrlAndLeavesTheRestOfItAlone() {
    CameraUrl url = CameraUrl.of("rtsp://bob:ge%40heim@[::1]:554/a/b?c=d:1");

    assertThat(CameraAddress.elsewhere(url, "127.0.0.1:1234"))
        .isEqualTo("rtsp://bob:ge%40heim@127.0.0.1:1234/a/b?c=d:1");
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatThrownBy(() -> new CameraAddress("rtsp", "yard", 99_999))
        .hasMessage("port must be within [1, 65535], but was 99999");
  }
}
