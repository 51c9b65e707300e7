package io.saccade.job.control;

import io.saccade.budget.share.Demand;
import org.jspecify.annotations.Nullable;

/**
 * What every subtask hears: a control record, or what one of them could spend. One of the two is
 * null. Public, and of types that Flink serialises itself.
 *
 * @param control a control record as it came
 * @param news what a subtask could spend
 */
public record Notice(byte @Nullable [] control, @Nullable Demand news) {
  public static Notice ofControl(byte[] control) {
    return new Notice(control, null);
  }

  public static Notice of(Demand news) {
    return new Notice(null, news);
  }
}
