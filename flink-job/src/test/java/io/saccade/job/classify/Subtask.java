package io.saccade.job.classify;

import static io.saccade.job.classify.ScriptedNetwork.picture;
import static java.util.Objects.requireNonNull;

import io.saccade.budget.ControllerKind;
import io.saccade.budget.share.Demand;
import io.saccade.job.control.JobBudget;
import io.saccade.job.control.Notice;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** One subtask of the operator in Flink's harness, with a clock and a network of the test's own. */
final class Subtask implements AutoCloseable {
  static final Start START =
      new Start("test", JobBudget.ofCores(0.8, 200, 800), ControllerKind.LAW, null, 500, 3_000);

  final FakeClock clock;
  private final TwoInputStreamOperatorTestHarness<Frame, Notice, Label> harness;
  private long offset;

  private Subtask(
      FakeClock clock, TwoInputStreamOperatorTestHarness<Frame, Notice, Label> harness) {
    this.clock = clock;
    this.harness = harness;
  }

  static Subtask started(FakeClock clock, NetworkOpener opener) throws Exception {
    return started(clock, opener, START);
  }

  static Subtask started(FakeClock clock, NetworkOpener opener, Start start) throws Exception {
    return restored(clock, opener, start, 0, 1, null);
  }

  static Subtask started(FakeClock clock, NetworkOpener opener, SlowSinks sinks) throws Exception {
    return begun(clock, opener, START, 0, 1, null, sinks);
  }

  static Subtask restored(
      FakeClock clock,
      NetworkOpener opener,
      Start start,
      int index,
      int parallelism,
      @Nullable OperatorSubtaskState state)
      throws Exception {
    return begun(clock, opener, start, index, parallelism, state, null);
  }

  private static Subtask begun(
      FakeClock clock,
      NetworkOpener opener,
      Start start,
      int index,
      int parallelism,
      @Nullable OperatorSubtaskState state,
      @Nullable SlowSinks sinks)
      throws Exception {
    TwoInputStreamOperatorTestHarness<Frame, Notice, Label> harness =
        new TwoInputStreamOperatorTestHarness<>(
            new ClassifyOperator(opener, start, clock), 16, parallelism, index);
    if (sinks != null) {
      harness.setOutputCreator(serializer -> sinks);
    }
    harness.getExecutionConfig().enableObjectReuse();
    harness.setup(Outputs.LABEL.createSerializer(new SerializerConfigImpl()));
    harness.setProcessingTime(clock.millis());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return new Subtask(clock, harness);
  }

  /** A frame captured just now. */
  void frame(String camera, byte[] image) throws Exception {
    frame(camera, clock.millis(), image);
  }

  void frame(String camera, long capturedMillis, byte[] image) throws Exception {
    frame(camera, offset, capturedMillis, image);
  }

  void frame(String camera, long sequence, long capturedMillis, byte[] image) throws Exception {
    Frame frame = new Frame(camera, sequence, capturedMillis, null, image, 0, offset);
    offset++;
    harness.processElement1(new StreamRecord<>(frame));
  }

  void control(byte[] value) throws Exception {
    harness.processElement2(new StreamRecord<>(Notice.ofControl(value)));
  }

  void news(Demand news) throws Exception {
    harness.processElement2(new StreamRecord<>(Notice.of(news)));
  }

  /** Time passes until the next tick is due, and it comes. */
  void tick() throws Exception {
    clock.pass(ClassifyOperator.TICK_MILLIS * 1_000_000);
    harness.setProcessingTime(clock.millis());
  }

  /**
   * Frames of one camera come evenly for a while, one after the other; they wait while the subtask
   * works on those before.
   */
  void play(String camera, int framesPerSecond, int seconds) throws Exception {
    long apart = 1_000_000_000L / framesPerSecond;
    long due = clock.epochNanos();
    for (int frame = 0; frame < framesPerSecond * seconds; frame++) {
      clock.pass(Math.max(0, due - clock.epochNanos()));
      frame(camera, due / 1_000_000, picture(frame % 3, 70));
      harness.setProcessingTime(clock.millis());
      due += apart;
    }
  }

  List<Label> labels() {
    return harness.extractOutputValues();
  }

  /** The labels since the last call of this. */
  List<Label> newLabels() {
    List<Label> labels = labels();
    harness.getOutput().clear();
    return labels;
  }

  List<Event> events() {
    return side(Outputs.EVENTS);
  }

  List<DeadLetter> deadLetters() {
    return side(Outputs.DEAD_LETTERS);
  }

  List<Status> statuses() {
    return side(Outputs.STATUS);
  }

  List<Status> statuses(String kind) {
    return statuses().stream().filter(status -> status.kind().equals(kind)).toList();
  }

  Status lastDecision() {
    List<Status> decisions = statuses(Status.DECISION);
    return decisions.get(decisions.size() - 1);
  }

  /** The cores that this subtask was allowed at the last decision. */
  double lastBudget() {
    return requireNonNull(lastDecision().settings()).budgetCores();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    List<T> values = new ArrayList<>();
    if (records != null) {
      records.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, clock.millis());
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("the operator did not close", e);
    }
  }
}
