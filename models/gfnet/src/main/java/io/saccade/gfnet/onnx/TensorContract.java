package io.saccade.gfnet.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The tensors a graph must have (docs/bundle.md): names, float32, fixed shapes, none beyond them.
 */
record TensorContract(Map<String, long[]> inputs, Map<String, long[]> outputs) {

  static TensorContract glance(GraphShapes shapes) {
    return new TensorContract(Map.of("view", shapes.glanceShape()), outputs(shapes));
  }

  static TensorContract focus(GraphShapes shapes) {
    Map<String, long[]> inputs = new LinkedHashMap<>();
    inputs.put("view", shapes.patchShape());
    inputs.put("memory", shapes.memoryShape());
    return new TensorContract(inputs, outputs(shapes));
  }

  private static Map<String, long[]> outputs(GraphShapes shapes) {
    Map<String, long[]> outputs = new LinkedHashMap<>();
    outputs.put("probabilities", shapes.probabilitiesShape());
    outputs.put("action", shapes.actionShape());
    outputs.put("next_memory", shapes.memoryShape());
    return outputs;
  }

  /** Whether a graph has these tensors and no others; says so of each that differs. */
  boolean isKept(
      Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs, Consumer<String> complaints) {
    List<String> found = new ArrayList<>();
    compare("input", this.inputs, inputs, found);
    compare("output", this.outputs, outputs, found);
    found.forEach(complaints);
    return found.isEmpty();
  }

  private static void compare(
      String kind,
      Map<String, long[]> expected,
      Map<String, NodeInfo> found,
      List<String> complaints) {
    expected.forEach(
        (name, shape) -> {
          NodeInfo node = found.get(name);
          String seen = node == null ? "missing" : text(node);
          String wanted = "FLOAT " + Arrays.toString(shape);
          if (!seen.equals(wanted)) {
            complaints.add("%s %s must be %s, but was %s".formatted(kind, name, wanted, seen));
          }
        });
    for (String name : new TreeSet<>(found.keySet())) {
      if (!expected.containsKey(name)) {
        complaints.add(
            "%ss must be %s, but there was also %s".formatted(kind, expected.keySet(), name));
      }
    }
  }

  private static String text(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)) {
      return "no tensor";
    }
    String type = tensor.type == OnnxJavaType.FLOAT ? "FLOAT" : tensor.onnxType.toString();
    return type + " " + Arrays.toString(tensor.getShape());
  }
}
