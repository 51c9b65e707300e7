"""The two ONNX graphs of a bundle: one `run` of one graph is one look. Their contract is in docs/bundle.md.

memory = [ policy state | memory of the heads, see heads.py ]
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import nn

from saccade_training.network import GlanceFocus
from saccade_training.onnx_files import graph_of, session


def memory_size(network: GlanceFocus) -> int:
    return network.policy.hidden + network.heads.memory_size


class GlanceGraph(nn.Module):
    """Look 1: there is no memory yet."""

    def __init__(self, network: GlanceFocus):
        super().__init__()
        self.encoder, self.heads, self.policy = network.glance_encoder, network.heads, network.policy
        self.register_buffer("state", network.policy.start(1).clone())

    def forward(self, view):
        feature, seen = self.encoder.see(view)
        action, state = self.policy(seen, self.state)
        logits, memory = self.heads.first(feature)
        return torch.softmax(logits, dim=1), action, torch.cat([state, memory], dim=1)


class FocusGraph(nn.Module):
    """Looks 2 to T."""

    def __init__(self, network: GlanceFocus):
        super().__init__()
        self.encoder, self.heads, self.policy = network.focus_encoder, network.heads, network.policy

    def forward(self, view, memory):
        state, past = memory[:, : self.policy.hidden], memory[:, self.policy.hidden :]
        feature, seen = self.encoder.see(view)
        action, state = self.policy(seen, state)
        logits, past = self.heads.later(feature, past)
        return torch.softmax(logits, dim=1), action, torch.cat([state, past], dim=1)


def folded(network: GlanceFocus) -> GlanceFocus:
    """A copy for inference on the CPU, its batch norms folded into the convolutions."""
    inference = copy.deepcopy(network).eval().to("cpu", memory_format=torch.contiguous_format)
    inference.glance_encoder.fold()
    inference.focus_encoder.fold()
    return inference.requires_grad_(False)


def export(network: GlanceFocus) -> tuple[bytes, bytes]:
    """glance.onnx and focus.onnx, checked against the network itself on random pictures."""
    inference, random = folded(network), torch.Generator().manual_seed(1)
    sides = network.geometry.glance, network.geometry.patch
    whole, part = (torch.rand(1, side, side, 3, generator=random) * 255 for side in sides)
    memory = GlanceGraph(inference)(whole)[2]
    outputs = ["probabilities", "action", "next_memory"]
    glance = graph_of(GlanceGraph(inference), (whole,), ["view"], outputs)
    focus = graph_of(FocusGraph(inference), (part, memory), ["view", "memory"], outputs)
    check_parity(network, glance, focus)
    return glance, focus


def check_parity(network: GlanceFocus, glance: bytes, focus: bytes, tolerance: float = 1e-4) -> float:
    """The largest difference of the graphs to the network, relative to the largest value; at most `tolerance`."""
    geometry = network.geometry
    network, random = copy.deepcopy(network).eval().cpu(), np.random.default_rng(7)
    first, later, worst = session(glance), session(focus), 0.0

    def pixels(side: int) -> np.ndarray:
        return (random.random((1, side, side, 3)) * 255).astype(np.float32)

    def compare(name: str, theirs: np.ndarray, ours: torch.Tensor) -> None:
        nonlocal worst
        expected = ours.numpy()
        difference = float(np.abs(theirs - expected).max() / max(1e-6, np.abs(expected).max()))
        worst = max(worst, difference)
        if not difference <= tolerance:
            raise ValueError(
                f"the exported {name} must be within {tolerance} of the network's, but was {difference} off"
            )

    with torch.no_grad():
        for _ in range(4):
            view = pixels(geometry.glance)
            probabilities, action, memory = first.run(None, {"view": view})
            feature, seen = network.glance(torch.from_numpy(view))
            features = [feature]
            wanted, state = network.policy(seen, network.policy.start(1))
            compare("glance probabilities", probabilities, torch.softmax(network.classify(features), 1))
            compare("glance action", action, wanted)
            for look in range(2, geometry.steps + 1):
                view = pixels(geometry.patch)
                probabilities, action, memory = later.run(None, {"view": view, "memory": memory})
                feature, seen = network.focus(torch.from_numpy(view))
                features.append(feature)
                wanted, state = network.policy(seen, state)
                compare(f"probabilities of look {look}", probabilities, torch.softmax(network.classify(features), 1))
                compare(f"action of look {look}", action, wanted)
                compare(f"policy state of look {look}", memory[:, : network.policy.hidden], state)
            if probabilities.shape != (1, geometry.classes):
                raise ValueError(f"probabilities must be [1, {geometry.classes}], but were {list(probabilities.shape)}")
    return worst
