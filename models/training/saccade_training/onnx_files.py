"""ONNX files: written plainly, so that any runtime of the opset runs them, and counted."""

from __future__ import annotations

import io
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import nn

OPSET = 17


def graph_of(module: nn.Module, inputs: tuple, names: list[str], outputs: list[str]) -> bytes:
    """The module as an ONNX file, its shapes fixed to those of `inputs`."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():  # tracing fixes the shapes, which is what is wanted here
        warnings.simplefilter("ignore")
        torch.onnx.export(module.eval(), inputs, buffer, input_names=names, output_names=outputs,
                          opset_version=OPSET, dynamo=False)  # fmt: skip
    model = onnx.load_from_string(_constants_folded(buffer.getvalue()))
    _pads_into_convolutions(model.graph)
    standard = [entry for entry in model.opset_import if entry.domain in ("", "ai.onnx")]
    del model.opset_import[:]  # ONNX Runtime lists every domain it knows; only the standard's is used
    model.opset_import.extend(standard)
    model.graph.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def _constants_folded(graph: bytes) -> bytes:
    """Lets ONNX Runtime work out what is constant; its basic level keeps to the operators of the standard."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = str(Path(folder) / "graph.onnx")
        onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return Path(options.optimized_model_filepath).read_bytes()


def _pads_into_convolutions(graph: onnx.GraphProto) -> None:
    """SAME padding with a stride exports as Pad + Conv; a convolution takes uneven pads itself, without the copy."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    values |= {node.output[0]: numpy_helper.to_array(node.attribute[0].t) for node in graph.node
               if node.op_type == "Constant" and node.attribute[0].name == "value"}  # fmt: skip
    pads = {node.output[0]: node for node in graph.node if node.op_type == "Pad"}
    for conv in (node for node in graph.node if node.op_type == "Conv" and node.input[0] in pads):
        pad = pads[conv.input[0]]
        amounts = values[pad.input[1]].tolist()
        if amounts[:2] + amounts[4:6] != [0, 0, 0, 0]:
            raise ValueError(f"only height and width can be padded, but the pads were {amounts}")
        attribute = next(a for a in conv.attribute if a.name == "pads")
        attribute.ints[:] = [a + b for a, b in zip(attribute.ints, amounts[2:4] + amounts[6:8])]
        conv.input[0] = pad.input[0]
    _drop_unused(graph)


def _drop_unused(graph: onnx.GraphProto) -> None:
    while True:
        wanted = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
        dead = [node for node in graph.node if not any(out in wanted for out in node.output)]
        if not dead:
            break
        for node in dead:
            graph.node.remove(node)
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in wanted]:
        graph.initializer.remove(tensor)


def session(graph: bytes) -> onnxruntime.InferenceSession:
    """Runs a graph on one thread, as the runtime does."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def multiply_adds(graph: bytes) -> int:
    """Multiply-adds of convolutions and matrix products, counted on the graph that runs."""
    model = onnx.shape_inference.infer_shapes(onnx.load_from_string(graph), strict_mode=True, data_prop=True).graph
    shapes = {value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
              for value in (*model.value_info, *model.input, *model.output)}  # fmt: skip
    weights = {tensor.name: list(tensor.dims) for tensor in model.initializer}
    shapes |= weights
    total = 0
    for node in model.node:
        if node.op_type == "Conv":
            # output positions x weights used for each: channels in per group x kernel
            total += int(np.prod(shapes[node.output[0]])) * int(np.prod(weights[node.input[1]][1:]))
        elif node.op_type in ("Gemm", "MatMul"):
            matrix = next(name for name in node.input[:2] if name in weights)
            total += int(np.prod(weights[matrix]))
    return total
