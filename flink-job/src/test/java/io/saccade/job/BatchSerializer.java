package io.saccade.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Batches of collected records, for the state of a {@link CollectingSink}. */
final class BatchSerializer implements SimpleVersionedSerializer<CollectingSink.Batch> {

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(CollectingSink.Batch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(batch.id().toString());
      out.writeInt(batch.records().size());
      for (byte[] record : batch.records()) {
        out.writeInt(record.length);
        out.write(record);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public CollectingSink.Batch deserialize(int version, byte[] serialized) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      UUID id = UUID.fromString(in.readUTF());
      int count = in.readInt();
      List<byte[]> records = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        records.add(in.readNBytes(in.readInt()));
      }
      return new CollectingSink.Batch(id, records);
    }
  }
}
