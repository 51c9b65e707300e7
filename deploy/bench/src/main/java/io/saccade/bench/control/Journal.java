package io.saccade.bench.control;

import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the job says during a run. Safe for use by several threads. */
final class Journal implements Consumer<ConsumerRecord<byte[], byte[]>> {

  /**
   * What became of a frame.
   *
   * @param frame its offset, which is its number in the run
   * @param sequence of its camera
   * @param outcome as in the label
   * @param reason as in the label
   * @param ageMillis from capture to label
   * @param looks taken
   */
  record Fate(int frame, long sequence, String outcome, String reason, long ageMillis, int looks) {}

  private final Topics topics;
  private final List<Fate> fates = new ArrayList<>();
  private final List<Status> statuses = new ArrayList<>();
  private final BitSet labelled = new BitSet();
  private long duplicates;

  Journal(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.labels())) {
      book(JsonCodec.LABEL.decode(record.value()));
    } else {
      book(JsonCodec.STATUS.decode(record.value()));
    }
  }

  synchronized void book(Label label) {
    int frame = Math.toIntExact(label.offset());
    if (labelled.get(frame)) {
      // After a restart from a checkpoint; the first label counts.
      duplicates++;
      return;
    }
    labelled.set(frame);
    fates.add(
        new Fate(
            frame,
            label.sequence(),
            label.outcome(),
            label.reason(),
            label.ageMillis(),
            label.looks().size()));
    notifyAll();
  }

  synchronized void book(Status status) {
    statuses.add(status);
    notifyAll();
  }

  /** Waits until so many frames have their label; whether they have. */
  boolean awaitLabels(int frames, Duration atMost) throws InterruptedException {
    return await(() -> fates.size() >= frames, atMost);
  }

  /** Waits for a status record, also one that is there already; whether it has come. */
  boolean awaitStatus(Predicate<Status> wanted, Duration atMost) throws InterruptedException {
    return await(() -> statuses.stream().anyMatch(wanted), atMost);
  }

  private synchronized boolean await(BooleanSupplier done, Duration atMost)
      throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean()) {
      long leftMillis = (until - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** In the order the labels came. */
  synchronized List<Fate> fates() {
    return List.copyOf(fates);
  }

  /** Status records of a kind, in the order they came. */
  synchronized List<Status> statuses(String kind) {
    return statuses.stream().filter(it -> it.kind().equals(kind)).toList();
  }

  synchronized long duplicates() {
    return duplicates;
  }
}
