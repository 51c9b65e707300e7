package io.saccade.bench;

import io.saccade.camera.CapturedFrame;
import io.saccade.wire.Frame;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Numbers to frames: the same pictures over and over, while the gate is open. */
final class Replay implements MapFunction<Long, Frame> {
  private static final long serialVersionUID = 1;
  private static final int CAMERAS = 10;

  /** Of this process: Flink makes copies of a function. */
  static final Gate GATE = new Gate();

  private static volatile List<byte[]> jpegs = List.of();

  /** The pictures to come; kept out of the function, which Flink would write into the job. */
  static void show(List<byte[]> pictures) {
    jpegs = List.copyOf(pictures);
  }

  @Override
  public Frame map(Long number) throws InterruptedException {
    GATE.pass();
    return new Frame(
        camera(number),
        number / CAMERAS,
        System.currentTimeMillis(),
        CapturedFrame.JPEG,
        jpegs.get((int) (number % jpegs.size())),
        0,
        number);
  }

  static String camera(long number) {
    return "camera-" + number % CAMERAS;
  }
}
