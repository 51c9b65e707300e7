package io.saccade.console.scene;

import static io.saccade.console.scene.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.console.control.JobName;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private final Chronicle chronicle = new Chronicle();

  private List<String> told() {
    return chronicle.marksAfter(0).stream()
        .map(it -> it.kind() + (it.camera().isEmpty() ? "" : " " + it.camera()) + ": " + it.text())
        .toList();
  }

  private void hear(Label label) {
    chronicle.hear(Note.of(label), NOW);
  }

  @Test
  void tellsOfEachModelOnceWhenItIsSwapped() {
    hear(Records.seen("yard", 1, NOW));
    hear(Records.seen("yard", 2, NOW));
    hear(Records.label("yard", 3, NOW, Label.CLASSIFIED, "confident", 1, "other"));
    hear(Records.label("yard", 4, NOW, Label.CLASSIFIED, "confident", 1, "other"));

    assertThat(told())
        .containsExactly(
            "model: model runway abcdef012345", "model: another model: other abcdef012345");
  }

  @Test
  void tellsOnceOfModelsThatLookBesideEachOther() {
    for (int i = 0; i < 100; i++) {
      hearOf("runway", NOW + 200L * i);
      hearOf("other", NOW + 200L * i + 100);
    }

    assertThat(told())
        .containsExactly(
            "model: model runway abcdef012345", "model: another model: other abcdef012345");
  }

  @Test
  void tellsOfAModelThatComesBack() {
    hearOf("runway", NOW);
    for (long at = NOW + 100; at <= NOW + 100 + Models.OF_LATE_MILLIS; at += 100) {
      hearOf("other", at);
    }
    hearOf("runway", NOW + 200 + Models.OF_LATE_MILLIS);

    assertThat(told())
        .containsExactly(
            "model: model runway abcdef012345",
            "model: another model: other abcdef012345",
            "model: another model: runway abcdef012345");
  }

  @Test
  void theSameModelAfterSilenceIsNoNews() {
    hearOf("runway", NOW);
    hearOf("runway", NOW + 3_600_000);

    assertThat(told()).containsExactly("model: model runway abcdef012345");
  }

  private void hearOf(String model, long atMillis) {
    Label label = Records.label("yard", 1, atMillis, Label.CLASSIFIED, "confident", 1, model);
    chronicle.hear(Note.of(label), atMillis);
  }

  @Test
  void tellsWhichSubtasksRefusedAModel() {
    for (int subtask : List.of(1, 2)) {
      Status.From from = new Status.From(subtask, 3, NOW, 7);
      chronicle.hear(Status.answer(from, Status.MODEL_REFUSED, "no disk"), NOW);
    }

    assertThat(told())
        .containsExactly(
            "refused: subtask 1 refused a model: no disk",
            "refused: subtask 2 refused a model: no disk");
  }

  @Test
  void tellsOfTheJobsComingGapsAndGoing() {
    chronicle.hear(Records.decision(NOW, 1), NOW);
    chronicle.hear(Records.decision(NOW + 100, 1), NOW + 100);
    chronicle.hear(Records.decision(NOW + 3_000, 1), NOW + 3_000);
    chronicle.tick(NOW + 7_999);
    assertThat(told())
        .containsExactly("job: the job decides", "job: subtask 0 was gone for a while");

    chronicle.tick(NOW + 8_001);

    assertThat(told()).last().isEqualTo("job: the job has stopped deciding");
    assertThat(chronicle.decisions()).isEmpty();
  }

  private void decides(String job, int subtask, int parallelism, long atMillis) {
    Status.From from = new Status.From(subtask, parallelism, atMillis, 1, job);
    chronicle.hear(Records.decision(from), atMillis);
  }

  @Test
  void keepsJobsThatShareTheTopicsApart() {
    chronicle.tick(NOW);
    for (long at = NOW; at < NOW + 1_000; at += 100) {
      decides("day", 0, 1, at);
      decides("night", 0, 2, at);
      decides("night", 1, 2, at);
    }
    chronicle.tick(NOW + 1_000);

    assertThat(told()).containsExactly("job: the job decides", "job: job night decides");
    assertThat(chronicle.jobs()).extracting(JobName::name).containsExactly("day", "night");
    assertThat(chronicle.decisions()).singleElement().extracting(Status::job).isEqualTo("day");
    Second second = chronicle.secondsAfter(0).get(0);
    assertThat(second.offered()).isEqualTo(100);
    assertThat(second.budgetCores()).isEqualTo(0.5);
    assertThat(second.usedCores()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void saysWhichJobWasRescaledAndWhichHasStopped() {
    decides("day", 0, 1, NOW);
    decides("night", 0, 2, NOW);
    decides("night", 1, 2, NOW);
    decides("night", 0, 1, NOW + 100);
    assertThat(told()).last().isEqualTo("job: job night runs with parallelism 1");

    decides("night", 0, 1, NOW + 5_000);
    chronicle.tick(NOW + 5_050);

    assertThat(told())
        .endsWith(
            "job: subtask 0 of job night was gone for a while",
            "job: job day has stopped deciding");
    assertThat(chronicle.decisions()).singleElement().extracting(Status::job).isEqualTo("night");
  }

  @Test
  void whatWasDecidedBeforeItBeganIsNoNews() {
    chronicle.hear(Records.decision(NOW - 6_000, 1), NOW);

    assertThat(told()).isEmpty();
    assertThat(chronicle.decisions()).isEmpty();
  }

  @Test
  void tellsOfSettingsInForceAndRefused() {
    chronicle.hear(Records.answer(NOW, Status.CONTROL_ACCEPTED, 7, null), NOW);
    chronicle.hear(Records.answer(NOW, Status.CONTROL_REFUSED, 7, "too much"), NOW);

    assertThat(told())
        .containsExactly(
            "control: settings of epoch 7 are in force",
            "refused: the job refused settings: too much");
  }

  @Test
  void tellsOfCamerasLostAndBack() {
    chronicle.hear(new Event(1, "yard", Event.SILENT, "nut", null, NOW, NOW, 0, 0), NOW);
    chronicle.hear(new Event(1, "yard", Event.BACK, null, "nut", NOW, NOW, 1, 0.9), NOW);
    for (String state : List.of(CameraStatus.LIVE, "retrying", "retrying", CameraStatus.LIVE)) {
      chronicle.hear(Records.camera("gate", state, null, NOW), NOW);
    }

    assertThat(told())
        .containsExactly(
            "camera yard: has fallen silent",
            "camera yard: is back, shows nut",
            "camera gate: is unavailable: retrying",
            "camera gate: is back: live");
  }

  @Test
  void whatACamerasProcessSaidLongAgoIsNoNews() {
    chronicle.hear(Records.camera("gate", "stopped", null, NOW - 3_600_000), NOW);

    assertThat(told()).isEmpty();
  }

  @Test
  void nothingHasHappenedAtATimeThatIsNone() {
    for (long at : List.of(NOW - 60_000, NOW * 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE)) {
      chronicle.hear(new Event(1, "yard", Event.SILENT, "nut", null, at, at, 0, 0), NOW);
      chronicle.hear(Records.camera("gate", "state " + at, null, at), NOW);
    }

    assertThat(chronicle.marksAfter(0))
        .extracting(it -> it.camera() + " " + it.atMillis())
        .containsExactly(
            "yard " + (NOW - 60_000),
            "yard " + NOW,
            "gate " + NOW,
            "yard " + NOW,
            "gate " + NOW,
            "yard 0");
  }

  @Test
  void tellsOfFramesThatCannotBeReadOnceInTenSeconds() {
    for (int offset = 1; offset <= 5; offset++) {
      hear(Records.label("yard", offset, NOW, Label.UNREADABLE, "not-an-image", 0, "runway"));
    }

    assertThat(told())
        .filteredOn(it -> it.startsWith("refused"))
        .containsExactly("refused yard: a frame could not be read: not-an-image");
  }

  @Test
  void countsTheLooksThatFullQualityWouldAdd() {
    chronicle.tick(NOW);
    hear(Records.seen("yard", 1, NOW)); // 2 looks of 3.
    hear(Records.shed("yard", 2, NOW)); // 0 of 3.
    chronicle.tick(NOW + 1_000);

    Chronicle.Lately lately = chronicle.lately(3).orElseThrow();
    assertThat(lately.qualityDeficit()).isCloseTo(4.0 / 6, within(1e-9));
    assertThat(lately.kept()).isEqualTo(0.5);
    Second second = chronicle.secondsAfter(0).get(0);
    assertThat(second.served()).isEqualTo(1);
    assertThat(second.shed()).isEqualTo(1);
    assertThat(second.meanLooks()).isEqualTo(2);
    assertThat(second.ageP99()).isEqualTo(40);
  }

  @Test
  void knowsNoDeficitWithoutFrames() {
    chronicle.tick(NOW);
    chronicle.tick(NOW + 1_000);

    assertThat(chronicle.lately(3)).isEmpty();
  }

  @Test
  void forgetsWhatIsOlderThanAQuarterOfAnHour() {
    for (int second = 0; second <= Chronicle.SECONDS + 10; second++) {
      chronicle.tick(NOW + 1_000L * second);
    }

    assertThat(chronicle.secondsAfter(0)).hasSize(Chronicle.SECONDS);
  }
}
