package io.saccade.evaluate.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.evaluate.sizing.ModelCosts.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Figures that were worked out by hand, on a model whose numbers are round. */
class SizerTest {
  private static final Resolution HD = new Resolution(1000, 1000);

  /** A frame takes 2 ms to decode, and 2, 4 or 8 ms of looks; the pipeline adds nothing. */
  private static final ModelCosts ROUND =
      new ModelCosts(
          "round 1",
          "a machine",
          100,
          true,
          25,
          List.of(
              new Point(0, 1, 2, 0.5, 0.4, 0.6),
              new Point(1, 2, 4, 0.795, 0.7, 0.9),
              new Point(2, 3, 8, 0.8, 0.7, 0.9)));

  private static final Sizer SIZER = new Sizer(ROUND, new Assumptions(0.1, 1, 2.0, 1_000, 3));

  /** 1,000 frames a second. */
  private static final Load LOAD = new Load(100, 10, HD);

  @Example
  void everyLookAtEveryFrame() {
    Sizing sizing = SIZER.at("full", LOAD);

    // 1,000 x (2 + 8) ms = 10 cores; / 0.95 = 10.5 subtasks.
    assertThat(sizing.chosen().cores()).isEqualTo(10);
    assertThat(sizing.chosen().frameMillis()).isEqualTo(10);
    assertThat(sizing.budgetCores()).isEqualTo(10);
    assertThat(sizing.subtasks()).isEqualTo(11);
    assertThat(sizing.jobs()).isEqualTo(1);
    assertThat(sizing.partitions()).isEqualTo(11);
    // 1,000 x 0.1 byte x 1,000,000 pixels = 100 MB/s, and two more copies.
    assertThat(sizing.pictureBytes()).isEqualTo(100_000);
    assertThat(sizing.framesMegabytesPerSecond()).isCloseTo(100, within(1e-9));
    assertThat(sizing.replicaMegabytesPerSecond()).isCloseTo(200, within(1e-9));
    assertThat(sizing.labelsMegabytesPerSecond()).isCloseTo(1, within(1e-9));
    // 11 x (10 x 4,000 + 400) bytes; 11 x 11 x 100 bytes.
    assertThat(sizing.statusMegabytesPerSecond()).isCloseTo(0.4444, within(1e-9));
    assertThat(sizing.newsMegabytesPerSecond()).isCloseTo(0.0121, within(1e-9));
    // 100 x (300 + 25 x 4) bytes.
    assertThat(sizing.stateMegabytes()).isCloseTo(0.04, within(1e-9));
    // Three TaskManagers of four subtasks: 700 + 3 x 150 MB each.
    assertThat(sizing.subtasksPerTaskManager()).isEqualTo(4);
    assertThat(sizing.memoryMegabytes()).isEqualTo(3 * 1_150);
  }

  @Example
  void glancesAreCheaperAndLeaveRoomInPartitions() {
    Sizing sizing = SIZER.at("glance", LOAD);

    assertThat(sizing.chosen().cores()).isEqualTo(4);
    assertThat(sizing.subtasks()).isEqualTo(5);
    assertThat(sizing.partitions()).as("enough for every look later").isEqualTo(11);
    assertThat(sizing.chosen().accuracy()).isEqualTo(0.5);
  }

  @Example
  void bestIsTheCheapestWithinAPointOfTheBestAnswers() {
    assertThat(SIZER.at("best", LOAD).chosen().position()).isEqualTo(1);
    assertThat(SIZER.at("best", LOAD).chosen().cores()).isEqualTo(6);
  }

  @Example
  void aPositionBetweenTwoPointsMixesThem() {
    Quality half = SIZER.at("1.5", LOAD).chosen();

    // Half of the frames take 4 ms of looks, half take 8.
    assertThat(half.cores()).isCloseTo(8, within(1e-9));
    assertThat(half.looks()).isCloseTo(2.5, within(1e-9));
    assertThat(half.accuracy()).isCloseTo(0.7975, within(1e-9));
  }

  @Example
  void coresThatAreGivenSayHowFarTheyGo() {
    // Between 6 (point 1) and 10 (point 2): halfway at 8.
    Quality affordable = SIZER.within(8, LOAD).chosen();
    assertThat(affordable.position()).isCloseTo(1.5, within(1e-9));
    assertThat(affordable.cores()).isCloseTo(8, within(1e-9));
    assertThat(affordable.kept()).isEqualTo(1);

    Quality plenty = SIZER.within(100, LOAD).chosen();
    assertThat(plenty.position()).isEqualTo(2);
    assertThat(plenty.cores()).isEqualTo(10);

    // Glances take 4: with 1 a quarter of the frames is looked at.
    Quality few = SIZER.within(1, LOAD).chosen();
    assertThat(few.position()).isZero();
    assertThat(few.kept()).isEqualTo(0.25);
    assertThat(few.cores()).isEqualTo(1);
  }

