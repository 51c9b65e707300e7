package io.saccade.job.classify;

import io.saccade.wire.Label;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Sinks that keep whoever writes to them waiting, as those of a slow broker do. */
final class SlowSinks implements Output<StreamRecord<Label>> {
  private final FakeClock clock;
  private final long waitNanos;
  private final List<Object> aside = new ArrayList<>();

  SlowSinks(FakeClock clock, long waitNanos) {
    this.clock = clock;
    this.waitNanos = waitNanos;
  }

  /** What was written beside the labels, of one type. */
  <T> List<T> aside(Class<T> type) {
    return aside.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void collect(StreamRecord<Label> label) {
    clock.pass(waitNanos);
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> value) {
    clock.pass(waitNanos);
    aside.add(value.getValue());
  }

  @Override
  public void emitWatermark(Watermark mark) {}

  @Override
  public void emitWatermark(WatermarkEvent mark) {}

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void close() {}
}
