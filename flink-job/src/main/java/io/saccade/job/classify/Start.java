package io.saccade.job.classify;

import io.saccade.budget.Controller;
import io.saccade.budget.ControllerKind;
import io.saccade.gfnet.Bundle;
import io.saccade.job.control.JobBudget;
import io.saccade.job.control.Law;
import io.saccade.job.events.CameraViews;
import io.saccade.job.network.Network;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told at its start.
 *
 * @param job its name among those that share the topics
 * @param budget of the whole job, until a control record says otherwise
 * @param controller the control law
 * @param fixedPosition of {@link ControllerKind#FIXED}; null for the dearest
 * @param smoothingMillis time constant of the smoothing behind events
 * @param silentAfterMillis a camera without frames for this long is silent
 */
public record Start(
    String job,
    JobBudget budget,
    ControllerKind controller,
    @Nullable Double fixedPosition,
    long smoothingMillis,
    long silentAfterMillis)
    implements Serializable {

  /**
   * The control law for a network.
   *
   * @throws IllegalArgumentException when the position is none of its frontier
   */
  public Law law(Network network) {
    Bundle bundle = network.bundle();
    double[][] reach = bundle.frontier().reach();
    Controller made =
        fixedPosition == null
            ? controller.create(reach, network.measured(), network.work())
            : ControllerKind.fixedAt(fixedPosition, reach, network.measured());
    return new Law(
        controller.name(), made, network.measured(), network.work(), bundle.sha256(), reach);
  }

  CameraViews cameras(Bundle bundle) {
    return new CameraViews(
        new CameraViews.Terms(
            smoothingMillis, silentAfterMillis, bundle.sha256(), bundle.classes()));
  }
}
