"""Batches of varied views. Batch n depends on the seed, the stage and n alone, so a resumed run sees the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from saccade_training.augment import Augmenter
from saccade_training.devices import CPU, as_array, placed
from saccade_training.pictures import Pictures
from saccade_training.views import action_towards, glance_of, offsets_of, patch_of


@dataclass(frozen=True)
class Batch:
    """Views [B, S, S, 3], their labels, and the action that would centre the object (NaN where no box is known).

    The views stay with the CPU, which cuts them; labels, actions and what is cut are on the network's device.
    """

    views: np.ndarray
    labels: torch.Tensor
    towards: torch.Tensor
    glance: int
    patch: int
    random: np.random.Generator

    @property
    def boxed(self) -> torch.Tensor:
        return ~torch.isnan(self.towards[:, 0])

    def glances(self) -> torch.Tensor:
        return self.whole(self.glance)

    def whole(self, side: int) -> torch.Tensor:
        """The views as a static network of that side sees them."""
        return self._placed([glance_of(view, side) for view in self.views])

    def patches(self, actions) -> torch.Tensor:
        offsets = offsets_of(as_array(actions), self.views.shape[1], self.patch)
        return self._placed([patch_of(view, top, left, self.patch) for view, (top, left) in zip(self.views, offsets)])

    def mixed_actions(self, near_share: float) -> np.ndarray:
        """`near_share` of the patches hold the object's middle somewhere, the rest lie anywhere."""
        count, size = len(self.views), self.views.shape[1]
        actions = self.random.random((count, 2)).astype(np.float32)
        near = as_array(self.boxed) & (self.random.random(count) < near_share)
        jitter = self.random.uniform(-self.patch / 3, self.patch / 3, (count, 2)) / (size - self.patch)
        towards = np.clip(as_array(self.towards) + jitter, 0, 1).astype(np.float32)
        actions[near] = towards[near]
        return actions

    def _placed(self, parts: list[np.ndarray]) -> torch.Tensor:
        return placed(np.stack(parts), self.labels.device)


class Batches:
    """Draws rare classes more often: a frame's weight is one over the root of its class's frames."""

    def __init__(self, pictures: Pictures, size: int, glance: int, patch: int, seed: int, device: torch.device = CPU):
        self._augmenter, self._pictures, self._device = Augmenter(pictures), pictures, device
        self._size, self._glance, self._patch, self._seed = size, glance, patch, seed
        frames_of_class = np.bincount(pictures.labels, minlength=len(pictures.classes))
        weights = 1 / np.sqrt(frames_of_class[pictures.labels])
        self._weights = weights / weights.sum()

    def batch(self, stage: int, step: int) -> Batch:
        random = np.random.default_rng([self._seed, stage, step])
        chosen = random.choice(len(self._pictures), self._size, p=self._weights)
        views, boxes = zip(*(self._augmenter.vary(int(index), random) for index in chosen))
        views, boxes = np.stack(views), np.stack(boxes)
        centres = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
        towards = action_towards(centres, views.shape[1], self._patch)
        labels = placed(self._pictures.labels[chosen], self._device)
        torch.manual_seed(int(random.integers(2**31)))  # dropout and the policy's noise
        return Batch(views, labels, placed(towards, self._device), self._glance, self._patch, random)
