package io.saccade.job;

import io.saccade.wire.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails in mid-stream, once, some frames after a checkpoint was completed. */
final class FailsOnce extends RichMapFunction<Frame, Frame> implements CheckpointListener {
  private static final Map<String, Integer> FAILURES = new ConcurrentHashMap<>();
  private static final int FRAMES_AFTER_CHECKPOINT = 50;

  private final String run;
  private boolean checkpointed;
  private int since;

  FailsOnce(String run) {
    this.run = run;
  }

  static int failures(String run) {
    return FAILURES.getOrDefault(run, 0);
  }

  @Override
  public Frame map(Frame frame) {
    if (checkpointed && ++since > FRAMES_AFTER_CHECKPOINT && failures(run) == 0) {
      FAILURES.merge(run, 1, Integer::sum);
      throw new IllegalStateException("a failure for the test");
    }
    return frame;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    checkpointed = true;
  }
}
