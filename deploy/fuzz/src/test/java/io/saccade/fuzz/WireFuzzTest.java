package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/**
 * Every kind of JSON record. The first byte of an input is the kind, {@code 0} to {@code 5}: label,
 * event, control, status, camera status, order for a model; the rest is the record.
 */
class WireFuzzTest {
  private static final List<JsonCodec<?>> CODECS =
      List.of(
          JsonCodec.LABEL,
          JsonCodec.EVENT,
          JsonCodec.CONTROL,
          JsonCodec.STATUS,
          JsonCodec.CAMERA_STATUS,
          JsonCodec.MODEL_ORDER);
  private static final int LONGEST_COMPLAINT = 2500;

  @FuzzTest
  @Timeout(20)
  void record(byte[] input) {
    if (input.length == 0) {
      return;
    }
    readOrRefuse(
        CODECS.get(Math.floorMod(input[0] - '0', CODECS.size())),
        Arrays.copyOfRange(input, 1, input.length));
  }

  private static <T> void readOrRefuse(JsonCodec<T> codec, byte[] json) {
    T record;
    try {
      record = codec.decode(json);
    } catch (MalformedRecordException e) {
      Promise.oneLine(e.getMessage(), LONGEST_COMPLAINT);
      return;
    }
    // Bytes rather than records: half of a surrogate pair is written as a question mark.
    byte[] written = codec.encode(record);
    assertThat(codec.encode(codec.decode(written))).isEqualTo(written);
  }
}
