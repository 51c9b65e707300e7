package io.saccade.cluster.chaos;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.Interruption;
import io.saccade.quickstart.TopicPlan;
import java.nio.file.Path;

/** A broker with the topics made, as the main class of a process of its own. */
public final class BrokerProgram {
  /** What it says when it can be used. */
  static final String READY = "broker ready";

  private BrokerProgram() {}

  /** Runs until it is told to end: with a folder for its records, a port, and partitions. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Interruption end = Interruption.caught();
        EmbeddedBroker broker =
            EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      TopicPlan.keeping(Integer.parseInt(arguments[2])).create(broker.address());
      System.out.println(READY);
      end.await();
    }
  }
}
