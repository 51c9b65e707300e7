package io.saccade.camera.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.camera.CameraRoll;
import io.saccade.camera.CameraState;
import io.saccade.camera.Clock;
import io.saccade.wire.CameraStatus;
import io.saccade.wire.JsonCodec;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StatusWriterTest {
  private final HandClock clock = new HandClock();
  private final CameraRoll roll = new CameraRoll(clock);
  private final CameraLedger ledger = new CameraLedger();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final StatusWriter writer = new StatusWriter(producer, "cameras", roll, ledger, clock);

  /** Time that passes when it is told to. */
  private static final class HandClock implements Clock {
    private long nanos;
    private boolean broken;

    @Override
    public long nanos() {
      if (broken) {
        throw new AssertionError("ours");
      }
      return nanos;
    }

    @Override
    public long epochMillis() {
      return 1_000_000 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void sleepUntil(long until) {
      nanos = until;
    }
  }

  private void read(String camera, long nextSequence) {
    byte[] value =
        JsonCodec.CAMERA_STATUS.encode(
            new CameraStatus(
                CameraStatus.SCHEMA, camera, "live", null, 0, 0, null, nextSequence, 0, 0, 0));
    ledger.note(new ConsumerRecord<>("cameras", 0, 0, null, value));
  }

  private CameraStatus newest() throws Exception {
    return JsonCodec.CAMERA_STATUS.decode(
        producer.history().get(producer.history().size() - 1).value());
  }

  @Test
  void aCameraThatAnotherProcessReadUntilNowGoesOnWithItsNumbers() {
    assertThat(ledger.sequence("yard").next()).as("when nothing was known").isZero();
    read("yard", 5_000);
    read("yard", 4_200);
    ledger.takeOver(List.of("yard"), 0);

    assertThat(ledger.sequence("yard").take()).as("after the newest record").isEqualTo(4_200);
    assertThat(ledger.reserved("yard")).isEqualTo(4_200);
  }

  @Test
  void aCameraThatIsBeingReadIsNotTouchedByItsOwnRecords() {
    read("yard", 5_000);
    ledger.takeOver(List.of("gate"), 0);

    assertThat(ledger.sequence("yard").next()).isZero();
  }

  @Test
  void saysOnceThatACameraIsDisabledAndLeavesItsNumbersToOthers() throws Exception {
    read("yard", 700);
    ledger.takeOver(List.of("yard"), 0);
    roll.enroll("yard").state(CameraState.DISABLED, null);
    writer.look();
    clock.sleepUntil(TimeUnit.SECONDS.toNanos(60));
    writer.look();
    writer.close();

    assertThat(producer.history()).hasSize(1);
    assertThat(newest().nextSequence()).isEqualTo(700);
  }

  @Test
  void reservesNumbersForACameraThatIsReadAndGivesThemBackAtItsEnd() throws Exception {
    roll.enroll("yard").state(CameraState.LIVE, null);
    writer.look();
    assertThat(newest().nextSequence()).isEqualTo(StatusWriter.AHEAD);
    clock.sleepUntil(TimeUnit.SECONDS.toNanos(3));
    writer.look();
    assertThat(producer.history()).as("each two seconds").hasSize(2);

    ledger.sequence("yard").take();
    writer.close();

    assertThat(newest().state()).isEqualTo("stopped");
    assertThat(newest().nextSequence()).isEqualTo(1);
  }

  /** Whoever went on from there could soon not say so any more. */
  @Test
  void passesOverANumberThatNoCameraReaches() {
    read("yard", 4_200);
    read("yard", CameraLedger.MOST_SEQUENCE + 1);
    read("gate", CameraLedger.MOST_SEQUENCE);
    ledger.takeOver(List.of("yard", "gate"), 0);
    roll.enroll("yard").state(CameraState.LIVE, null);
    roll.enroll("gate").state(CameraState.LIVE, null);
    writer.look();

    assertThat(ledger.reserved("yard")).isEqualTo(4_200 + StatusWriter.AHEAD);
    assertThat(ledger.reserved("gate")).isEqualTo(CameraLedger.MOST_SEQUENCE + StatusWriter.AHEAD);
  }

  /** Nothing is sent then that a broker could answer. */
  @Test
  void isNotUnheardWhereNothingIsToBeSaid() {
    assertThat(writer.unheardNanos()).as("without cameras").isZero();
    roll.enroll("yard").state(CameraState.DISABLED, null);
    writer.look();
    clock.sleepUntil(TimeUnit.SECONDS.toNanos(60));
    writer.look();

    assertThat(writer.unheardNanos()).isZero();
  }

  @Test
  void isUnheardFromTheFirstStateThatIsNotTaken() {
    MockProducer<byte[], byte[]> asked =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    StatusWriter waiting = new StatusWriter(asked, "cameras", roll, ledger, clock);
    roll.enroll("yard").state(CameraState.LIVE, null);
    waiting.look();
    assertThat(waiting.unheardNanos()).as("nothing was ever taken").isNull();
    asked.completeNext();
    assertThat(waiting.unheardNanos()).as("taken").isZero();

    clock.sleepUntil(TimeUnit.SECONDS.toNanos(100));
    waiting.look();
    asked.errorNext(new TimeoutException("away"));
    clock.sleepUntil(TimeUnit.SECONDS.toNanos(107));
    waiting.look();

    assertThat(waiting.unheardNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
    asked.completeNext();
    assertThat(waiting.unheardNanos()).as("taken again").isZero();
  }

  @Test
  void aCameraWhoseStateCannotBeWrittenLeavesTheOthersTheirNumbers() {
    roll.enroll("gate").state(CameraState.LIVE, null);
    roll.enroll("yard").state(CameraState.LIVE, null);
    ledger.sequence("gate").skipTo(CameraStatus.MOST_SEQUENCE);
    writer.look();

    assertThat(ledger.reserved("yard")).isEqualTo(StatusWriter.AHEAD);
  }

  @Test
  @Timeout(30)
  void tellsWhenItsThreadDies() throws Exception {
    BlockingQueue<String> died = new LinkedBlockingQueue<>();
    writer.whenItDies((thread, problem) -> died.add(thread.getName()));
    roll.enroll("yard");
    clock.broken = true;
    writer.start();

    assertThat(died.take()).isEqualTo("camera-status");
  }

  @Test
  void aTopicAnsweredForWithoutPartitionsIsAskedForAgain() {
    assertThatThrownBy(() -> LedgerReader.partitions("cameras", List.of()))
        .isInstanceOf(RetriableException.class);
  }
}
