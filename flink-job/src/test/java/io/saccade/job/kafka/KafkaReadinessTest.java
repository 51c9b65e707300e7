package io.saccade.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the brokers' answers; the tests with a broker ask for them. */
class KafkaReadinessTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void topicsThatComeALittleLaterAreWaitedForAndThatIsSaidOnce() throws Exception {
    Deque<List<String>> looks =
        new ArrayDeque<>(List.of(List.of("a", "b"), List.of("b"), List.of()));
    assertThat(KafkaReadiness.await(looks::removeFirst, 40, 1, said::add)).isEmpty();
    assertThat(looks).isEmpty();
    assertThat(said).containsExactly("waiting for a, b");
  }

  @Test
  void topicsThatDoNotComeAreNamed() throws Exception {
    assertThat(KafkaReadiness.await(() -> List.of("b"), 3, 1, said::add)).containsExactly("b");
    assertThat(said).containsExactly("waiting for b");
  }

  @Test
  void nothingIsSaidWhenAllTopicsAreThere() throws Exception {
    assertThat(KafkaReadiness.await(List::of, 3, 1, said::add)).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void theLongestTransactionIsWhatTheBrokerTells() throws Exception {
    assertThat(KafkaReadiness.limit(() -> settings("transaction.max.timeout.ms", "900000")))
        .hasValue(900_000);
  }

  @Test
  void aBrokerThatDoesNotTellTheLongestTransactionIsNoReasonToRefuse() throws Exception {
    assertThat(KafkaReadiness.limit(() -> settings("transaction.max.timeout.ms", null))).isEmpty();
    assertThat(KafkaReadiness.limit(() -> settings("other", "1"))).isEmpty();
    assertThat(
            KafkaReadiness.limit(
                () -> {
                  throw new IllegalStateException("no", new ClusterAuthorizationException("no"));
                }))
        .isEmpty();
  }

  @Test
  void aBrokerThatAnswersWronglyIsAReason() {
    assertThatThrownBy(
            () ->
                KafkaReadiness.limit(
                    () -> {
                      throw new IllegalStateException("odd", new InvalidRequestException("odd"));
                    }))
        .hasMessage("odd");
  }

  private static Config settings(String name, @Nullable String value) {
    return new Config(List.of(entry(name, value)));
  }

  @SuppressWarnings("NullAway") // a broker that tells nothing makes just that
  private static ConfigEntry entry(String name, @Nullable String value) {
    return new ConfigEntry(name, value);
  }
}
