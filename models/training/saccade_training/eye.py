"""Runs a bundle's graphs over a view, the way the runtime does: what is measured is what is shipped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saccade_training.network import Geometry
from saccade_training.onnx_files import session
from saccade_training.views import glance_of, offsets_of, patch_of


@dataclass(frozen=True)
class Look:
    """Where it was (0, 0 for the glance), what it said, and where the policy wants to go from here."""

    top: int
    left: int
    probabilities: np.ndarray
    action: np.ndarray

    @property
    def confidence(self) -> float:
        return float(self.probabilities.max())

    @property
    def label(self) -> int:
        return int(self.probabilities.argmax())


class Eye:
    """Looks at views of S x S x 3 bytes; every look is made, exits are decided elsewhere. `side` is the glance's."""

    def __init__(self, glance: bytes, focus: bytes, image: int, side: int, patch: int, steps: int):
        self._glance, self._focus = session(glance), session(focus)
        self.image, self.side, self.patch, self.steps = image, side, patch, steps

    @staticmethod
    def of(networks: tuple[bytes, bytes], geometry: Geometry) -> Eye:
        return Eye(*networks, geometry.image, geometry.glance, geometry.patch, geometry.steps)

    def looks(self, view: np.ndarray, choose=None) -> list[Look]:
        """All T looks. `choose(look number, look)` may replace the policy's action, to compare it with others."""
        if view.shape != (self.image, self.image, 3) or view.dtype != np.uint8:
            raise ValueError(f"a view must be {self.image} x {self.image} x 3 bytes, but was {view.shape} {view.dtype}")
        probabilities, action, memory = self._glance.run(None, {"view": as_pixels(glance_of(view, self.side))})
        looks = [Look(0, 0, probabilities[0], action[0])]
        while len(looks) < self.steps:
            wanted = looks[-1].action if choose is None else choose(len(looks), looks[-1])
            top, left = (int(value) for value in offsets_of(wanted, self.image, self.patch))
            pixels = as_pixels(patch_of(view, top, left, self.patch))
            probabilities, action, memory = self._focus.run(None, {"view": pixels, "memory": memory})
            looks.append(Look(top, left, probabilities[0], action[0]))
        return looks


def as_pixels(part: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(part, dtype=np.float32)[None]
