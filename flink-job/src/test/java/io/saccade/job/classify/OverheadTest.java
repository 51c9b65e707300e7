package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.Tally;
import io.saccade.budget.share.Demand;
import io.saccade.job.control.Governor;
import io.saccade.job.control.Moment;
import io.saccade.job.control.Place;
import io.saccade.job.control.SystemClock;
import io.saccade.job.events.CameraView;
import io.saccade.job.events.CameraViews;
import io.saccade.wire.Frame;
import io.saccade.wire.JsonCodec;
import org.junit.jupiter.api.Test;

/** What is done beside looking, measured in CPU time so that a busy machine does not matter. */
class OverheadTest {
  private static final int FRAMES = 30_000;
  private static final int FRAMES_PER_TICK = 10;
  private static final int FRAMES_PER_SECOND = 90;
  private static final int SUBTASKS = 16;

  /** A hundredth of the budget of 0.8 cores. */
  private static final double MOST_CORES = 0.008;

  private static final SystemClock CLOCK = new SystemClock();

  @Test
  void controllerCamerasAndNewsTakeLessThanAHundredthOfTheBudget() {
    ScriptedNetwork network = new ScriptedNetwork(new FakeClock());
    Governor governor =
        new Governor(
            new Place("test", 0, SUBTASKS),
            Subtask.START.law(network),
            Subtask.START.budget(),
            CLOCK.epochNanos(),
            CLOCK.elapsedNanos());
    CameraViews cameras = Subtask.START.cameras(network.bundle());
    run(governor, cameras, FRAMES / 3);
    long before = CLOCK.threadCpuNanos();
    run(governor, cameras, FRAMES);
    long each = (CLOCK.threadCpuNanos() - before) / FRAMES;
    System.out.printf("beside looking: %.1f us of CPU time a frame%n", each / 1e3);
    assertThat(each / 1e9 * FRAMES_PER_SECOND).isLessThan(MOST_CORES);
  }

  /** As the operator does it: a tick, with its status record encoded, for every tenth frame. */
  private static void run(Governor governor, CameraViews cameras, int frames) {
    Tally tally = new Tally();
    byte[] image = picture(1, 80);
    float[] probabilities = {0.1f, 0.8f, 0.1f};
    for (int number = 0; number < frames; number++) {
      long now = CLOCK.epochNanos();
      Frame frame =
          new Frame("camera-" + number % 40, number, now / 1_000_000, null, image, 0, number);
      Moment taken = new Moment(now, frame.capturedMillis());
      tally.arrives(taken.nowNanos(), taken.capturedNanos());
      CameraView camera = cameras.of(frame, taken.nowMillis(), event -> {});
      var admitted = governor.cameras().admits(frame.camera());
      double position = governor.cameras().position(frame.camera());
      assertThat(admitted).isNotNull();
      assertThat(position).isNotNegative();
      tally.decoded(1_000_000);
      tally.glanced(2_000_000);
      var unused = camera.sees(ScriptedNetwork.CLASSES, probabilities, 1, taken.plausibleMillis());
      if (number % FRAMES_PER_TICK == 0) {
        long tick = CLOCK.epochNanos();
        tally.spent(3_000_000L * FRAMES_PER_TICK);
        byte[] status =
            JsonCodec.STATUS.encode(governor.decide(tally.take(tick), CLOCK.elapsedNanos()));
        assertThat(status).isNotEmpty();
        cameras.listen(tick / 1_000_000, event -> {});
      }
      if (number % FRAMES_PER_SECOND == 0) {
        tellAndHear(governor, now / 1_000_000);
      }
    }
  }

  /** The news of a second: one's own to be told, and that of all others. */
  private static void tellAndHear(Governor governor, long nowMillis) {
    long now = CLOCK.elapsedNanos();
    governor
        .news(now, () -> null)
        .ifPresent(news -> assertThat(JsonCodec.STATUS.encode(news)).isNotEmpty());
    for (int other = 0; other < SUBTASKS; other++) {
      governor.hear(
          new Demand(other, SUBTASKS, nowMillis, 90, 0.3, 0.3 + 0.03 * other, 0.95, 1, false), now);
    }
  }
}
