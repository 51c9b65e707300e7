package io.saccade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {
  private final Gate gate = new Gate();
  private final CountDownLatch passed = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private Thread passer() {
    Thread thread =
        new Thread(
            () -> {
              try {
                gate.pass();
                passed.countDown();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void letsThoseWhoWaitPassWhenItOpens() throws InterruptedException {
    Thread waiting = passer();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(passed.getCount()).isEqualTo(1);

    gate.open();

    assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void holdsThoseWhoComeAfterItWasShut() throws InterruptedException {
    gate.open();
    gate.shut();
    Thread waiting = passer();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    waiting.interrupt();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(passed.getCount()).isEqualTo(1);
  }
}
