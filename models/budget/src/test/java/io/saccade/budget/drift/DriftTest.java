package io.saccade.budget.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final float[] HALF = {0.5f, 0.5f};

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void auditsTheShareAskedForAndTheSameFramesAgain() {
    Audit audit = new Audit(0.01);
    int chosen = 0;
    for (int frame = 0; frame < 200_000; frame++) {
      long seed = random.nextLong();
      assertThat(audit.chooses(seed)).isEqualTo(audit.chooses(seed));
      chosen += audit.chooses(seed) ? 1 : 0;
    }
    assertThat(chosen / 200_000.0).isCloseTo(0.01, within(0.001));
    assertThat(new Audit(0).chooses(random.nextLong())).isFalse();
  }

  @Test
  void exitsAsTheNetworkDoes() {
    AuditedFrame frame = frame("yard", 0.4f, 0.5f, 0.9f, true, false);
    assertThat(frame.looksUnder(new float[] {0.4f, 0})).isEqualTo(1);
    assertThat(frame.looksUnder(new float[] {0.41f, 0.5f})).isEqualTo(2);
    assertThat(frame.looksUnder(new float[] {2, 2})).isEqualTo(3);
    assertThat(frame.agrees(1)).isTrue();
    assertThat(frame.agrees(2)).isFalse();
    assertThat(frame.agrees(3)).isTrue();
  }

  @Test
  void theIntervalOfAgreementHoldsTheTruthForIndependentFrames() {
    int held = 0;
    for (int round = 0; round < 300; round++) {
      AuditLog log = new AuditLog(3);
      for (int audit = 0; audit < 200; audit++) {
        String camera = "camera-" + random.nextInt(20);
        log.add(frame(camera, 0.6f, 0.7f, 0.8f, random.nextDouble() < 0.8, true), audit * 1_000L);
      }
      held += log.agreement(HALF).contains(0.8) ? 1 : 0;
    }
    assertThat(held / 300.0).isBetween(0.92, 0.99);
  }

  @Test
  void framesThatAreAlikeMakeItLessSure() {
    AuditLog alike = new AuditLog(3);
    AuditLog apart = new AuditLog(3);
    for (int audit = 0; audit < 200; audit++) {
      int camera = audit % 10;
      alike.add(frame("camera-" + camera, 0.6f, 0.7f, 0.8f, camera < 8, true), 0);
      apart.add(frame("camera-" + audit / 20, 0.6f, 0.7f, 0.8f, camera < 8, true), 0);
    }
    assertThat(width(alike.agreement(HALF))).isGreaterThan(3 * width(apart.agreement(HALF)));
    assertThat(alike.agreement(HALF).share()).isEqualTo(0.8);
  }

  @Test
  void judgesByTheNewestAudits() {
    AuditLog log = new AuditLog(3);
    for (int audit = 0; audit < 2 * AuditLog.DEPTH; audit++) {
      boolean agrees = audit >= AuditLog.DEPTH;
      log.add(frame("yard", 0.6f, 0.7f, 0.8f, agrees, true), audit * 1_000L);
    }
    assertThat(log.size()).isEqualTo(AuditLog.DEPTH);
    assertThat(log.agreement(HALF).share()).isEqualTo(1);
  }

  @Test
  void goesOnFromItsState() {
    AuditLog log = new AuditLog(3);
    for (int audit = 0; audit < 37; audit++) {
      log.add(frame("yard", 0.6f, 0.7f, 0.8f, audit % 3 > 0, true), audit * 1_000L);
    }
    AuditLog restored = AuditLog.restore(3, List.of(log.state()));
    assertThat(restored.agreement(HALF)).isEqualTo(log.agreement(HALF));
    assertThatThrownBy(() -> AuditLog.restore(4, List.of(log.state())))
        .hasMessageContaining("4 looks")
        .hasMessageContaining("but had [8001.0, 3.0, 37.0, 37.0]");
  }

  @Test
  void oneSubtaskGoesOnFromTheNewestOfTwo() {
    AuditLog full = new AuditLog(3);
    for (int audit = 0; audit < AuditLog.DEPTH + 150; audit++) {
      // Of its newest half, those before have the other answer.
      boolean agrees = audit >= 150 + AuditLog.DEPTH / 2;
      full.add(frame("yard", 0.6f, 0.7f, 0.8f, agrees, true), audit * 1_000L);
    }
    AuditLog few = new AuditLog(3);
    for (int audit = 0; audit < 50; audit++) {
      few.add(frame("gate", 0.6f, 0.7f, 0.8f, false, true), audit * 1_000L);
    }

    AuditLog both = AuditLog.restore(3, List.of(full.state(), few.state()));

    assertThat(both.size()).isEqualTo(AuditLog.DEPTH / 2 + 50);
    assertThat(both.agreement(HALF).share()).isEqualTo(200 / 250.0);
    both.add(frame("gate", 0.6f, 0.7f, 0.8f, false, true), 60_000);
    assertThat(both.agreement(HALF).share()).isEqualTo(200 / 251.0);
    assertThat(AuditLog.restore(3, List.of()).size()).isZero();
  }

  @Test
  void oneSubtaskGoesOnFromTheAnswersOfTwo() {
    AccuracyEstimate one = new AccuracyEstimate(14);
    AccuracyEstimate other = new AccuracyEstimate(14);
    AccuracyEstimate all = new AccuracyEstimate(14);
    for (int frame = 0; frame < 300; frame++) {
      AccuracyEstimate its = frame % 3 == 0 ? one : other;
      its.answered("camera-" + frame % 10, frame % 3 == 0 ? 0.5f : 0.75f);
      all.answered("camera-" + frame % 10, frame % 3 == 0 ? 0.5f : 0.75f);
    }

    AccuracyEstimate both = AccuracyEstimate.restore(14, List.of(one.state(), other.state()));

    assertThat(both.accuracy()).isEqualTo(all.accuracy());
  }

  @Test
  void nothingIsKnownWithoutAudits() {
    assertThat(new AuditLog(3).agreement(HALF)).isEqualTo(Interval.UNKNOWN);
    assertThat(new AccuracyEstimate(14).accuracy()).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void accuracyIsTheMeanConfidenceAndNoSurerThanTheScenesAllow() {
    AccuracyEstimate estimate = new AccuracyEstimate(14);
    for (int frame = 0; frame < 10_000; frame++) {
      estimate.answered("camera-" + frame % 10, frame % 2 == 0 ? 0.6f : 0.8f);
    }
    Interval accuracy = estimate.accuracy();
    assertThat(accuracy.share()).isCloseTo(0.7, within(1e-6));
    // 14 scenes of calibration and at most 10 now.
    assertThat(width(accuracy)).isGreaterThan(0.5);
    AccuracyEstimate restored = AccuracyEstimate.restore(14, List.of(estimate.state()));
    assertThat(restored.accuracy()).isEqualTo(accuracy);
  }

  @Test
  void oldAnswersFade() {
    AccuracyEstimate estimate = new AccuracyEstimate(14);
    for (int second = 0; second < 1_200; second++) {
      estimate.answered("yard", second < 600 ? 0.2f : 0.9f);
      estimate.passes(1);
    }
    assertThat(estimate.accuracy().share()).isCloseTo(0.9, within(0.01));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Audit(0.5))
        .hasMessage("share of audits must be within [0, 0.2], but was 0.5");
    assertThatThrownBy(() -> new AuditedFrame("yard", new float[] {0.5f}, new int[0]))
        .hasMessage("there must be a class for each of at least 1 look, but were 0 for 1 looks");
    assertThatThrownBy(() -> new Interval(0.5, 0.4, 1))
        .hasMessage("low, share and high must ascend within [0, 1], but were 0.5, 0.4, 1.0");
  }

  private static AuditedFrame frame(
      String camera, float first, float second, float third, boolean agrees1, boolean agrees2) {
    return new AuditedFrame(
        camera,
        new float[] {first, second, third},
        new int[] {agrees1 ? 7 : 3, agrees2 ? 7 : 4, 7});
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
