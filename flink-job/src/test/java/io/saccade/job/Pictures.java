package io.saccade.job;

import io.saccade.wire.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** The same picture again and again, and now and then something that is none. */
final class Pictures extends RichMapFunction<Long, Frame> {
  private final String file;
  private final int unreadableEach;
  private transient byte[] picture = new byte[0];

  Pictures(String file, int unreadableEach) {
    this.file = file;
    this.unreadableEach = unreadableEach;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    picture = Files.readAllBytes(Path.of(file));
  }

  @Override
  public Frame map(Long number) {
    boolean unreadable = number % unreadableEach == 0;
    return new Frame(
        "camera-" + number % 3,
        number,
        System.currentTimeMillis(),
        null,
        unreadable ? new byte[] {1, 2, 3, 4} : picture,
        0,
        number);
  }
}
