package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobConfigurationTest {

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void storageThatHangsCountsAsAFailureAfterHalfAMinute(Delivery delivery) {
    Configuration configuration =
        JobConfiguration.of(JobOptions.builder().delivery(delivery).build());

    assertThat(configuration.getOptional(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .contains(Duration.ofSeconds(30));
  }
}
