package io.saccade.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.budget.share.Demand;
import io.saccade.job.control.Notice;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewsReaderTest {
  private final List<Notice> heard = new ArrayList<>();

  @Test
  void newsOfTheJobIsHeard() {
    read("news", JsonCodec.STATUS.encode(News.of("ours", 1, 2, 0.9)));
    assertThat(heard)
        .containsExactly(
            Notice.of(new Demand(1, 2, 1_760_000_000_000L, 100, 0.3, 0.9, 0.95, 1, false)));
  }

  @Test
  void anotherJobUnderTheSamePrefixIsNot() {
    read("news", JsonCodec.STATUS.encode(News.of("theirs", 1, 2, 0.9)));
    assertThat(heard).isEmpty();
  }

  @Test
  void decisionsArePassedOverByTheirHeaderUnread() {
    read("decision", "would not even be JSON".getBytes(UTF_8));
    read(null, JsonCodec.STATUS.encode(News.of("ours", 1, 2, 0.9)));
    assertThat(heard).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsPassedOver() {
    read("news", "{".getBytes(UTF_8));
    read("news", null);
    read("news", JsonCodec.STATUS.encode(News.of("ours", 1, 2, -3)));
    for (double mostCores : new double[] {0, 1e-320, 0.009}) {
      Status.Demand none = new Status.Demand(100, 0.3, 0.9, mostCores, 1, false);
      read("news", JsonCodec.STATUS.encode(News.of("ours", 1, 2, none)));
    }
    assertThat(heard).isEmpty();
  }

  @SuppressWarnings("NullAway") // a record on Kafka may have no value
  private void read(@Nullable String kind, byte @Nullable [] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("saccade.status", 0, 0, null, value);
    if (kind != null) {
      record.headers().add(Status.KIND, kind.getBytes(UTF_8));
    }
    new NewsReader("ours")
        .deserialize(
            record,
            new Collector<>() {
              @Override
              public void collect(Notice notice) {
                heard.add(notice);
              }

              @Override
              public void close() {}
            });
  }
}
