package io.saccade.job.kafka;

import io.saccade.job.control.Notice;
import io.saccade.wire.Frame;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Frames, control records and news from Kafka. */
public final class KafkaSources {
  private KafkaSources() {}

  /** Frames from where the group stopped, else from where {@code startFrom} says. */
  public static KafkaSource<Frame> frames(KafkaPlace place, StartFrom startFrom) {
    Properties properties = new Properties();
    // Answered as soon as there is anything.
    properties.setProperty("fetch.min.bytes", "1");
    // A frame larger than this still comes, alone; more than this ahead would only get old.
    properties.setProperty("max.partition.fetch.bytes", Integer.toString(1 << 20));
    properties.setProperty("partition.discovery.interval.ms", "30000");
    properties.putAll(place.client());
    return KafkaSource.<Frame>builder()
        .setProperties(properties)
        .setTopics(place.topics().frames())
        .setGroupId(place.groupId())
        .setClientIdPrefix(place.groupId() + "-frames")
        .setStartingOffsets(new StartOffsets(startFrom))
        .setDeserializer(new FrameReader())
        .build();
  }

  /**
   * The news of the job's subtasks, from now on: older news says nothing. What is read is the whole
   * status topic, of which all but news is passed over by its header.
   */
  public static KafkaSource<Notice> news(KafkaPlace place) {
    Properties properties = place.client();
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    properties.setProperty("partition.discovery.interval.ms", "-1");
    return KafkaSource.<Notice>builder()
        .setProperties(properties)
        .setTopics(place.topics().status())
        .setGroupId(place.groupId() + "-news")
        .setClientIdPrefix(place.groupId() + "-news")
        .setStartingOffsets(OffsetsInitializer.latest())
        .setDeserializer(new NewsReader(place.groupId()))
        .build();
  }

  /** All control records that the compacted topic holds, and those to come. */
  public static KafkaSource<byte[]> control(KafkaPlace place) {
    Properties properties = place.client();
    // Read as a whole at every start: there is nothing to commit.
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    properties.setProperty("partition.discovery.interval.ms", "-1");
    return KafkaSource.<byte[]>builder()
        .setProperties(properties)
        .setTopics(place.topics().control())
        .setGroupId(place.groupId() + "-control")
        .setClientIdPrefix(place.groupId() + "-control")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new ValueReader())
        .build();
  }
}
