"""What PyTorch says of 200 pictures, for the Java loop to be held against: see ReferenceTest of models/gfnet.

The network here is the one that was trained, in Python from picture to answer: not exported, norms not folded, heads
and policy with their own states. Pictures are made by a rule that both languages follow to the bit, for JPEG decoders
differ by a few levels.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from saccade_training.network import GlanceFocus
from saccade_training.views import glance_of, offsets_of, patch_of, view_of


def draws(seed: int, count: int) -> np.ndarray:
    """SplitMix64, which is java.util.SplittableRandom.nextLong()."""
    with np.errstate(over="ignore"):
        mixed = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def picture_of(seed: int) -> np.ndarray:
    """A ground, eight rectangles and some grain; 48 to 175 pixels a side."""
    numbers = [int(value) for value in draws(seed, 2 + 1 + 8 * 3)]
    width, height = 48 + (numbers[0] >> 57), 48 + (numbers[1] >> 57)
    picture = np.empty((height, width, 3), dtype=np.int64)
    picture[:] = _colour(numbers[2])
    for across, down, colour in zip(numbers[3::3], numbers[4::3], numbers[5::3]):
        left, wide = (across >> 48) % width, 4 + (across & 63)
        top, high = (down >> 48) % height, 4 + (down & 63)
        picture[top : top + high, left : left + wide] = _colour(colour)
    grain = draws(seed ^ 0x5ACCADE, picture.size) >> np.uint64(60)
    return np.minimum(picture + grain.astype(np.int64).reshape(picture.shape), 255).astype(np.uint8)


def _colour(number: int) -> list[int]:
    return [(number >> shift) & 255 for shift in (16, 8, 0)]


@torch.no_grad()
def looks_at(network: GlanceFocus, picture: np.ndarray) -> list[dict]:
    """All looks: where, what it said, and where the policy wants to go from here."""
    geometry, state = network.geometry, network.policy.start(1)
    view, top, left, features, looks = view_of(picture, geometry.image), 0, 0, [], []
    for look in range(geometry.steps):
        seen = glance_of(view, geometry.glance) if look == 0 else patch_of(view, top, left, geometry.patch)
        encoder = network.glance if look == 0 else network.focus
        feature, seen = encoder(torch.from_numpy(np.ascontiguousarray(seen))[None])
        features.append(feature)
        action, state = network.policy(seen, state)
        said = torch.softmax(network.classify(features), dim=1)[0].numpy()
        looks.append({"top": top, "left": left, "action": action[0].numpy(), "probabilities": said})
        top, left = (int(value) for value in offsets_of(action[0].numpy(), geometry.image, geometry.patch))
    return looks


def is_plain(looks: list[dict], reach: int, thresholds: list[list[float]]) -> bool:
    """Whether no rounding can turn a patch, an answer or an exit: what differs then is a mistake.

    `reach` is the number of pixels that a patch can be moved by, an action of 1.
    """
    places = np.concatenate([look["action"] for look in looks[:-1]]) * reach
    first, second = np.sort([look["probabilities"] for look in looks])[:, :-3:-1].T
    exits = first[:-1] - np.array(thresholds)
    return bool(
        np.abs(places - np.round(places)).min() > 0.02
        and (first - second).min() > 0.002
        and np.abs(exits).min() > 0.002
    )  # fmt: skip


def write_reference(path: Path, network: GlanceFocus, thresholds: list[list[float]], count: int = 200) -> None:
    """One row a picture: its seed, and for each look row, column, action and probabilities."""
    network.eval()
    reach = network.geometry.image - network.geometry.patch
    rows, seed = [], 0
    while len(rows) < count:
        seed += 1
        looks = looks_at(network, picture_of(seed))
        if is_plain(looks, reach, thresholds):
            rows.append([seed, [
                [look["top"], look["left"], *(round(float(v), 6) for v in (*look["action"], *look["probabilities"]))]
                for look in looks
            ]])  # fmt: skip
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    path.write_text(f"[{text}]\n", encoding="utf-8")
