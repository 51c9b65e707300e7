"""A bundle of 8-bit integers from one of floats: static quantisation of the convolutions, per channel.

Weights are signed bytes, activations unsigned ones: the pair that VNNI multiplies. Where a graph begins and where it
ends stays in floats: the first convolution sees raw pixels, and the policy's places and the class layers decide.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from saccade_training.existing import CARD, ExistingBundle
from saccade_training.eye import as_pixels
from saccade_training.onnx_files import session
from saccade_training.pictures import classes_of, load, scan
from saccade_training.views import glance_of, offsets_of, patch_of

BYTES = ["Conv", "Add", "Clip", "Relu"]


class _Inputs(CalibrationDataReader):
    def __init__(self, inputs: list[dict[str, np.ndarray]]):
        self._left = iter(inputs)

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._left, None)


def views_for(bundle: ExistingBundle, data: Path, frames: int) -> np.ndarray:
    """Views of training pictures, evenly over classes and clips."""
    if frames < 1:
        raise ValueError(f"--frames must be at least 1, but was {frames}")
    classes = classes_of(data)
    found = scan(data, "train", classes)
    chosen = np.unique(np.linspace(0, len(found) - 1, frames).round().astype(int))
    view = bundle.manifest["view"]
    return load(
        [found[i] for i in chosen],
        classes,
        bundle.manifest["imageSize"],
        fit=view["fit"],
        reduced=view["reducedDecode"],
    ).views


def quantised(bundle: ExistingBundle, views: np.ndarray) -> ExistingBundle:
    """The same bundle with graphs of bytes, and golden looks and a card to go with them."""
    old = bundle.without_evaluation()
    glances, focuses = inputs_of(old, views)
    graphs = [of_bytes(old.graph(role), seen) for role, seen in (("glance", glances), ("focus", focuses))]
    words = f"Quantised to 8 bits on {len(views)} training pictures; the thresholds are those solved for the floats."
    card = old.files.get(CARD, b"").decode().rstrip() + f"\n\n## 8 bits\n\n{words} Figures above are of the floats.\n"
    return old.with_graphs(
        *graphs,
        version=old.manifest["version"] + "-int8",
        description=old.manifest["description"] + ", 8-bit integers",
    ).with_files({CARD: card.encode()})


def inputs_of(bundle: ExistingBundle, views: np.ndarray) -> tuple[list[dict], list[dict]]:
    """What the two graphs are given while the policy looks at these views."""
    eye, first, later = bundle.eye(), session(bundle.graph("glance")), session(bundle.graph("focus"))
    glances, focuses = [], []
    for view in views:
        glances.append({"view": as_pixels(glance_of(view, eye.side))})
        _, action, memory = first.run(None, glances[-1])
        for _ in range(1, eye.steps):
            top, left = (int(value) for value in offsets_of(action[0], eye.image, eye.patch))
            focuses.append({"view": as_pixels(patch_of(view, top, left, eye.patch)), "memory": memory})
            _, action, memory = later.run(None, focuses[-1])
    return glances, focuses


def of_bytes(graph: bytes, inputs: list[dict]) -> bytes:
    nodes = onnx.load_from_string(graph).graph.node
    first = next(node.name for node in nodes if node.op_type == "Conv")
    kept = [first, *(node.name for node in nodes if node.name.startswith("/policy"))]
    logging.getLogger().addFilter(_not_preprocessed)
    try:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "floats.onnx", Path(folder) / "bytes.onnx"
            source.write_bytes(graph)
            quantize_static(source, target, _Inputs(inputs), quant_format=QuantFormat.QDQ, per_channel=True,
                            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
                            op_types_to_quantize=BYTES, nodes_to_exclude=kept)  # fmt: skip
            model = onnx.load(target)
    finally:
        logging.getLogger().removeFilter(_not_preprocessed)
    standard = [entry for entry in model.opset_import if entry.domain in ("", "ai.onnx")]
    del model.opset_import[:]
    model.opset_import.extend(standard)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def _not_preprocessed(record: logging.LogRecord) -> bool:
    """It advises a step that the export has done already."""
    return "pre-processing before quantization" not in record.getMessage()
