package io.saccade.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Topics;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class KafkaSinksTest {
  private static final KafkaPlace PLACE =
      new KafkaPlace("127.0.0.1:1", Topics.DEFAULT, "group", Map.of("security.protocol", "SSL"));

  @Test
  void sourcesAndSinksCanBeSentToTaskManagers() throws Exception {
    for (DeliveryGuarantee guarantee :
        List.of(DeliveryGuarantee.AT_LEAST_ONCE, DeliveryGuarantee.EXACTLY_ONCE)) {
      KafkaSinks sinks = new KafkaSinks(PLACE, guarantee, 600_000);
      for (Sink<?> sink :
          List.of(sinks.labels(), sinks.events(), sinks.deadLetters(), sinks.status())) {
        assertThat(InstantiationUtil.serializeObject(sink)).isNotEmpty();
      }
    }
    assertThat(InstantiationUtil.serializeObject(KafkaSources.frames(PLACE, StartFrom.RECENT)))
        .isNotEmpty();
    assertThat(InstantiationUtil.serializeObject(KafkaSources.control(PLACE))).isNotEmpty();
  }

  @Test
  void jobsWithOtherTopicsHaveOtherTransactions() {
    KafkaSinks sinks = new KafkaSinks(PLACE, DeliveryGuarantee.EXACTLY_ONCE, 600_000);
    Topics day = Topics.withPrefix("day");
    Topics night = Topics.withPrefix("night");
    assertThat(
            List.of(
                sinks.transactionalId(day.labels()),
                sinks.transactionalId(night.labels()),
                sinks.transactionalId(day.events())))
        .containsExactly("group/day.labels", "group/night.labels", "group/day.events");
  }

  @Test
  void clientPropertiesReachTheClientsButTheBrokersAreThoseAskedFor() {
    KafkaPlace place =
        new KafkaPlace(
            "here:1",
            Topics.DEFAULT,
            "group",
            Map.of("bootstrap.servers", "there:1", "security.protocol", "SSL"));
    assertThat(place.client())
        .containsEntry("bootstrap.servers", "here:1")
        .containsEntry("security.protocol", "SSL");
  }
}
