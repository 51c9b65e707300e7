package io.saccade.job.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {
  private final List<String> made = new ArrayList<>();
  private final List<String> destroyed = new ArrayList<>();
  private final Shares<String, String> shares =
      new Shares<>(
          key -> {
            made.add(key);
            return key + "!";
          },
          destroyed::add);

  @Test
  void isMadeOnceForAllAndDestroyedAfterTheLast() {
    Shares.Share<String> first = shares.take("a");
    Shares.Share<String> second = shares.take("a");
    assertThat(second.value()).isSameAs(first.value());
    assertThat(made).containsExactly("a");

    first.close();
    assertThat(destroyed).isEmpty();
    second.close();
    assertThat(destroyed).containsExactly("a!");
  }

  @Test
  void isMadeAnewAfterwards() {
    shares.take("a").close();
    shares.take("a").close();
    assertThat(made).hasSize(2);
    assertThat(destroyed).hasSize(2);
  }

  @Test
  void closingTwiceGivesBackOnce() {
    Shares.Share<String> first = shares.take("a");
    Shares.Share<String> second = shares.take("a");
    first.close();
    first.close();
    assertThat(destroyed).isEmpty();
    second.close();
    assertThat(destroyed).hasSize(1);
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgain() {
    Shares<String, String> failing =
        new Shares<>(
            key -> {
              made.add(key);
              throw new IllegalStateException("no");
            },
            destroyed::add);
    assertThatThrownBy(() -> failing.take("a")).hasMessage("no");
    assertThatThrownBy(() -> failing.take("a")).hasMessage("no");
    assertThat(made).hasSize(2);
    assertThat(destroyed).isEmpty();
  }
}
