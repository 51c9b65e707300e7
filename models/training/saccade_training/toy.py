"""A whole bundle in a second, from seeded random weights: for tests of everything that reads bundles.

The weights are random, but nothing is made up: the pictures, the looks, the confidences and the frontier are computed
as for a trained network. The last layers are rescaled so that patches move about and confidences spread.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from saccade_training import bundle, graphs
from saccade_training.encoders import ConvNorm
from saccade_training.eye import Eye
from saccade_training.frontier import frontier
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.reference import write_reference
from saccade_training.views import glance_of, offsets_of, patch_of

GEOMETRY = Geometry(backbone="tiny", image=64, patch=32, steps=3, classes=5, head="cascade")
CLASSES = ["amber", "basalt", "cobalt", "dune", "ember"]


def textured_pictures(count: int, size: int, seed: int) -> np.ndarray:
    """Smooth colours, grain and a few shapes; no two alike."""
    random = np.random.default_rng(seed)
    pictures = np.empty((count, size, size, 3), dtype=np.uint8)
    for picture in pictures:
        coarse = random.integers(0, 256, (int(random.integers(2, 9)),) * 2 + (3,), dtype=np.uint8)
        canvas = cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC).astype(np.int16)
        canvas += random.normal(0, random.uniform(2, 30), canvas.shape).astype(np.int16)
        canvas = np.ascontiguousarray(np.clip(canvas, 0, 255).astype(np.uint8))
        for _ in range(int(random.integers(1, 4))):
            centre = tuple(int(value) for value in random.integers(0, size, 2))
            colour = tuple(int(value) for value in random.integers(0, 256, 3))
            cv2.circle(canvas, centre, int(random.integers(3, size // 4)), colour, -1)
        picture[:] = canvas
    return pictures


def random_network(seed: int, geometry: Geometry = GEOMETRY) -> GlanceFocus:
    torch.manual_seed(seed)
    network = GlanceFocus(geometry, pretrained=False, hidden=16, reduced=4)
    for module in network.modules():
        if isinstance(module, ConvNorm):  # batch norms that do something, so that folding them is put to the test
            nn.init.uniform_(module.norm.weight, 0.8, 1.6)
            nn.init.uniform_(module.norm.bias, -0.3, 0.5)
            nn.init.uniform_(module.norm.running_var, 0.05, 0.3)
            nn.init.uniform_(module.norm.running_mean, -0.2, 0.2)
    return network.eval()


@torch.no_grad()
def spread(network: GlanceFocus, views: np.ndarray) -> None:
    """Rescales actor and heads, look by look, until actions fill the square and confidences spread."""
    geometry, policy = network.geometry, network.policy
    pixels = torch.from_numpy(np.stack([glance_of(view, geometry.glance) for view in views]))
    feature, seen = network.glance(pixels)
    features, state = [feature], policy.start(len(views))
    _, state = policy(seen, state)
    wanted = policy.actor(state)
    gain = 1.3 / wanted.std(dim=0)
    policy.actor.weight *= gain[:, None]
    policy.actor.bias.copy_((policy.actor.bias - wanted.mean(dim=0)) * gain)
    for look, median in enumerate([0.50, 0.62, 0.74]):
        _spread_head(network.heads.layers[look], torch.cat(features, dim=1), median)
        if look + 1 == geometry.steps:
            break
        offsets = offsets_of(torch.sigmoid(policy.actor(state)).numpy(), geometry.image, geometry.patch)
        patches = [patch_of(view, top, left, geometry.patch) for view, (top, left) in zip(views, offsets)]
        feature, seen = network.focus(torch.from_numpy(np.stack(patches)))
        features.append(feature)
        _, state = policy(seen, state)


def _spread_head(head: nn.Linear, features: torch.Tensor, median: float) -> None:
    """Centres the logits and scales them until the median confidence is `median`."""
    logits = head(features)
    gain = 1 / logits.std(dim=0)
    head.weight *= gain[:, None]
    head.bias.copy_((head.bias - logits.mean(dim=0)) * gain)
    logits, low, high = head(features), 0.01, 100.0
    for _ in range(50):
        middle = (low * high) ** 0.5
        if torch.softmax(logits * middle, dim=1).amax(dim=1).median() < median:
            low = middle
        else:
            high = middle
    head.weight *= middle
    head.bias *= middle


def write_tiny(
    out: Path, seed: int = 20, pictures: int = 400, reference: Path | None = None, patch: int = GEOMETRY.patch
) -> str:
    """Writes the bundle, and what PyTorch says with the same network; returns the hash of its manifest."""
    geometry = replace(GEOMETRY, patch=patch)
    network = random_network(seed, geometry)
    views = textured_pictures(pictures, geometry.image, seed)
    spread(network, views)
    networks = graphs.export(network)
    eye = Eye.of(networks, geometry)
    looks = [eye.looks(view) for view in views]
    probabilities = np.array([[look.probabilities for look in of_view] for of_view in looks])
    # The truth of a picture is drawn from the last look's own probabilities, so that deeper looks know more.
    draws = np.random.default_rng(seed).random(pictures)[:, None]
    truth = (probabilities[:, -1].cumsum(axis=1) < draws).sum(axis=1).clip(max=geometry.classes - 1)
    points = frontier(probabilities.max(axis=2), probabilities.argmax(axis=2) == truth[:, None], points=12)
    if reference is not None:
        write_reference(reference, network, [list(point.thresholds) for point in points])
    identity = bundle.Identity(
        "tiny", "1.0.0", "Seeded random weights: for tests, it knows nothing", "Apache-2.0",
        f"python -m saccade_training tiny --seed {seed}" + (f" --patch {patch}" if patch != GEOMETRY.patch else ""),
    )  # fmt: skip
    card = (
        "# tiny\n\nRandom weights of a fixed seed, rescaled so that patches and confidences vary as in a trained "
        "network. For tests only; the classes are names without meaning.\n"
    )
    calibration = bundle.Calibration("synthetic", ["textured pictures"], pictures)
    return bundle.write(out, identity, geometry, CLASSES, networks, graphs.memory_size(network), points, calibration,
                        bundle.golden_of(eye, views), card)  # fmt: skip
