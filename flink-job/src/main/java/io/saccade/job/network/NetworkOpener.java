package io.saccade.job.network;

import io.saccade.wire.Excerpt;
import io.saccade.wire.ModelOrder;
import java.io.Serializable;

/** Opens the network in the TaskManager. */
@FunctionalInterface
public interface NetworkOpener extends Serializable {
  Network open();

  /**
   * What opens the network that an order names, and no other.
   *
   * @throws IllegalArgumentException when it must not be taken from there, or is not there
   */
  default NetworkOpener ordered(ModelOrder order) {
    throw new IllegalArgumentException(
        "the model must stay the one that the job was started with, but %s was ordered"
            .formatted(Excerpt.plain(order.location(), 200)));
  }
}
