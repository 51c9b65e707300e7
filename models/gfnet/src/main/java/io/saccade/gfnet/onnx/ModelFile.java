package io.saccade.gfnet.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What the runtime must know of an ONNX file before it loads it. Field numbers are those of
 * onnx.proto3; ONNX Runtime's own metadata gives neither.
 *
 * @param opset version of the standard operators; 0 if the file names none
 * @param externalTensors names of tensors whose values lie in other files
 */
record ModelFile(long opset, List<String> externalTensors) {
  private static final long EXTERNAL = 1;

  /** Subgraphs of subgraphs: no network has so many, and the reading must end. */
  private static final int DEEPEST = 32;

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException for what is not an ONNX model
   */
  static ModelFile of(byte[] onnx) {
    List<String> external = new ArrayList<>();
    long opset = 0;
    boolean graph = false;
    Protobuf model = new Protobuf(onnx);
    while (model.next()) {
      switch (model.field()) {
        case 7 -> {
          graph = true;
          graph(model.message(), external, 0);
        }
        case 8 -> opset = Math.max(opset, standardOpset(model.message()));
        case 20 -> training(model.message(), external);
        case 25 -> nodes(model.message(), 7, external, 0);
        default -> {}
      }
    }
    if (!graph) {
      throw new IllegalArgumentException("an ONNX model must have a graph, but had none");
    }
    return new ModelFile(opset, List.copyOf(external));
  }

  /** Whether the file may be loaded; says what is wrong with it. */
  static boolean isSound(GraphFile file, int opset, BiConsumer<String, String> complaints) {
    ModelFile model;
    try {
      model = of(file.onnx());
    } catch (IllegalArgumentException e) {
      complaints.accept(file.name(), "must be an ONNX model, but was not: " + e.getMessage());
      return false;
    }
    if (model.opset() != opset) {
      complaints.accept(
          file.name(), "opset must be %d, but was %d".formatted(opset, model.opset()));
    }
    if (!model.externalTensors().isEmpty()) {
      complaints.accept(
          file.name(),
          "must hold all its values itself, but those of %s lie in other files"
              .formatted(model.externalTensors()));
    }
    return model.opset() == opset && model.externalTensors().isEmpty();
  }

  private static long standardOpset(Protobuf opset) {
    String domain = "";
    long version = 0;
    while (opset.next()) {
      if (opset.field() == 1) {
        domain = opset.text();
      } else if (opset.field() == 2) {
        version = opset.number();
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private static void training(Protobuf training, List<String> external) {
    while (training.next()) {
      if (training.field() == 1 || training.field() == 2) {
        graph(training.message(), external, 0);
      }
    }
  }

  private static void graph(Protobuf graph, List<String> external, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "an ONNX model must nest at most %d graphs".formatted(DEEPEST));
    }
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message(), external, depth);
        case 5 -> tensor(graph.message(), external);
        case 15 -> sparse(graph.message(), external);
        default -> {}
      }
    }
  }

  private static void nodes(Protobuf function, int field, List<String> external, int depth) {
    while (function.next()) {
      if (function.field() == field) {
        node(function.message(), external, depth);
      }
    }
  }

  private static void node(Protobuf node, List<String> external, int depth) {
    while (node.next()) {
      if (node.field() == 5) {
        attribute(node.message(), external, depth);
      }
    }
  }

  private static void attribute(Protobuf attribute, List<String> external, int depth) {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> tensor(attribute.message(), external);
        case 6, 11 -> graph(attribute.message(), external, depth + 1);
        case 22, 23 -> sparse(attribute.message(), external);
        default -> {}
      }
    }
  }

  private static void sparse(Protobuf sparse, List<String> external) {
    while (sparse.next()) {
      if (sparse.field() == 1 || sparse.field() == 2) {
        tensor(sparse.message(), external);
      }
    }
  }

  private static void tensor(Protobuf tensor, List<String> external) {
    String name = "";
    boolean elsewhere = false;
    while (tensor.next()) {
      switch (tensor.field()) {
        case 8 -> name = tensor.text();
        case 13 -> elsewhere = true;
        case 14 -> elsewhere |= tensor.number() == EXTERNAL;
        default -> {}
      }
    }
    if (elsewhere) {
      external.add(name);
    }
  }
}
