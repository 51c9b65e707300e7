package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.budget.ControllerKind;
import io.saccade.budget.LookWork;
import io.saccade.budget.Observation;
import io.saccade.budget.StageCosts;
import io.saccade.budget.share.Demand;
import io.saccade.job.control.Governor;
import io.saccade.job.control.JobBudget;
import io.saccade.job.control.Law;
import io.saccade.job.control.Place;
import io.saccade.job.network.BundleOpener;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/**
 * The value of a control record as each subtask takes it: followed or refused with a reason, and in
 * either case decisions go on, and what is kept restores to the same. Where the bytes are another
 * subtask's news they are heard as well. An order for a model is admitted to the folder that models
 * are taken from, or refused in the same way.
 */
class ControlFuzzTest {
  private static final long NOW_NANOS = 1_760_000_000_000_000_000L;
  private static final long TICK_NANOS = 100_000_000;
  private static final int LONGEST_REASON = 2500;
  private static final Law LAW = law();

  /** There on each machine, as the folder of a bundle is on a TaskManager's. */
  private static final Path MODELS = Path.of("/usr");

  private static Law law() {
    double[][] reach = {{1, 0, 0}, {1, 0.5, 0.2}, {1, 1, 1}};
    StageCosts costs = new StageCosts(1e6, 2e6, 2e6);
    LookWork work = new LookWork(1e6, 2e6);
    return new Law(
        "LAW", ControllerKind.LAW.create(reach, costs, work), costs, work, "a1".repeat(32), reach);
  }

  private static Governor governor() {
    return new Governor(
        new Place("job", 0, 2), LAW, JobBudget.ofCores(0.8, 200, 800), NOW_NANOS, 0);
  }

  @FuzzTest
  @Timeout(20)
  void control(byte[] value) {
    if (ModelOrder.isOne(value)) {
      ordered(value);
      return;
    }
    Governor governor = governor();
    Status answer = governor.follow(value, NOW_NANOS, 0);
    if (answer.kind().equals(Status.CONTROL_REFUSED)) {
      Promise.oneLine(answer.reason(), LONGEST_REASON);
      assertThat(governor.epoch()).isZero();
      assertThat(governor.settings()).isEqualTo(governor().settings());
    } else {
      assertThat(answer.kind()).isEqualTo(Status.CONTROL_ACCEPTED);
      assertThat(governor.epoch()).isPositive();
      // The same once more is an epoch that is in force already.
      assertThat(governor.follow(value, NOW_NANOS, 0).kind()).isEqualTo(Status.CONTROL_REFUSED);
    }
    hears(governor, value);
    decides(governor);

    Governor restored = governor();
    restored.restore(List.of(governor.kept()), 3 * TICK_NANOS);
    assertThat(restored.epoch()).isEqualTo(governor.epoch());
    assertThat(restored.budget()).isEqualTo(governor.budget());
    decides(restored);
  }

  /** As {@code Succession} takes it, short of loading what it names. */
  private static void ordered(byte[] value) {
    ModelOrder order;
    try {
      order = JsonCodec.MODEL_ORDER.decode(value);
    } catch (MalformedRecordException e) {
      Promise.oneLine(e.getMessage(), LONGEST_REASON);
      return;
    }
    Promise.oneLine(order.issuedBy(), LONGEST_REASON);
    Promise.oneLine(order.location(), LONGEST_REASON);
    BundleOpener opener =
        new BundleOpener(MODELS.resolve("started").toString(), null, List.of(MODELS.toString()));
    try {
      BundleOpener admitted = opener.ordered(order);
      assertThat(Path.of(admitted.bundle())).startsWith(MODELS).isNotEqualTo(MODELS);
      assertThat(admitted.sha256()).isEqualTo(order.sha256());
    } catch (IllegalArgumentException e) {
      Promise.oneLine(e.getMessage(), LONGEST_REASON);
    }
  }

  /** As {@code NewsReader} hands it on. */
  private static void hears(Governor governor, byte[] value) {
    for (int subtask = 0; subtask < 2; subtask++) {
      try {
        Status.Demand told = JsonCodec.STATUS.decode(value).demand();
        if (told != null) {
          governor.hear(
              new Demand(
                  subtask,
                  2,
                  NOW_NANOS / 1_000_000,
                  told.framesPerSecond(),
                  told.glanceCores(),
                  told.fullCores(),
                  told.mostCores(),
                  told.weight(),
                  told.deaf()),
              0);
        }
      } catch (MalformedRecordException | IllegalArgumentException nobodysNews) {
        return;
      }
    }
  }

  private static void decides(Governor governor) {
    for (int tick = 1; tick <= 2; tick++) {
      long now = NOW_NANOS + tick * TICK_NANOS;
      Status decision = governor.decide(Observation.silence(now), tick * TICK_NANOS);
      assertThat(JsonCodec.STATUS.decode(JsonCodec.STATUS.encode(decision))).isEqualTo(decision);
      assertThat(governor.shareOfBudget()).isBetween(0.0, 1.0 + 1e-9);
      assertThat(governor.point().keep()).isBetween(0.0, 1.0);
      assertThat(governor.cameras().position("gate")).isBetween(0.0, (double) LAW.last());
    }
  }
}
