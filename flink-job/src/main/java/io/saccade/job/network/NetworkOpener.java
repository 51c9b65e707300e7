package io.saccade.job.network;

import java.io.Serializable;

/** Opens the network in the TaskManager. */
@FunctionalInterface
public interface NetworkOpener extends Serializable {
  Network open();
}
