package io.saccade.job.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where each partition is read from: the group's committed offset, else as {@link StartFrom} says.
 */
record StartOffsets(StartFrom startFrom) implements OffsetsInitializer {
  private static final long RECENT_MILLIS = 60_000;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
    Set<TopicPartition> others = new HashSet<>(partitions);
    others.removeAll(offsets.keySet());
    if (!others.isEmpty()) {
      offsets.putAll(
          switch (startFrom) {
            case EARLIEST -> retriever.beginningOffsets(others);
            case LATEST -> retriever.endOffsets(others);
            case RECENT -> since(System.currentTimeMillis() - RECENT_MILLIS, others, retriever);
          });
    }
    return offsets;
  }

  private static Map<TopicPartition, Long> since(
      long millis, Set<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, millis));
    Map<TopicPartition, Long> offsets = new HashMap<>(retriever.endOffsets(partitions));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> first :
        retriever.offsetsForTimes(times).entrySet()) {
      if (first.getValue() != null) {
        offsets.put(first.getKey(), first.getValue().offset());
      }
    }
    return offsets;
  }

  /** An offset whose frame is gone: go on with the oldest there is, so that no label is missing. */
  @Override
  @SuppressWarnings("deprecation") // the connector's interface asks for this type
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
