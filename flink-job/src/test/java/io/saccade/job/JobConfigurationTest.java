package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
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

  @Test
  void checkpointsOutliveTheJobManagerWhereTheOptionsOrTheClusterSayWhere() {
    JobOptions nowhere = JobOptions.builder().build();
    JobOptions somewhere = JobOptions.builder().checkpointDirectory("s3://bucket/x").build();
    Configuration cluster = new Configuration();
    assertThat(JobConfiguration.outliveTheJobManager(nowhere, cluster)).isFalse();
    assertThat(JobConfiguration.outliveTheJobManager(somewhere, cluster)).isTrue();

    cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://bucket/y");
    assertThat(JobConfiguration.outliveTheJobManager(nowhere, cluster)).isTrue();
  }
}
