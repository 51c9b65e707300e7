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
  double affordable;
  double owed;
  double silentSeconds;

  /** Nobody else sends: there is no one to take looks from. */
  boolean alone;

  CameraAccount() {
    guard = new RateGuard();
    looks = new LookCap(LookCap.DEPTH);
    cost = new CostCap(0);
    thinning = new Thinning(0);
  }

  /** Goes on from a state, or starts anew when it is of another layout: no reason to stop a job. */
  static CameraAccount restore(double[] state) {
    boolean known =
        state.length == SLOTS
            && state[0] == LAYOUT
            && Arrays.stream(state).allMatch(Double::isFinite);
    return known ? new CameraAccount(state) : new CameraAccount();
  }

  private CameraAccount(double[] state) {
    looks = new LookCap(state[1]);
    cost = new CostCap(state[2]);
    thinning = new Thinning(state[3]);
    guard = new RateGuard(state, 4);
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
