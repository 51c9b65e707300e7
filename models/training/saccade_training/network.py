"""The Glance-and-Focus network (Wang et al. 2020): two encoders, a policy, and a classifier over the looks."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.encoders import ENCODERS, started
from saccade_training.heads import HEADS, GruCell, head_of


@dataclass(frozen=True)
class Geometry:
    """What a network looks at: a view of `image`, all of it shrunk to `glance` first, then patches of `patch`.

    There are `steps` looks and `classes` to tell apart. A glance is as large as a patch where nothing is said.
    """

    backbone: str
    image: int
    patch: int
    steps: int
    classes: int
    head: str = "mean"
    glance: int | None = None

    def __post_init__(self):
        if self.glance is None:
            object.__setattr__(self, "glance", self.patch)
        if self.head not in HEADS:
            raise ValueError(f"the head must be one of {list(HEADS)}, but was {self.head!r}")
        if self.backbone not in ENCODERS:
            raise ValueError(f"the backbone must be one of {sorted(ENCODERS)}, but was {self.backbone!r}")
        if not 32 <= self.patch <= self.image:
            raise ValueError(f"the patch must be from 32 to {self.image}, but was {self.patch}")
        if not 32 <= self.glance <= self.patch:
            raise ValueError(f"the glance must be from 32 to {self.patch}, the patch, but was {self.glance}")
        if self.steps < 2:
            raise ValueError(f"there must be at least 2 looks, the glance counted, but was {self.steps}")
        if self.classes < 2:
            raise ValueError(f"there must be at least 2 classes, but was {self.classes}")


class Policy(nn.Module):
    """Where to look next: reads the last map, remembers, and proposes an action (row, column) in [0, 1].

    `side` is that of the glance's map. The map of a larger patch is averaged to as many places.
    """

    def __init__(self, channels: int, side: int, hidden: int = 256, reduced: int = 32):
        super().__init__()
        self.hidden, self.side = hidden, side
        self.reduce = nn.Conv2d(channels, reduced, 1, bias=False)
        self.mix = nn.Linear(reduced * side * side, hidden)
        self.gru = GruCell(hidden, hidden)
        self.actor = nn.Linear(hidden, 2)
        self.critic = nn.Linear(hidden, 1)  # a baseline for training; it is not exported

    def forward(self, seen: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        reduced = torch.relu(self.reduce(seen))
        beyond = int(reduced.shape[3]) - self.side
        if beyond > 0:
            reduced = F.avg_pool2d(reduced, beyond + 1, stride=1)
        mixed = torch.relu(self.mix(reduced.flatten(1)))
        state = self.gru(mixed, state)
        return torch.sigmoid(self.actor(state)), state

    def start(self, batch: int) -> torch.Tensor:
        return self.actor.weight.new_zeros(batch, self.hidden)

    def value(self, state: torch.Tensor) -> torch.Tensor:
        return self.critic(state)[:, 0]


class GlanceFocus(nn.Module):
    """f_G, f_L, the policy, and the heads over all looks so far."""

    def __init__(self, geometry: Geometry, pretrained: bool = True, hidden: int = 256, reduced: int = 32):
        super().__init__()
        if geometry.patch == geometry.image:
            raise ValueError(f"the patch must be smaller than the view of {geometry.image}, but was as large")
        self.geometry = geometry
        self.glance_encoder, self.focus_encoder = (
            started(geometry.backbone, pretrained),
            started(geometry.backbone, pretrained),
        )
        self.features = self.glance_encoder.features
        encoder = self.glance_encoder
        self.policy = Policy(encoder.channels, encoder.map_side(geometry.glance), hidden, reduced)
        pixels = (geometry.glance / geometry.patch) ** 2
        self.heads = head_of(geometry.head, self.features, geometry.classes, geometry.steps, pixels)
        self.dropout = nn.Dropout(0.2)

    def glance(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.glance_encoder.see(pixels)

    def focus(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.focus_encoder.see(pixels)

    def classify(self, features: list[torch.Tensor]) -> torch.Tensor:
        """Logits of the look that `features` ends with."""
        return self.heads(features, self.dropout)

    def taught(self, features: list[torch.Tensor]) -> list[torch.Tensor]:
        """All logits that stage 1 trains, of every look in `features`."""
        return self.heads.taught(features, self.dropout)
