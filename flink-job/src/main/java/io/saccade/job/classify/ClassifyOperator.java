package io.saccade.job.classify;

import io.saccade.budget.Observation;
import io.saccade.budget.Tally;
import io.saccade.budget.share.Cameras.Admission;
import io.saccade.budget.share.Demand;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.gfnet.Sight;
import io.saccade.job.control.AuditState;
import io.saccade.job.control.Audits;
import io.saccade.job.control.Clock;
import io.saccade.job.control.Governor;
import io.saccade.job.control.GovernorState;
import io.saccade.job.control.ModelState;
import io.saccade.job.control.Moment;
import io.saccade.job.control.Notice;
import io.saccade.job.control.Place;
import io.saccade.job.control.SteadyTime;
import io.saccade.job.events.CameraState;
import io.saccade.job.events.CameraView;
import io.saccade.job.events.CameraViews;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import io.saccade.wire.Label;
import io.saccade.wire.ModelOrder;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, one label out for each; control records and news beside. A frame that cannot be read
 * is a label and a dead letter; a failure of the network is thrown, and Flink restarts from the
 * last checkpoint.
 */
public final class ClassifyOperator extends AbstractStreamOperator<Label>
    implements TwoInputStreamOperator<Frame, Notice, Label> {

  /** Time from decision to decision. */
  public static final long TICK_MILLIS = 100;

  private final NetworkOpener opener;
  private final Start start;
  private final Clock clock;

  private transient ListState<GovernorState> governorState;
  private transient ListState<CameraState> cameraState;
  private transient ListState<AuditState> auditState;
  private transient ListState<ModelState> modelState;
  private transient boolean restored;
  private transient @Nullable Succession succession;
  private transient @Nullable ReadyModel model;
  private transient Place place;
  private transient Governor governor;
  private transient CameraViews cameras;
  private transient Audits audits;
  private transient Tally tally;
  private transient long cpuNanos;

  /** Time spent handing on what goes beside the labels, since the start. */
  private transient long handingOnNanos;

  private transient SteadyTime steady;
  private transient Labels labels;
  private transient Meters meters;

  @SuppressWarnings("NullAway.Init") // what is transient is made by initializeState and open
  public ClassifyOperator(NetworkOpener opener, Start start, Clock clock) {
    this.opener = opener;
    this.start = start;
    this.clock = clock;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    governorState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("governor", TypeInformation.of(GovernorState.class)));
    cameraState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("cameras", TypeInformation.of(CameraState.class)));
    // Each its own, not everyone's: they are long.
    auditState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("audits", TypeInformation.of(AuditState.class)));
    modelState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("models", TypeInformation.of(ModelState.class)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    place =
        new Place(
            start.job(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
    long now = clock.epochNanos();
    Governor begun = begun(now);
    begun
        .restore(governorState.get(), clock.elapsedNanos())
        .ifPresent(why -> LOG.warn("Settings that were kept are refused: {}", why));
    look(opened(model), begun, cameraState.get());
    restoreAudits(opened(model).bundle().sha256());
    meters = new Meters(getMetricGroup(), governor, audits, clock.elapsedNanos());
    tally = new Tally();
    cpuNanos = clock.threadCpuNanos();
    steady = new SteadyTime(now, clock.elapsedNanos());
    awaitTick();
  }

  /** What was measured of another model says nothing about this one. */
  private void restoreAudits(String sha256) throws Exception {
    for (GovernorState kept : governorState.get()) {
      if (!kept.model().equals(sha256)) {
        return;
      }
    }
    List<AuditState> all = new ArrayList<>();
    auditState.get().forEach(all::add);
    audits.restore(all);
  }

  /**
   * What is wrong with the model at the start will be wrong after a restart: then do not restart. A
   * job that has looked before waits until its model can be had again.
   */
  private Governor begun(long nowNanos) throws Exception {
    try {
      succession = new Succession(opener, start);
      ReadyModel first = succession.first(modelState.get());
      model = first;
      return new Governor(place, first.law(), start.budget(), nowNanos, clock.elapsedNanos());
    } catch (InvalidBundleException | IllegalArgumentException e) {
      if (restored) {
        throw e;
      }
      throw new SuppressRestartsException(e);
    }
  }

  /** Looks with a model from now on. */
  private void look(ReadyModel with, Governor governing, Iterable<CameraState> kept) {
    model = with;
    governor = governing;
    cameras = start.cameras(with.bundle());
    cameras.restore(
        kept,
        place.subtask(),
        place.parallelism(),
        clock.epochNanos() / 1_000_000,
        governor.cameras()::restore);
    audits = new Audits(with.bundle().frontier(), clock.elapsedNanos());
    audits.follow(governor.budget());
    labels = new Labels(with.bundle(), governor);
  }

  /** Between two frames: what is asked for, shares and cameras go on, the law starts anew. */
  private void follow(ReadyModel next) {
    ReadyModel before = opened(model);
    look(
        next,
        governor.with(next.law(), clock.epochNanos(), clock.elapsedNanos()),
        cameras.kept(place.subtask(), place.parallelism(), governor.cameras()::kept));
    meters.follow(governor, audits);
    before.close();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    governorState.update(List.of(governor.kept()));
    cameraState.update(
        cameras.kept(place.subtask(), place.parallelism(), governor.cameras()::kept));
    auditState.update(List.of(audits.kept()));
    modelState.update(List.of(opened(succession).kept()));
  }

  /** A frame. */
  @Override
  public void processElement1(StreamRecord<Frame> element) {
    Frame frame = element.getValue();
    long started = clock.elapsedNanos() - handingOnNanos;
    Moment taken = new Moment(clock.epochNanos(), frame.capturedMillis());
    CameraView camera = cameras.of(frame, taken.nowMillis(), this::emit);
    Label label = label(frame, camera, taken);
    // Without handing anything on: waiting for a slow sink is not work.
    tally.busy(clock.elapsedNanos() - handingOnNanos - started);
    meters.count(label);
    output.collect(new StreamRecord<>(label));
  }

  private Label label(Frame frame, CameraView camera, Moment taken) {
    boolean tooOld = taken.ageNanos() > governor.settings().maxAgeNanos();
    Admission admission = tooOld ? Admission.LOOKED_AT : governor.cameras().admits(frame.camera());
    if (admission == Admission.CAMERA_CAP) {
      // Not what is to be met, so the law does not hear of it.
      return labels.shed(frame, taken, Labels.CAMERA_CAP);
    }
    tally.arrives(taken.nowNanos(), taken.capturedNanos());
    if (tooOld) {
      return labels.shed(frame, taken, Labels.TOO_OLD);
    }
    return admission == Admission.THINNED
        ? labels.shed(frame, taken, Labels.THINNED)
        : looked(frame, camera, taken);
  }

  private Label looked(Frame frame, CameraView camera, Moment taken) {
    long seed = Seeds.of(frame);
    boolean audit =
        audits.chooses(Seeds.ofPlace(frame)) && governor.cameras().allowsAudit(frame.camera());
    double position = governor.cameras().position(frame.camera());
    ReadyModel looking = opened(model);
    float[] thresholds = looking.bundle().frontier().thresholds(position, seed);
    if (audit) {
      Arrays.fill(thresholds, Treatment.NEVER_SURE);
    }
    Treatment treatment =
        new Treatment(frame.camera(), taken, position, thresholds, audit, governor, clock);
    long cpuBefore = clock.threadCpuNanos();
    Sight sight = looking.classifier().classify(frame.image(), thresholds, treatment);
    Moment now = taken.at(clock.epochNanos());
    if (sight instanceof Sight.Unreadable unreadable) {
      // Decoding was paid for all the same; without this, a cap would not hold for broken frames.
      governor.cameras().spent(frame.camera(), clock.threadCpuNanos() - cpuBefore, 0);
      emit(new DeadLetter(frame, unreadable.reason(), unreadable.detail()));
      return labels.unreadable(frame, taken, now, unreadable.reason());
    }
    Sight.Verdict verdict = (Sight.Verdict) sight;
    governor.cameras().spent(frame.camera(), counted(verdict), verdict.looks().size());
    audits.saw(frame.camera(), verdict, audit, now.nowMillis());
    camera
        .sees(
            looking.bundle().classes(),
            verdict.probabilities(),
            verdict.best(),
            taken.plausibleMillis())
        .ifPresent(this::emit);
    return labels.classified(frame, now, verdict, treatment);
  }

  /** Counts the stages of a frame; returns the CPU time of all. */
  private long counted(Sight.Verdict verdict) {
    tally.decoded(verdict.decodeNanos());
    long all = verdict.decodeNanos();
    for (int look = 0; look < verdict.looks().size(); look++) {
      long nanos = verdict.looks().get(look).cpuNanos();
      if (look == 0) {
        tally.glanced(nanos);
      } else {
        tally.focused(nanos);
      }
      all += nanos;
    }
    return all;
  }

  /** A control record, or somebody's news. */
  @Override
  public void processElement2(StreamRecord<Notice> element) {
    Demand news = element.getValue().news();
    if (news != null) {
      governor.hear(news, clock.elapsedNanos());
    }
    byte[] control = element.getValue().control();
    if (control != null) {
      follow(control);
    }
  }

  private void follow(byte[] control) {
    if (ModelOrder.isOne(control)) {
      opened(succession).order(control);
      tellOfModels();
      return;
    }
    Status answer = governor.follow(control, clock.epochNanos(), clock.elapsedNanos());
    audits.follow(governor.budget());
    if (answer.reason() != null) {
      LOG.warn("Control record refused: {}", answer.reason());
    } else {
      LOG.info("Control record of epoch {} accepted", answer.epoch());
    }
    emit(answer);
  }

  @Override
  public void finish() throws Exception {
    decide();
    super.finish();
  }

  private void awaitTick() {
    // Registered anew each time: after a long wait for a sink one tick is due, not many.
    long next = getProcessingTimeService().getCurrentProcessingTime() + TICK_MILLIS;
    // A tick that fails makes the task fail; there is nothing to wait for.
    var unused =
        getProcessingTimeService()
            .registerTimer(
                next,
                time -> {
                  decide();
                  opened(succession).ready().ifPresent(this::follow);
                  tellOfModels();
                  awaitTick();
                });
  }

  private void tellOfModels() {
    for (Succession.Answer answer : opened(succession).answers()) {
      if (answer.refusal() == null) {
        LOG.info("Model {} of order {} is in force", opened(model).bundle().id(), answer.epoch());
      } else {
        LOG.warn("Model of order {} refused: {}", answer.epoch(), answer.refusal());
      }
      emit(governor.answer(answer.epoch(), answer.refusal(), clock.epochNanos()));
    }
  }

  private void decide() {
    double meanAgeNanos = tally.meanAgeNanos();
    long elapsed = clock.elapsedNanos();
    long epoch = clock.epochNanos();
    long cpu = clock.threadCpuNanos();
    tally.spent(cpu - cpuNanos);
    cpuNanos = cpu;
    Observation seen = tally.take(steady.now(epoch, elapsed));
    emit(governor.decide(seen, elapsed));
    cameras.listen(epoch / 1_000_000, this::emit);
    audits.passes(elapsed);
    meters.tick(seen, meanAgeNanos, elapsed);
    governor
        .news(elapsed, () -> meters.is(audits.accuracy(governor.point().position())))
        .ifPresent(this::emit);
  }

  private void emit(Event event) {
    meters.countEvent();
    emit(Outputs.EVENTS, event);
  }

  private void emit(DeadLetter letter) {
    meters.countDeadLetter();
    emit(Outputs.DEAD_LETTERS, letter);
  }

  private void emit(Status status) {
    emit(Outputs.STATUS, status);
  }

  private <T> void emit(OutputTag<T> tag, T value) {
    long started = clock.elapsedNanos();
    output.collect(tag, new StreamRecord<>(value));
    handingOnNanos += clock.elapsedNanos() - started;
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the operator must be open, but was not");
    }
    return part;
  }

  @Override
  public void close() throws Exception {
    // Also after an open() that failed half-way.
    try {
      IOUtils.closeAll(succession, model);
    } finally {
      succession = null;
      model = null;
      super.close();
    }
  }
}
