"""The import itself: read, rebuild, count, export, check, write."""

from __future__ import annotations

import hashlib
import platform
import time
from pathlib import Path

import onnxruntime
import torch

from saccade_training import bundle
from saccade_training.onnx_files import OPSET
from saccade_training.published.checkpoint import Checkpoint, UnusableCheckpoint, read_checkpoint
from saccade_training.published.configurations import Configuration, configuration
from saccade_training.published.graph import LookGraph, check_parity, memory_size
from saccade_training.published.network import PublishedNetwork
from saccade_training.published.operating import Operating, solved_operating, stored_adds, stored_operating
from saccade_training.published.seeing import LookEye, golden_of
from saccade_training.toy import textured_pictures

GOLDEN_SEED = 11


def import_checkpoint(given, say=print, known: Configuration | None = None) -> Path:
    """Writes the bundle that `given` (see command.py) asks for; `known` may be a backbone that was never published."""
    started = time.monotonic()
    torch.set_num_threads(1)
    bundle.check_place(given.out)
    found = read_checkpoint(given.checkpoint)
    backbone, patch, steps = _said(found, given)
    shape = known or configuration(backbone)
    classes = _classes(given.classes, found)
    if given.data is not None and given.classes is None:
        raise ValueError("--data needs --classes: its folders are named as the classes are")
    network = found.network(shape, patch, steps)
    say(f"read {given.checkpoint.name}: {shape.name}, looks of {patch}, at most {steps}, {found.classes} classes")
    graph = LookGraph(network)
    adds = graph.published_adds
    until, complaint = stored_adds(found.stored, adds)
    if complaint:
        say(f"warning: {complaint}")
    parity = check_parity(network, graph)
    say(
        "largest difference to PyTorch, relative: " + ", ".join(f"{name} {value:.1e}" for name, value in parity.items())
    )
    look = graph.onnx()
    eye = LookEye(look, network)
    operating = _operating(given, found, until, shape, eye, classes, say)
    views = textured_pictures(24, shape.image, GOLDEN_SEED)
    golden = golden_of(bundle.golden_of(eye, views), shape)
    before = round((shape.resize - shape.image) / 2)
    view = golden[before : before + shape.image, before : before + shape.image]
    identity = bundle.Identity(
        given.id or given.out.resolve().name, given.version,
        given.description or f"Glance-and-Focus {shape.name}, {found.classes} classes, imported from {found.path.name}",
        given.licence, f"{found.path.name}, sha256 {_sha256(given.checkpoint)}; https://github.com/blackfeather-wang/GFNet-Pytorch",
    )  # fmt: skip
    card = _card(identity, network, graph, until, complaint, operating, parity)
    digest = bundle.put_together(given.out, _manifest(identity, network, graph, classes), {
        "look.onnx": look,
        "frontier.json": bundle.frontier_file(operating.calibration, operating.points),
        "golden.png": bundle.png(golden),
        "golden.json": bundle.golden_file(eye.looks(view)),
        "MODEL_CARD.md": card.encode(),
    })  # fmt: skip
    say(f"wrote {given.out}, manifest sha256 {digest}, {len(look) / 1e6:.0f} MB, in {time.monotonic() - started:.0f} s")
    return given.out


def _said(found: Checkpoint, given) -> tuple[str, int, int]:
    """Backbone, patch and steps: what was given, or else what the file says."""
    stored = found.stored
    flops = stored.get("flops")
    said = {
        "backbone": stored.get("model_name"),
        "patch": stored.get("patch_size"),
        "steps": len(flops) if hasattr(flops, "__len__") else None,
    }
    values = []
    for name, of_file in said.items():
        wanted = getattr(given, name)
        if wanted is None and of_file is None:
            raise UnusableCheckpoint(
                f"{found.path.name} does not say its {name}, as the training script's files do not: give --{name}"
            )
        if name == "steps" and None not in (wanted, of_file) and wanted != of_file:
            raise UnusableCheckpoint(
                f"{found.path.name} says that its steps are {of_file}, but they were to be {wanted}"
            )
        values.append(of_file if wanted is None else wanted)
    if values[2] < 2:
        raise UnusableCheckpoint(f"there must be at least 2 looks, the glance counted, but was {values[2]}")
    return tuple(values)


def _classes(path: Path | None, found: Checkpoint) -> list[str]:
    if path is None:
        return [f"class-{number}" for number in range(found.classes)]
    names = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if len(names) != found.classes:
        raise ValueError(f"{path} must have {found.classes} lines, one per class, but has {len(names)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{path} must name each class once, but names {', '.join(twice[:5])} more than once")
    return names


def _operating(given, found: Checkpoint, until, shape: Configuration, eye: LookEye, classes, say) -> Operating:
    if given.data is not None:
        return solved_operating(eye, shape, given.data, classes, given.points, say)
    stored = stored_operating(found.stored, until, eye.steps)
    if stored is None:
        raise UnusableCheckpoint(
            f"{found.path.name} stores no thresholds, as the training script's files do not: give --data, a folder of "
            "pictures per class, to solve them on"
        )
    return stored


def _manifest(identity: bundle.Identity, network: PublishedNetwork, graph: LookGraph, classes: list[str]) -> dict:
    shape = network.configuration
    return {
        "format": 1,
        "id": identity.id,
        "version": identity.version,
        "description": identity.description,
        "backbone": shape.name,
        "head": shape.head,
        "imageSize": shape.image,
        "patchSize": network.patch,
        "steps": network.steps,
        "classes": classes,
        "view": {
            "fit": "crop",
            "resize": shape.resize,
            "filter": shape.filter,
            "glance": shape.glance,
            "reducedDecode": False,
        },
        "memorySize": memory_size(network),
        "opset": OPSET,
        "graphs": {"glance": "look.onnx", "focus": "look.onnx"},
        "multiplyAdds": {"glance": graph.glance_adds, "focus": graph.focus_adds},
        "frontier": "frontier.json",
        "golden": "golden.json",
        "licence": identity.licence,
        "source": identity.source,
    }


def _card(identity, network, graph, until, complaint, operating: Operating, parity: dict[str, float]) -> str:
    shape, adds = network.configuration, graph.published_adds.cumsum()
    stored = [f"{value / 1e6:.2f}" for value in until] if until is not None else ["-"] * len(adds)
    parameters = sum(value.numel() for value in network.parameters())
    rows = [f"| {look + 1} | {adds[look] / 1e6:.2f} | {stored[look]} |" for look in range(len(adds))]
    differences = ", ".join(f"{name} {value:.1e}" for name, value in parity.items())
    lines = [
        f"# {identity.id} {identity.version}",
        "",
        f"{identity.description}. Imported, not trained here.",
        "",
        f"- Licence: {identity.licence}",
        f"- Source: {identity.source}",
        f"- {shape.name} encoders, view {shape.image} x {shape.image} out of {shape.resize}, looks of "
        f"{network.patch} x {network.patch}, at most {network.steps}; classifier: {shape.head}; "
        f"{parameters / 1e6:.1f} million weights.",
        "",
        "## Cost",
        "",
        "| looks | million multiply-adds, counted here | as the checkpoint says |",
        "|---|---|---|",
        *rows,
        "",
        *([f"Warning: {complaint}.", ""] if complaint else []),
        "## Exit thresholds",
        "",
        operating.story,
        f"Accuracy with every look, by the same source: {operating.points[-1].accuracy:.4f}.",
        "",
        "## Checked",
        "",
        f"The exported graph against PyTorch, largest relative difference: {differences}.",
        "",
        f"torch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}, Python {platform.python_version()}",
    ]
    return "\n".join(lines) + "\n"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
