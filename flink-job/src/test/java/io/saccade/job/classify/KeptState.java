package io.saccade.job.classify;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** What subtasks of the classifier kept, by the names of its states, read without running it. */
record KeptState(OperatorSubtaskState state) {

  /** Of all subtasks of the classifier in a savepoint, in their order. */
  static KeptState ofSavepoint(Path folder) {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(folder.resolve("_metadata")))) {
      OperatorSubtaskState[] subtasks =
          Checkpoints.loadCheckpointMetadata(
                  in, KeptState.class.getClassLoader(), folder.toAbsolutePath().toString())
              .getOperatorStates()
              .stream()
              .flatMap(KeptState::subtasks)
              .filter(kept -> kept.names().contains("governor"))
              .map(KeptState::state)
              .toArray(OperatorSubtaskState[]::new);
      if (subtasks.length == 0) {
        throw new IllegalArgumentException("no classifier in " + folder);
      }
      return together(subtasks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeptState together(OperatorSubtaskState... subtasks) {
    try {
      return new KeptState(AbstractStreamOperatorTestHarness.repackageState(subtasks));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<KeptState> subtasks(OperatorState operator) {
    return new TreeMap<>(operator.getSubtaskStates()).values().stream().map(KeptState::new);
  }

  private Stream<OperatorStateHandle> handles() {
    return state.getManagedOperatorState().stream();
  }

  /** The names of the states. */
  List<String> names() {
    return handles()
        .flatMap(handle -> handle.getStateNameToPartitionOffsets().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** How each state was written; {@code loader} knows the types. */
  Map<String, TypeSerializerSnapshot<?>> written(ClassLoader loader) {
    Map<String, TypeSerializerSnapshot<?>> written = new TreeMap<>();
    handles().forEach(handle -> written.putAll(written(handle, loader)));
    return written;
  }

  private static Map<String, TypeSerializerSnapshot<?>> written(
      OperatorStateHandle handle, ClassLoader loader) {
    OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(loader);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, TypeSerializerSnapshot<?>> written = new TreeMap<>();
    for (StateMetaInfoSnapshot state : proxy.getOperatorStateMetaInfoSnapshots()) {
      TypeSerializerSnapshot<?> snapshot =
          state.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER);
      if (snapshot != null) {
        written.put(state.getName(), snapshot);
      }
    }
    return written;
  }

  /** The values under a name, as today's type reads them. */
  <T> List<T> values(String name, Class<T> type) {
    List<T> values = new ArrayList<>();
    handles().forEach(handle -> values.addAll(values(handle, name, type)));
    return values;
  }

  private static <T> List<T> values(OperatorStateHandle handle, String name, Class<T> type) {
    OperatorStateHandle.StateMetaInfo places = handle.getStateNameToPartitionOffsets().get(name);
    TypeSerializerSnapshot<?> written = written(handle, type.getClassLoader()).get(name);
    List<T> values = new ArrayList<>();
    if (places == null || written == null) {
      return values;
    }
    TypeSerializer<?> serializer = written.restoreSerializer();
    try (FSDataInputStream in = handle.openInputStream()) {
      for (long place : places.getOffsets()) {
        in.seek(place);
        values.add(type.cast(serializer.deserialize(new DataInputViewStreamWrapper(in))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
