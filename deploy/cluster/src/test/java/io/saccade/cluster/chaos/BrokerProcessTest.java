package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.cluster.Life;
import io.saccade.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrokerProcessTest {
  @TempDir Path folder;

  @Test
  void isFoundAndKilledByTheNextRun() throws Exception {
    try (BrokerProcess broker = new BrokerProcess(folder, EmbeddedBroker.freePort(), 1)) {
      broker.begin();
      assertThat(Life.all(folder)).extracting(Life::pid).containsExactly(broker.pid());
      assertThat(Life.all(folder)).allMatch(Life::runs);

      BrokerProcess.killFormer(folder);

      assertThat(Life.all(folder)).hasSize(1).noneMatch(Life::runs);
    }
  }

  @Test
  void isNotStartedAnyMoreWhenItHasBeenClosed() throws Exception {
    BrokerProcess broker = new BrokerProcess(folder, EmbeddedBroker.freePort(), 1);
    broker.close();

    assertThatThrownBy(broker::begin).hasMessageContaining("must not have been closed");
    assertThat(Life.all(folder)).isEmpty();
  }
}
