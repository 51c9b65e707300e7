package io.saccade.budget;

/** The control laws, by the names the configuration knows them. */
public enum ControllerKind {
  /** The law of Saccade: feed-forward from offered rate and cost, feedback from waiting time. */
  LAW,
  /** One fixed operating point. */
  FIXED,
  /** Additive increase, multiplicative decrease on waiting time. */
  AIMD,
  /** Proportional-integral control on waiting time. */
  PI;

  /**
   * A controller of this kind.
   *
   * @param reach for each frontier point, the share of frames that take look 1, 2, .. T (the first
   *     entry is 1); later points never reach less
   * @param nominal stage costs measured on this host at start
   * @param work of the model's looks, for budgets in multiply-adds
   */
  public Controller create(double[][] reach, StageCosts nominal, LookWork work) {
    CostCurve curve = new CostCurve(reach);
    return switch (this) {
      case LAW -> new BudgetLaw(curve, nominal, work);
      case FIXED -> new FixedPoint(curve, nominal, curve.last());
      case AIMD -> new AdditiveIncrease(curve, nominal, work);
      case PI -> new ProportionalIntegral(curve, nominal, work);
    };
  }

  /** A controller for budgets that are not in multiply-adds. */
  public Controller create(double[][] reach, StageCosts nominal) {
    return create(reach, nominal, new LookWork(1, 1));
  }

  /**
   * A controller of the kind {@link #FIXED}, at {@code position} rather than the dearest.
   *
   * @param position on the frontier, from 0 to the number of its points - 1
   */
  public static Controller fixedAt(double position, double[][] reach, StageCosts nominal) {
    return new FixedPoint(new CostCurve(reach), nominal, position);
  }
}
