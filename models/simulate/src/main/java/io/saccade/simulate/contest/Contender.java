package io.saccade.simulate.contest;

import io.saccade.budget.Controller;
import io.saccade.budget.ControllerKind;
import io.saccade.simulate.load.Frame;
import io.saccade.simulate.load.Scenario;
import io.saccade.simulate.measure.RunLog;
import io.saccade.simulate.subtask.Shedding;
import io.saccade.simulate.subtask.Subtask;
import io.saccade.simulate.trace.Trace;
import java.util.List;
import java.util.Locale;

/** Who can be at the dial. */
public enum Contender {
  /** The law of Saccade. */
  LAW,
  /** Additive increase, multiplicative decrease. */
  AIMD,
  /** Proportional-integral control. */
  PI,
  /** The best fixed point, chosen in hindsight for the whole scenario. */
  STATIC,
  /** Every look at every frame that is young enough. */
  EVERY_LOOK,
  /** One look at every frame that is young enough. */
  GLANCE_ONLY,
  /** Every look, at so many frames, by lot, as the budget pays for. */
  RANDOM_DROP,
  /** Every look, at the newest frame of each camera. */
  NEWEST_ONLY;

  /** Frames and everything else by chance are the same for every contender. */
  public record Setting(Scenario scenario, Trace trace, List<Frame> frames, long seed) {}

  /** As the tables say. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  public RunLog run(Setting setting) {
    Trace trace = setting.trace();
    return switch (this) {
      case LAW -> evenly(setting, kind(ControllerKind.LAW, trace));
      case AIMD -> evenly(setting, kind(ControllerKind.AIMD, trace));
      case PI -> evenly(setting, kind(ControllerKind.PI, trace));
      case STATIC -> Hindsight.best(setting);
      case EVERY_LOOK -> evenly(setting, fixed(trace, trace.last()));
      case GLANCE_ONLY -> evenly(setting, fixed(trace, 0));
      case RANDOM_DROP -> run(setting, new RandomDrop(trace), Shedding.random(setting.seed()));
      case NEWEST_ONLY -> run(setting, fixed(trace, trace.last()), Shedding.newestOnly());
    };
  }

  static RunLog evenly(Setting setting, Controller controller) {
    return run(setting, controller, Shedding.even());
  }

  private static RunLog run(Setting setting, Controller controller, Shedding shedding) {
    return Subtask.run(
        setting.scenario(),
        setting.trace(),
        setting.frames(),
        controller,
        shedding,
        setting.seed());
  }

  private static Controller kind(ControllerKind kind, Trace trace) {
    return kind.create(trace.frontier().reach(), trace.nominal(), trace.work());
  }

  static Controller fixed(Trace trace, double position) {
    return ControllerKind.fixedAt(position, trace.frontier().reach(), trace.nominal());
  }
}
