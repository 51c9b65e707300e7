package io.saccade.job.network;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;

/** What a subtask looks with. Safe to share between threads; its classifiers are not. */
public interface Network extends AutoCloseable {
  Bundle bundle();

  /** CPU time of each stage on this host, measured while opening. */
  StageCosts measured();

  /** Multiply-adds of its looks. */
  LookWork work();

  /** A classifier for one thread. */
  Classifier classifier();

  /** Lets go of it; the last one to do so unloads it. */
  @Override
  void close();
}
