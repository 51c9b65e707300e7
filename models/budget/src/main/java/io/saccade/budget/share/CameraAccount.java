package io.saccade.budget.share;

import io.saccade.budget.Thinning;
import java.util.Arrays;

/** What one camera has sent, has left, and gets. */
final class CameraAccount {
  private static final double LAYOUT = 7_001;
  private static final int SLOTS = 4 + RateGuard.SLOTS;

  final RateGuard guard;
  final LookCap looks;
  final CostCap cost;
  final Thinning thinning;
  CameraTerms terms = CameraTerms.USUAL;
  double share = 1;
  double position;
  double keep = 1;
  double affordable = LookCap.DEPTH;
  double owed;
  double silentSeconds;

  CameraAccount() {
    guard = new RateGuard();
    looks = new LookCap(LookCap.DEPTH);
    cost = new CostCap(0);
    thinning = new Thinning(0);
  }

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException when it is not one of this layout
   */
  CameraAccount(double[] state) {
    if (state.length != SLOTS || state[0] != LAYOUT) {
      throw new IllegalArgumentException(
          "state of a camera must have layout %s and %d entries, but was %s"
              .formatted(LAYOUT, SLOTS, Arrays.toString(state)));
    }
    looks = new LookCap(state[1]);
    cost = new CostCap(state[2]);
    thinning = new Thinning(state[3]);
    guard = new RateGuard(state, 4);
  }

  /** Nobody else sends: there is no one to take looks from. */
  boolean alone() {
    return share == 1;
  }

  double[] state() {
    double[] state = new double[SLOTS];
    state[0] = LAYOUT;
    state[1] = looks.looks();
    state[2] = cost.saved();
    state[3] = thinning.credit();
    guard.state(state, 4);
    return state;
  }
}
