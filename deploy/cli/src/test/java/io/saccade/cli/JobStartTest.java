package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps {@code saccade job} from starting is said, not thrown. */
@Timeout(60)
class JobStartTest {
  private static final String BUNDLE = "../../models/gfnet/src/test/bundles/tiny";

  @Test
  void namesTheTopicsThatAreMissingAndHowToMakeThem() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Run run = Run.saccade("job", "--brokers", broker.address(), "--bundle", BUNDLE);

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("saccade.frames")
          .contains("saccade.dead-letters")
          .contains("--create-topics")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void refusesATransactionTimeoutThatTheBrokerDoesNotAllow() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan.passing(1).create(broker.address());

      Run run =
          Run.saccade(
              "job",
              "--brokers",
              broker.address(),
              "--bundle",
              BUNDLE,
              "--delivery",
              "exactly-once",
              "--transaction-timeout",
              "60m");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("transaction.max.timeout.ms").contains("3600000 ms");
    }
  }

  @Test
  void saysAllThatIsWrongWithItsOptions() {
    Run run = Run.saccade("job", "--budget-cores", "7", "--parallelism", "2");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("at most 1.9 cores for 2 subtasks").contains("but was 7.0");
  }
}
