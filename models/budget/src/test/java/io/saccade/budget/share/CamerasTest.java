package io.saccade.budget.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.saccade.budget.OperatingPoint;
import io.saccade.budget.share.Cameras.Admission;
import io.saccade.budget.share.Cameras.Tick;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CamerasTest {
  /** One focus look for a frame in the middle, two at the end. */
  private static final double[][] REACH = {{1, 0, 0}, {1, 0.6, 0.4}, {1, 1, 1}};

  private static final OperatingPoint MIDDLE = new OperatingPoint(1, 1, 100, 100, 5e6, 1);

  private final Cameras cameras = new Cameras(REACH, MIDDLE);

  @Test
  void treatsAllAlikeWhileAllBehave() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 1);
      tick();
    }
    assertThat(cameras.position("yard")).isEqualTo(1);
    assertThat(cameras.position("gate")).isEqualTo(1);
  }

  @Test
  void aCameraOfTwiceTheWeightIsLookedAtTwiceAsClosely() {
    cameras.terms(Map.of("yard", new CameraTerms(2, 1)));
    for (int tick = 0; tick < 200; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 0);
      tick();
    }
    // The mean of one look as 4/3 and 2/3.
    assertThat(cameras.position("yard")).isCloseTo(4.0 / 3, within(0.01));
    assertThat(cameras.position("gate")).isCloseTo(2.0 / 3, within(0.01));
    assertThat(cameras.weight()).isCloseTo(1.5, within(0.01));
  }

  @Test
  void aCameraThatTakesEveryLookRunsOutOfThem() {
    int taken = 0;
    int frames = 0;
    for (int tick = 0; tick < 1_200; tick++) {
      int looks = sends("yard", 1, 2);
      sends("gate", 1, 1);
      if (tick >= 600) {
        frames++;
        taken += looks;
      }
      tick();
    }
    // One look per frame is afforded, and 3 % more as it sends half of all frames.
    assertThat(taken / (double) frames).isBetween(0.95, 1.04);
    assertThat(cameras.position("yard")).isLessThan(0.5);
    assertThat(cameras.position("gate")).isEqualTo(1);
  }

  @Test
  void nobodyRunsOutWhileThereIsBudgetToSpare() {
    for (int tick = 0; tick < 1_200; tick++) {
      assertThat(sends("yard", 1, 2)).isEqualTo(2);
      sends("gate", 1, 0);
      cameras.tick(new Tick(MIDDLE, 0.9, demand(), 0.9, 0.1));
    }
  }

  @Test
  void aFloodIsLeftOutAndTheOthersAreNot() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 1);
      tick();
    }
    int looked = 0;
    for (int tick = 0; tick < 600; tick++) {
      for (int frame = 0; frame < 10; frame++) {
        looked += cameras.admits("yard") == Admission.LOOKED_AT ? 1 : 0;
      }
      assertThat(cameras.admits("gate")).isEqualTo(Admission.LOOKED_AT);
      tick();
    }
    assertThat(looked).isBetween(600, 900);
  }

  @Test
  void aCameraThatGrowsWithAllOthersIsNoFlood() {
    for (int tick = 0; tick < 1_200; tick++) {
      int frames = tick < 600 ? 1 : 5;
      for (int frame = 0; frame < frames; frame++) {
        assertThat(cameras.admits("yard")).isEqualTo(Admission.LOOKED_AT);
        assertThat(cameras.admits("gate")).isEqualTo(Admission.LOOKED_AT);
      }
      tick();
    }
  }

  @Test
  void aCameraThatGoesDarkDragsNobodyDown() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 1);
      tick();
    }
    assertThat(lookedAt(300, "yard")).isGreaterThan(285);
  }

  @Test
  void aCameraThatSlowsDragsNobodyDown() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 1);
      tick();
    }
    int looked = 0;
    for (int tick = 0; tick < 300; tick++) {
      looked += cameras.admits("yard") == Admission.LOOKED_AT ? 1 : 0;
      sends("gate", tick % 5 == 0 ? 1 : 0, 1);
      tick();
    }
    assertThat(looked).isGreaterThan(285);
  }

  @Test
  void camerasThatMovedToAnotherSubtaskDoNotCount() {
    for (int tick = 0; tick < 600; tick++) {
      for (int camera = 0; camera < 8; camera++) {
        sends("camera-" + camera, 1, 1);
      }
      tick();
    }
    Cameras restored = new Cameras(REACH, MIDDLE);
    restored.terms(Map.of("camera-7", new CameraTerms(100, 1)));
    for (String camera : cameras.known()) {
      restored.restore(camera, cameras.state(camera));
    }
    for (int tick = 0; tick < 300; tick++) {
      assertThat(restored.admits("camera-0")).isEqualTo(Admission.LOOKED_AT);
      assertThat(restored.admits("camera-1")).isEqualTo(Admission.LOOKED_AT);
      restored.tick(new Tick(MIDDLE, 0.4, demand(), 0.8, 0.1));
      assertThat(restored.weight()).isEqualTo(1);
    }
  }

  @Test
  void aCameraThatGrowsIsLetInWithinAQuarterOfAnHour() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 2, 1);
      sends("gate", 2, 1);
      tick();
    }
    for (int tick = 0; tick < 8_700; tick++) {
      sends("yard", 5, 1);
      sends("gate", 2, 1);
      tick();
    }
    int looked = 0;
    for (int tick = 0; tick < 300; tick++) {
      for (int frame = 0; frame < 5; frame++) {
        looked += cameras.admits("yard") == Admission.LOOKED_AT ? 1 : 0;
      }
      sends("gate", 2, 1);
      tick();
    }
    assertThat(looked).isGreaterThan(1_425);
  }

  @Test
  void aNameForEveryFrameIsNoWayPastTheBuckets() {
    for (int tick = 0; tick < 600; tick++) {
      sends("yard", 1, 1);
      sends("gate", 1, 1);
      tick();
    }
    int looked = 0;
    for (int tick = 0; tick < 300; tick++) {
      for (int frame = 0; frame < 10; frame++) {
        looked += cameras.admits("name-" + tick + "-" + frame) == Admission.LOOKED_AT ? 1 : 0;
      }
      assertThat(cameras.admits("gate")).isEqualTo(Admission.LOOKED_AT);
      assertThat(cameras.admits("yard")).isEqualTo(Admission.LOOKED_AT);
      tick();
    }
    // Twenty at once, and as many as one camera more.
    assertThat(looked).isBetween(200, 330);
  }

  @Test
  void forgetsTheLongestSilentBeyondItsBound() {
    Cameras few = new Cameras(REACH, MIDDLE, 2);
    few.admits("yard");
    few.admits("gate");
    few.admits("yard");
    few.admits("door");
    assertThat(few.known()).containsExactly("door", "yard");
  }

  @Test
  void onlyAFrameMakesACameraKnown() {
    cameras.position("yard");
    cameras.allowsFocus("yard");
    cameras.spent("yard", 1);
    assertThat(cameras.state("yard")).isNotEmpty();
    assertThat(cameras.known()).isEmpty();
  }

  @Test
  void startsAnewFromAStateOfAnotherLayout() {
    double[] fresh = cameras.state("yard");
    cameras.restore("yard", new double[] {1});
    assertThat(cameras.state("yard")).isEqualTo(fresh);
  }

  @Test
  void aCapIsHeldByFewerLooksFirstAndThenByLeavingFramesOut() {
    // 20 frames a second; glances cost 0.06 cores, focus looks 0.05 each.
    assertThat(spentUnderCapOf(0.2)).isCloseTo(0.08, within(0.004));
    assertThat(spentUnderCapOf(0.1)).isCloseTo(0.04, within(0.004));
    assertThat(lookedAtUnderCapOf(0.2)).isGreaterThan(0.99);
    assertThat(lookedAtUnderCapOf(0.1)).isBetween(0.6, 0.75);
  }

  @Test
  void thinsLightCamerasMoreThanHeavyOnes() {
    cameras.terms(Map.of("yard", new CameraTerms(3, 1)));
    OperatingPoint thinning = new OperatingPoint(0, 0.5, 100, 100, 3e6, 1);
    int yard = 0;
    int gate = 0;
    for (int tick = 0; tick < 400; tick++) {
      int kept = cameras.admits("yard") == Admission.LOOKED_AT ? 1 : 0;
      int other = cameras.admits("gate") == Admission.LOOKED_AT ? 1 : 0;
      yard += tick < 200 ? 0 : kept;
      gate += tick < 200 ? 0 : other;
      cameras.tick(new Tick(thinning, 0.2, demand(), 0.4, 0.1));
    }
    assertThat(yard).isCloseTo(150, within(3));
    assertThat(gate).isCloseTo(50, within(3));
  }

  @Test
  void goesOnFromItsState() {
    for (int tick = 0; tick < 300; tick++) {
      sends("yard", 2, 2);
      sends("gate", 1, 0);
      tick();
    }
    Cameras restored = new Cameras(REACH, MIDDLE);
    for (String camera : cameras.known()) {
      restored.restore(camera, cameras.state(camera));
    }
    assertThat(restored.known()).containsExactly("gate", "yard");
    assertThat(restored.state("yard")).isEqualTo(cameras.state("yard"));
    for (int tick = 0; tick < 100; tick++) {
      for (String camera : cameras.known()) {
        assertThat(restored.admits(camera)).isEqualTo(cameras.admits(camera));
      }
      cameras.tick(new Tick(MIDDLE, 0.4, demand(), 0.8, 0.1));
      restored.tick(new Tick(MIDDLE, 0.4, demand(), 0.8, 0.1));
      assertThat(restored.position("yard")).isCloseTo(cameras.position("yard"), within(0.05));
    }
  }

  @Test
  void refusesTermsThatCannotBe() {
    assertThatThrownBy(() -> new CameraTerms(0, 1))
        .hasMessage("weight must be within [0.001, 1000], but was 0.0");
    assertThatThrownBy(() -> new CameraTerms(1e308, 1))
        .hasMessage("weight must be within [0.001, 1000], but was 1.0E308");
    assertThatThrownBy(() -> new CameraTerms(1, 1.5))
        .hasMessage("cap must be within (0, 1], but was 1.5");
  }

  /** Frames looked at of a camera that sends one a tick, alone. */
  private int lookedAt(int ticks, String camera) {
    int looked = 0;
    for (int tick = 0; tick < ticks; tick++) {
      looked += cameras.admits(camera) == Admission.LOOKED_AT ? 1 : 0;
      tick();
    }
    return looked;
  }

  @Test
  void anEmptyCapPaysForNoAudit() {
    cameras.terms(Map.of("yard", new CameraTerms(1, 0.1)));
    // A cap begins empty.
    for (int tick = 0; tick < 20; tick++) {
      sends("yard", 1, 0);
      sends("gate", 1, 0);
      tick();
    }
    assertThat(cameras.allowsAudit("yard")).isTrue();
    cameras.spent("yard", 10);
    cameras.spent("gate", 10);
    assertThat(cameras.allowsAudit("yard")).isFalse();
    assertThat(cameras.allowsAudit("gate")).isTrue();
  }

  private double spentUnderCapOf(double cap) {
    return underCapOf(cap)[0];
  }

  private double lookedAtUnderCapOf(double cap) {
    return underCapOf(cap)[1];
  }

  /** Cores spent on the camera, and share of its frames that were looked at. */
  private static double[] underCapOf(double cap) {
    Cameras cameras = new Cameras(REACH, MIDDLE);
    cameras.terms(Map.of("yard", new CameraTerms(1, cap)));
    double spent = 0;
    int looked = 0;
    for (int tick = 0; tick < 1_200; tick++) {
      for (int frame = 0; frame < 2; frame++) {
        if (cameras.admits("yard") == Admission.LOOKED_AT) {
          double cost = 0.003;
          for (int look = 0; look < 2 && cameras.allowsFocus("yard"); look++) {
            cameras.focused("yard");
            cost += 0.0025;
          }
          cameras.spent("yard", cost);
          spent += tick < 200 ? 0 : cost;
          looked += tick < 200 ? 0 : 1;
        }
      }
      // More than enough for everything: only the cap limits.
      cameras.tick(new Tick(MIDDLE, 0.9, demand(), 0.4, 0.1));
    }
    return new double[] {spent / 100, looked / 2_000.0};
  }

  /** Sends frames that want so many focus looks when looked at at the usual position. */
  private int sends(String camera, int frames, int wanted) {
    int taken = 0;
    for (int frame = 0; frame < frames; frame++) {
      if (cameras.admits(camera) != Admission.LOOKED_AT) {
        continue;
      }
      for (int look = 0; look < wanted && cameras.allowsFocus(camera); look++) {
        cameras.focused(camera);
        taken++;
      }
    }
    return taken;
  }

  /** A budget that affords one focus look for each frame. */
  private void tick() {
    cameras.tick(new Tick(MIDDLE, 0.4, demand(), 0.8, 0.1));
  }

  private static Demand demand() {
    return new Demand(0, 1, 0, 50, 0.2, 0.6, 0.95, 1, false);
  }
}
