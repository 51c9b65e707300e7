package io.saccade.job.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {
  private static final TopicPartition COMMITTED = new TopicPartition("frames", 0);
  private static final TopicPartition BUSY = new TopicPartition("frames", 1);
  private static final TopicPartition QUIET = new TopicPartition("frames", 2);

  @Test
  void committedOffsetsComeFirst() {
    for (StartFrom from : StartFrom.values()) {
      assertThat(offsets(from)).containsEntry(COMMITTED, 33L).hasSize(3);
    }
  }

  @Test
  void earliestReadsAllThereIs() {
    assertThat(offsets(StartFrom.EARLIEST)).containsEntry(BUSY, 10L).containsEntry(QUIET, 10L);
  }

  @Test
  void latestReadsWhatComes() {
    assertThat(offsets(StartFrom.LATEST)).containsEntry(BUSY, 99L).containsEntry(QUIET, 99L);
  }

  @Test
  void recentReadsTheLastMinuteAndWhatComes() {
    assertThat(offsets(StartFrom.RECENT)).containsEntry(BUSY, 70L).containsEntry(QUIET, 99L);
  }

  private static Map<TopicPartition, Long> offsets(StartFrom from) {
    return new StartOffsets(from)
        .getPartitionOffsets(List.of(COMMITTED, BUSY, QUIET), new ScriptedOffsets());
  }

  /** Partitions with frames from 10 to 98, of which BUSY got those from 70 in the last minute. */
  private static final class ScriptedOffsets implements PartitionOffsetsRetriever {

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      return Map.of(COMMITTED, 33L);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return all(partitions, 99);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      return all(partitions, 10);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      long since = requireNonNull(times.get(BUSY));
      assertThat(System.currentTimeMillis() - since).isBetween(60_000L, 70_000L);
      Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
      offsets.put(BUSY, new OffsetAndTimestamp(70, since + 1));
      offsets.put(QUIET, null);
      return offsets;
    }

    private static Map<TopicPartition, Long> all(
        Collection<TopicPartition> partitions, long offset) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      partitions.forEach(partition -> offsets.put(partition, offset));
      return offsets;
    }
  }
}
