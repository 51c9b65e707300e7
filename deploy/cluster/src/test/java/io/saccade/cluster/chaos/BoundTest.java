package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BoundTest {
  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static JsonNode fault(String kind, String fresh, double silence) throws Exception {
    return json(
        String.format(
            Locale.ROOT,
            "{'faults': [{'kind': '%s', 'secondsToFirstFreshLabel': %s, 'longestSilenceSeconds': %s}]}"
                .replace('\'', '"'),
            kind,
            fresh,
            silence));
  }

  private static JsonNode held(int samples, String figure, String quarters) throws Exception {
    return json("{\"held\": {\"samples\": %d, \"%s\": [%s]}}".formatted(samples, figure, quarters));
  }

  @Test
  void aReportThatTellsNothingMissesNothing() throws Exception {
    assertThat(Arrays.stream(Bound.values()).filter(it -> it.missed(missing()))).isEmpty();
    assertThat(Bound.CALM_LATENCY.found(missing())).isNaN();
  }

  private static JsonNode missing() {
    return new ObjectMapper().createObjectNode();
  }

  @Test
  void whoIsBackLateOrNeverIsNotBackInTime() throws Exception {
    assertThat(Bound.TASK_MANAGER_BACK.missed(fault("kill-taskmanager", "10.0", 9))).isFalse();
    assertThat(Bound.TASK_MANAGER_BACK.missed(fault("kill-taskmanager", "60.0", 9))).isTrue();
    assertThat(Bound.TASK_MANAGER_BACK.missed(fault("kill-taskmanager", "null", 9))).isTrue();
    assertThat(Bound.TASK_MANAGER_BACK.missed(fault("kill-broker", "60.0", 60))).isFalse();
    assertThat(Bound.JOB_MANAGER_BACK.missed(fault("kill-jobmanager", "14.0", 14))).isFalse();
    // At least once: it goes on at first and is silent later.
    assertThat(Bound.JOB_MANAGER_BACK.missed(fault("kill-jobmanager", "0.1", 16))).isTrue();
  }

  @Test
  void waitsAndCheckpointsInCalmAreBounded() throws Exception {
    assertThat(Bound.CALM_LATENCY.missed(json("{\"calmLatencyMillis\": {\"p99\": 700}}")))
        .isFalse();
    assertThat(Bound.CALM_LATENCY.missed(json("{\"calmLatencyMillis\": {\"p99\": 701}}"))).isTrue();
    assertThat(
            Bound.CALM_CHECKPOINT.missed(
                json("{\"checkpoints\": {\"calmDurationMillisP99\": 501}}")))
        .isTrue();
    assertThat(
            Bound.FAILED_IN_A_ROW.missed(json("{\"checkpoints\": {\"noticedFailedInARow\": 3}}")))
        .isTrue();
  }

  @Test
  void memoryThatGrowsByMoreThanASeventhIsNotFlat() throws Exception {
    String memory = "taskManagerMegabytes";
    assertThat(Bound.TASK_MANAGER_MEMORY.missed(held(60, memory, "400, 500, 500, 460"))).isFalse();
    assertThat(Bound.TASK_MANAGER_MEMORY.missed(held(60, memory, "400, 400, 400, 461"))).isTrue();
    assertThat(Bound.TASK_MANAGER_MEMORY.missed(held(60, memory, "400, 400, 400, 300"))).isFalse();
    // Java is still starting, or nobody told.
    assertThat(Bound.TASK_MANAGER_MEMORY.missed(held(39, memory, "400, 400, 400, 461"))).isFalse();
    assertThat(Bound.TASK_MANAGER_MEMORY.missed(held(60, memory, "null, 400, 400, 900"))).isFalse();
  }

  @Test
  void handlesAreToStayAsMany() throws Exception {
    assertThat(Bound.NATIVE_HANDLES.missed(held(8, "nativeHandles", "36, 36.2, null, 35.8")))
        .isFalse();
    assertThat(Bound.NATIVE_HANDLES.missed(held(8, "nativeHandles", "36, 36, 36, 37"))).isTrue();
    assertThat(Bound.NATIVE_HANDLES.missed(held(8, "nativeHandles", "36, 30, 36, 36"))).isTrue();
  }

  @Test
  void everyFrameIsToHaveItsLabel() throws Exception {
    JsonNode lost = json("{\"lost\": 1, \"frames\": 9, \"labels\": 8}");
    assertThat(Bound.LOST.missed(lost)).isTrue();
    assertThat(Bound.LABELS.missed(lost)).isTrue();
    assertThat(Bound.DOUBLED.missed(json("{\"guarantee\": \"exactly-once\", \"duplicates\": 1}")))
        .isTrue();
    assertThat(Bound.DOUBLED.missed(json("{\"guarantee\": \"at-least-once\", \"duplicates\": 1}")))
        .isFalse();
  }
}
