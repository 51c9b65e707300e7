package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.job.classify.Outputs;
import io.saccade.job.control.AuditState;
import io.saccade.job.control.GovernorState;
import io.saccade.job.control.ModelState;
import io.saccade.job.control.Notice;
import io.saccade.job.events.CameraState;
import io.saccade.wire.Frame;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TypesTest {
  private static final List<TypeInformation<?>> FLOWING =
      List.of(
          Outputs.FRAME,
          Outputs.LABEL,
          Outputs.EVENTS.getTypeInfo(),
          Outputs.DEAD_LETTERS.getTypeInfo(),
          Outputs.STATUS.getTypeInfo(),
          TypeInformation.of(GovernorState.class),
          TypeInformation.of(CameraState.class),
          TypeInformation.of(AuditState.class),
          TypeInformation.of(ModelState.class),
          TypeInformation.of(Notice.class));

  @Test
  void whatFlowsAndWhatIsKeptNeedsNoKryo() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    SerializerConfigImpl config = new SerializerConfigImpl(strict);
    for (TypeInformation<?> type : FLOWING) {
      assertThat(type).isInstanceOf(PojoTypeInfo.class);
      // Refuses when there is a generic type anywhere inside.
      assertThat(type.createSerializer(config)).isNotNull();
    }
  }

  @Test
  void aFrameOfEightMebibytesComesThroughUnchanged() throws IOException {
    byte[] image = new byte[8 << 20];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (i * 31);
    }
    Frame frame = new Frame("gate", 1, 2, null, image, 3, 4);
    TypeSerializer<Frame> serializer = Outputs.FRAME.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(1024);
    serializer.serialize(frame, out);
    Frame back = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(back.image()).isEqualTo(image);
    assertThat(back.camera()).isEqualTo("gate");
    assertThat(back.contentType()).isNull();
    assertThat(back.offset()).isEqualTo(4);
  }
}
