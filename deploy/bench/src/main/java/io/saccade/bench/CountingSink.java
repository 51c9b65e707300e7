package io.saccade.bench;

import io.saccade.wire.Label;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts labels and forgets them. */
final class CountingSink implements Sink<Label> {
  private static final long serialVersionUID = 1;

  /** Of this process: Flink makes copies of a sink. */
  static final Counter COUNTER = new Counter();

  @Override
  public SinkWriter<Label> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Label label, Context where) {
        COUNTER.count(label);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
