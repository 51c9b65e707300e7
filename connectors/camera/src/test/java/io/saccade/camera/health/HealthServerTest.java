package io.saccade.camera.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.CameraCounts;
import io.saccade.camera.CameraRoll;
import io.saccade.camera.CameraState;
import io.saccade.camera.Clock;
import io.saccade.camera.ClockCorrection;
import io.saccade.camera.Drop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private final HandClock clock = new HandClock();
  private final CameraRoll roll = new CameraRoll(clock);
  private Optional<String> trouble = Optional.empty();
  private HealthServer server = serve();

  /** Time that passes when it is told to. */
  private static final class HandClock implements Clock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long epochMillis() {
      return 1_000_000 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void sleepUntil(long until) {
      nanos = until;
    }
  }

  private HealthServer serve() {
    try {
      return HealthServer.start("127.0.0.1", 0, roll, () -> trouble, clock);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void startAgain() {
    server.close();
    server = serve();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void isReadyOnceKafkaAnswersAndEveryCameraWasTried() throws Exception {
    trouble = Optional.of("no broker has answered yet");
    CameraCounts yard = roll.enroll("yard");
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body())
        .contains("kafka: no broker has answered yet")
        .contains("yard: not tried yet");

    trouble = Optional.empty();
    yard.state(CameraState.RETRYING, "refused");
    assertThat(get("/readyz").statusCode()).as("tried, though without success").isEqualTo(200);
  }

  @Test
  void isAliveUntilNobodyWorksAtACamera() throws Exception {
    roll.enroll("yard").state(CameraState.RETRYING, "connection refused");
    roll.enroll("off").state(CameraState.DISABLED, null);
    assertThat(get("/healthz").body()).isEqualTo("ok\n");

    clock.sleepUntil(Health.SILENT_NANOS + 1);

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).contains("yard: nothing has worked").doesNotContain("off");
  }

  @Test
  void isAliveWhileKafkaIsAwaitedHoweverLongThatTakes() throws Exception {
    roll.enroll("yard");
    clock.sleepUntil(10 * Health.SILENT_NANOS);

    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void showsEveryCountOfEveryCameraFromTheStart() throws Exception {
    CameraCounts odd = roll.enroll("a \"b\"\\\nc");
    odd.captured(1000);
    odd.captured(24);
    odd.acknowledged();
    odd.dropped(Drop.NOT_TAKEN);
    odd.damaged(3);
    odd.loss();
    odd.clockCorrection(ClockCorrection.WRAP);
    odd.newestFrame(998_500);
    odd.state(CameraState.LIVE, null);
    String label = "{camera=\"a \\\"b\\\"\\\\\\nc\"";

    assertThat(get("/metrics").body().lines())
        .contains(
            "saccade_camera_frames_total" + label + "} 2.0",
            "saccade_camera_bytes_total" + label + "} 1024.0",
            "saccade_camera_acknowledged_total" + label + "} 1.0",
            "saccade_camera_dropped_total" + label + ",reason=\"not-taken\"} 1.0",
            "saccade_camera_dropped_total" + label + ",reason=\"late\"} 0.0",
            "saccade_camera_reconnects_total" + label + "} 0.0",
            "saccade_camera_losses_total" + label + "} 1.0",
            "saccade_camera_damaged_total" + label + "} 3.0",
            "saccade_camera_stalls_total" + label + "} 0.0",
            "saccade_camera_clock_corrections_total" + label + ",kind=\"wrap\"} 1.0",
            "saccade_camera_newest_frame_age_seconds" + label + "} 1.5",
            "saccade_camera_up" + label + "} 1.0");
  }

  @Test
  void onlyCamerasThatAreWantedAreUpOrDown() throws Exception {
    for (CameraState state : CameraState.values()) {
      roll.enroll(state.word()).state(state, null);
    }

    assertThat(get("/metrics").body().lines().filter(line -> line.startsWith("saccade_camera_up{")))
        .containsExactlyInAnyOrder(
            "saccade_camera_up{camera=\"starting\"} 0.0",
            "saccade_camera_up{camera=\"live\"} 1.0",
            "saccade_camera_up{camera=\"stalled\"} 0.0",
            "saccade_camera_up{camera=\"retrying\"} 0.0",
            "saccade_camera_up{camera=\"refused\"} 0.0");
  }

  @Test
  void saysWhatItAnswers() throws Exception {
    assertThat(get("/x").statusCode()).isEqualTo(404);
    assertThat(get("/x").body()).contains("expected /healthz, /readyz or /metrics");
  }
}
