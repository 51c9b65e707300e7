package io.saccade.quickstart;

import io.saccade.wire.Topics;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * A broker with the topics made, and nothing else, until Ctrl-C: for frames and jobs of one's own.
 */
public final class BrokerOnly {
  private BrokerOnly() {}

  /** Runs until the process is told to end. */
  public static int run(QuickstartOptions options, PrintStream out) throws Exception {
    try (Interruption end = Interruption.caught();
        Scratch scratch = Scratch.make();
        EmbeddedBroker broker =
            EmbeddedBroker.start(folder(options, scratch), options.portOrFree())) {
      TopicPlan.keeping(options.partitions()).create(broker.address());
      String address = broker.address();
      Topics topics = Topics.DEFAULT;
      out.printf(
          """
          Kafka broker at %s; Ctrl-C ends it%s
            classify:     ./saccade job --brokers %s
            send a frame: kcat -P -b %s -t %s frame.jpg
            read labels:  kcat -C -b %s -t %s
            set budget:   ./saccade budget set --cores 0.5 --brokers %s
          """,
          address,
          options.dataDir() == null ? " and deletes its records" : "",
          address,
          address,
          topics.frames(),
          address,
          topics.labels(),
          address);
      out.flush();
      end.await();
      return 0;
    }
  }

  private static Path folder(QuickstartOptions options, Scratch scratch) {
    Path dataDir = options.dataDir();
    return dataDir == null ? scratch.folder("kafka") : dataDir;
  }
}
