package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.cluster.Rest;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CheckpointLogTest {
  private final CheckpointLog log =
      new CheckpointLog(new Rest(URI.create("http://127.0.0.1:1/")), "0");

  private static JsonNode told(String... checkpoints) throws Exception {
    return new ObjectMapper()
        .readTree("{\"history\": [%s]}".formatted(String.join(",", checkpoints)));
  }

  private static String checkpoint(int id, String status, long trigger, long duration) {
    return String.format(
        Locale.ROOT,
        "{\"id\": %d, \"status\": \"%s\", \"trigger_timestamp\": %d, \"end_to_end_duration\": %d, \"is_savepoint\": false}",
        id,
        status,
        trigger,
        duration);
  }

  @Test
  void remembersWhatFlinkNoLongerTells() throws Exception {
    log.note(told(checkpoint(1, "COMPLETED", 100, 30), checkpoint(2, "IN_PROGRESS", 600, 5)));
    log.note(told(checkpoint(2, "COMPLETED", 600, 50)));

    assertThat(log.completeSince(599)).isTrue();
    assertThat(log.completeSince(600)).isFalse();
    assertThat(log.figures().complete()).isEqualTo(2);
    assertThat(log.figures().durationMillisP50()).isEqualTo(30);
    assertThat(log.figures().durationMillisP99()).isEqualTo(50);
  }

  @Test
  void countsFailuresInARow() throws Exception {
    log.note(
        told(
            checkpoint(5, "FAILED", 5, 0),
            checkpoint(4, "FAILED", 4, 0),
            checkpoint(3, "COMPLETED", 3, 1),
            checkpoint(2, "FAILED", 2, 0)));

    assertThat(log.figures().failed()).isEqualTo(3);
    assertThat(log.figures().failedInARow()).isEqualTo(2);
  }

  @Test
  void failuresWithATaskManagerWhoseDeathNobodyHasNoticedCountAsNothing() throws Exception {
    log.calm(1_000);
    log.disturbed(5_000);
    log.killed(5_000);
    log.calm(9_000);
    log.note(
        told(
            checkpoint(1, "FAILED", 4_000, 20),
            checkpoint(2, "FAILED", 5_010, 20),
            checkpoint(3, "FAILED", 5_030, 20),
            checkpoint(4, "FAILED", 6_990, 20),
            checkpoint(5, "FAILED", 7_000, 20),
            checkpoint(6, "COMPLETED", 9_900, 20)));

    assertThat(log.figures().failedInARow()).isEqualTo(5);
    assertThat(log.figures().noticedFailedInARow()).as("before and after").isEqualTo(2);
  }

  @Test
  void failuresAfterAnyOtherFaultCount() throws Exception {
    log.calm(1_000);
    log.disturbed(5_000);
    log.note(
        told(
            checkpoint(1, "FAILED", 5_010, 20),
            checkpoint(2, "FAILED", 5_030, 20),
            checkpoint(3, "FAILED", 5_050, 20)));

    assertThat(log.figures().noticedFailedInARow()).isEqualTo(3);
  }

  @Test
  void tellsThoseApartDuringWhichNothingWasWrong() throws Exception {
    log.calm(1_000);
    log.disturbed(5_000);
    log.calm(9_000);
    log.note(
        told(
            checkpoint(1, "COMPLETED", 900, 300),
            checkpoint(2, "COMPLETED", 1_000, 40),
            checkpoint(3, "COMPLETED", 4_900, 4_500),
            checkpoint(4, "COMPLETED", 6_000, 2_000),
            checkpoint(5, "COMPLETED", 9_500, 60)));

    assertThat(log.figures().durationMillisP99()).isGreaterThan(4_000);
    assertThat(log.figures().calmDurationMillisP50()).isEqualTo(40);
    assertThat(log.figures().calmDurationMillisP99()).isEqualTo(60);
  }
}
