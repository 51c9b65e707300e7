package io.saccade.job.classify;

import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.job.control.Law;
import io.saccade.job.network.Network;
import io.saccade.job.network.NetworkOpener;

/**
 * A model that was loaded and checked, ready to look from the next frame on.
 *
 * @param network this subtask's hold on it
 * @param classifier for this subtask's thread
 * @param law the control law for it
 */
record ReadyModel(Network network, Classifier classifier, Law law) implements AutoCloseable {

  /** Opens it, and lets go of it again when it cannot be used as the job was started. */
  static ReadyModel of(NetworkOpener opener, Start start) {
    Network network = opener.open();
    boolean good = false;
    try {
      Law law = start.law(network);
      ReadyModel ready = new ReadyModel(network, network.classifier(), law);
      good = true;
      return ready;
    } finally {
      if (!good) {
        network.close();
      }
    }
  }

  Bundle bundle() {
    return network.bundle();
  }

  /** The classifier first: it lives in the network. */
  @Override
  public void close() {
    try {
      classifier.close();
    } finally {
      network.close();
    }
  }
}
