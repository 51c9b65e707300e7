package io.saccade.camera;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what it is sent; what happens meanwhile can be scripted. */
final class RecordingSink implements FrameSink {
  private final List<CapturedFrame> frames = new CopyOnWriteArrayList<>();
  private final Consumer<CapturedFrame> meanwhile;
  private volatile boolean closed;

  RecordingSink() {
    this(frame -> {});
  }

  RecordingSink(Consumer<CapturedFrame> meanwhile) {
    this.meanwhile = meanwhile;
  }

  List<CapturedFrame> frames() {
    return frames;
  }

  List<CapturedFrame> frames(String camera) {
    return frames.stream().filter(frame -> frame.camera().equals(camera)).toList();
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void send(CapturedFrame frame, Receipt receipt) {
    frames.add(frame);
    meanwhile.accept(frame);
    receipt.acknowledged();
  }

  @Override
  public void close() {
    closed = true;
  }
}
