package io.saccade.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Collects records in this JVM, exactly once: what was written since the last checkpoint is kept
 * when the next one is complete, and lost when the job fails before. The same batch committed twice
 * counts once, as Kafka's transactions do.
 *
 * @param name what the records are found by
 * @param json their encoding
 */
record CollectingSink<T>(String name, SerializableFunction<T, byte[]> json)
    implements Sink<T>, SupportsCommitter<CollectingSink.Batch> {
  private static final Map<String, Map<UUID, List<byte[]>>> COMMITTED = new ConcurrentHashMap<>();

  /** Records written between two checkpoints. */
  record Batch(UUID id, List<byte[]> records) {}

  /** What was committed under a name so far. */
  static List<byte[]> collected(String name) {
    Map<UUID, List<byte[]>> batches = COMMITTED.getOrDefault(name, Map.of());
    synchronized (batches) {
      return batches.values().stream().flatMap(List::stream).toList();
    }
  }

  @Override
  public CommittingSinkWriter<T, Batch> createWriter(WriterInitContext context) {
    return new CommittingSinkWriter<>() {
      private List<byte[]> written = new ArrayList<>();

      @Override
      public void write(T element, Context context) {
        written.add(json.apply(element));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public Collection<Batch> prepareCommit() {
        if (written.isEmpty()) {
          return List.of();
        }
        Batch batch = new Batch(UUID.randomUUID(), written);
        written = new ArrayList<>();
        return List.of(batch);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Committer<Batch> createCommitter(CommitterInitContext context) {
    return new Committer<>() {
      @Override
      public void commit(Collection<CommitRequest<Batch>> requests) {
        for (CommitRequest<Batch> request : requests) {
          Batch batch = request.getCommittable();
          Map<UUID, List<byte[]>> batches =
              COMMITTED.computeIfAbsent(
                  name, it -> Collections.synchronizedMap(new LinkedHashMap<>()));
          batches.putIfAbsent(batch.id(), batch.records());
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SimpleVersionedSerializer<Batch> getCommittableSerializer() {
    return new BatchSerializer();
  }
}
