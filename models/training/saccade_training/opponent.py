"""The static opponent as a bundle, so that it is measured by the very path of the product: decode, one look, exit.

Format 1 asks for two looks and a frontier that ends with all of them. The first is the whole view; the second costs as
much and changes nothing, so that only the frontier's first point is of interest.
"""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from torch import nn

from saccade_training import bundle
from saccade_training.eye import Eye
from saccade_training.frontier import ALWAYS, NEVER, Point
from saccade_training.material import Material
from saccade_training.network import Geometry
from saccade_training.onnx_files import graph_of, session
from saccade_training.runs import prepared
from saccade_training.settings import Settings
from saccade_training.static import WholeView, whole_record, whole_stages

OUTPUTS = ["probabilities", "action", "next_memory"]


class OneLook(nn.Module):
    """What the runtime asks of a graph, by an encoder that has no policy and remembers nothing but its answer."""

    def __init__(self, network: WholeView):
        super().__init__()
        self.encoder, self.head = network.encoder, network.head

    def forward(self, view, memory=None):
        feature, _ = self.encoder.see(view)
        probabilities = torch.softmax(self.head(feature), dim=1)
        if memory is not None:
            probabilities = probabilities * 0 + memory
        return probabilities, probabilities[:, :2] * 0 + 0.5, probabilities * 1.0


def export(network: WholeView) -> tuple[bytes, bytes]:
    """glance.onnx and focus.onnx, the first checked against the network on random pictures."""
    inference = copy.deepcopy(network).eval().to("cpu", memory_format=torch.contiguous_format).requires_grad_(False)
    inference.encoder.fold()
    view = torch.zeros(1, network.side, network.side, 3)
    memory = torch.zeros(1, network.geometry.classes)
    glance = graph_of(OneLook(inference), (view,), ["view"], OUTPUTS)
    focus = graph_of(OneLook(inference), (view, memory), ["view", "memory"], OUTPUTS)
    _check_parity(network, glance)
    return glance, focus


@torch.no_grad()
def _check_parity(network: WholeView, glance: bytes, tolerance: float = 1e-4) -> None:
    network, runs, random = copy.deepcopy(network).eval().cpu(), session(glance), np.random.default_rng(7)
    for _ in range(4):
        view = (random.random((1, network.side, network.side, 3)) * 255).astype(np.float32)
        wanted = torch.softmax(network.see(torch.from_numpy(view))[0], 1).numpy()
        off = float(np.abs(runs.run(None, {"view": view})[0] - wanted).max() / wanted.max())
        if not off <= tolerance:
            raise ValueError(f"the exported graph must be within {tolerance} of the network, but was {off} off")


def train_opponent(settings: Settings, say=print, dry_run: bool = False) -> Path | None:
    """As `runs.train`, of the same pictures with the same clips held out, for the network of one look."""
    if settings.side is None:
        raise ValueError("the side of the whole view must be given")
    if settings.looks or settings.cost:
        raise ValueError("--looks and --cost are for thresholds, but a network of one look has none")
    ready = prepared(settings, lambda shape: WholeView(shape, settings.side), whole_stages, say, dry_run)
    if ready is None:
        return None
    ready.run()
    return _finish(settings, ready.network, ready.material, ready.plan["steps"]["whole"], say)


def _finish(settings: Settings, network: WholeView, material: Material, steps: int, say) -> Path:
    networks = export(network)
    seen = whole_record(network, material.calibration)
    right = float(seen.accuracy()[0])
    clips = sorted(set(seen.clips.tolist()))
    geometry = Geometry(settings.backbone, settings.image, network.side, 2, network.geometry.classes, settings.head)
    eye = Eye.of(networks, geometry)
    digest = bundle.write(
        settings.out,
        bundle.Identity(settings.id, settings.version, settings.description, settings.licence, settings.source),
        geometry,
        material.train.classes,
        networks,
        network.geometry.classes,
        [Point((ALWAYS,), (1.0, 0.0), 1.0, right), Point((NEVER,), (0.0, 1.0), 2.0, right)],
        bundle.Calibration("train", clips, len(seen.labels), "one look"),
        bundle.golden_of(eye, material.calibration.views[:1]),
        "\n".join(_card(settings, network, material, right, len(seen.labels), steps)) + "\n",
        settings.fit,
    )
    say(f"pictures held out: {100 * right:.1f} % right")
    say(f"wrote {settings.out}, manifest sha256 {digest}")
    return settings.out


def _card(settings: Settings, network: WholeView, material: Material, right: float, held: int, steps: int) -> list[str]:
    return [
        f"# {settings.id} {settings.version}",
        "",
        f"{settings.description}. The static opponent of a Glance-and-Focus network: one {settings.backbone} on the "
        f"whole view at {network.side} x {network.side}, once. The runtime's format asks for a second look; it "
        "changes nothing.",
        "",
        f"- Licence: {settings.licence}",
        f"- Source: {settings.source}",
        f"- Trained on {len(material.train)} pictures, {steps} steps of {settings.batch}, seed {settings.seed}.",
        f"- {held} training pictures held out: {right:.3f} right.",
        f"- Command: `{settings.command}`",
    ]