  @Example
  void moreThanAThousandSubtasksAreSeveralJobs() {
    // 200,000 frames a second: 2,000 cores, 2,106 subtasks, 3 jobs of 702.
    Sizing sizing = SIZER.at("full", new Load(20_000, 10, HD));

    assertThat(sizing.subtasks()).isEqualTo(2_106);
    assertThat(sizing.jobs()).isEqualTo(3);
    assertThat(sizing.newsMegabytesPerSecond()).isCloseTo(702 * 702 * 100 / 1e6, within(1e-9));
    // 20 GB/s at 10 MB/s a partition.
    assertThat(sizing.partitions()).isEqualTo(2_106);
  }

  @Example
  void aPartitionWithoutACameraWouldBeEmpty() {
    assertThat(SIZER.at("glance", new Load(2, 100, HD)).partitions()).isEqualTo(2);
  }

  @Example
  void thePipelinesShareIsAddedToEveryFrame() {
    Sizer slower = new Sizer(ROUND, new Assumptions(0.1, 0.8, 2.0, 1_000, 3));

    assertThat(slower.at("full", LOAD).chosen().cores()).isCloseTo(12.5, within(1e-9));
  }

  @Example
  void wrongQualitiesAreRefused() {
    for (String wrong : List.of("2.5", "-1", "NaN", "fine")) {
      assertThatThrownBy(() -> SIZER.at(wrong, LOAD))
          .hasMessage(
              "quality must be glance, best, full or a position within [0, 2], but was '%s'"
                  .formatted(wrong));
    }
  }

  @Property
  void whatIsAffordableCostsNoMoreThanIsGiven(
      @ForAll @DoubleRange(min = 0.01, max = 50) double cores,
      @ForAll @IntRange(min = 1, max = 1_000) int cameras) {
    Load load = new Load(cameras, 15, HD);
    Quality chosen = SIZER.within(cores, load).chosen();

    assertThat(chosen.cores()).isLessThanOrEqualTo(cores + 1e-9);
    assertThat(chosen.kept()).isBetween(0.0, 1.0);
    // And goes as far as it can.
    boolean everyLook = chosen.position() == 2;
    assertThat(everyLook || Math.abs(chosen.cores() - cores) < 1e-6).isTrue();
  }

  @Example
  void costsOfLooksAreThoseOfTheShippedModelsEvaluation() throws IOException {
    ModelCosts runway = ModelCosts.of(Path.of("../bundles/runway"));
    // Its pictures are 300 x 300, too small to be reduced: 0.49 ms were measured on an EPYC.
    assertThat(DecodeCost.millis(new Resolution(300, 300), runway.viewSide(), runway.reduces()))
        .isCloseTo(0.49, within(0.06));
    assertThat(runway.points()).hasSize(16);
    assertThat(runway.full().looksMillis()).isCloseTo(7.2, within(0.01));
  }

  @Example
  void aLargerPictureIsDecodedReducedWhereTheViewAllows() {
    // 720 / 2 = 360 holds a view of 288, 720 / 4 = 180 does not.
    assertThat(DecodeCost.millis(new Resolution(1280, 720), 288, true))
        .isCloseTo(3.2, within(0.01));
    assertThat(DecodeCost.millis(new Resolution(1280, 720), 96, true)).isCloseTo(2.8, within(0.01));
    assertThat(DecodeCost.millis(new Resolution(1280, 720), 90, true)).isCloseTo(2.5, within(0.01));
    assertThat(DecodeCost.millis(new Resolution(1280, 720), 288, false))
        .isCloseTo(4.2, within(0.01));
    assertThat(DecodeCost.millis(new Resolution(640, 480), 288, true)).isCloseTo(1.5, within(0.01));
  }

  @Example
  void resolutionsAreReadByNameAndBySize() {
    assertThat(Resolution.parse("1080p")).isEqualTo(new Resolution(1920, 1080));
    assertThat(Resolution.parse("800X600")).isEqualTo(new Resolution(800, 600));
    assertThatThrownBy(() -> Resolution.parse("large"))
        .hasMessageContaining("resolution must be such as 1280x720");
    assertThatThrownBy(() -> Resolution.parse("0x0")).hasMessageContaining("sides within");
  }
}
