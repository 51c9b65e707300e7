"""What turns the features of the looks so far into an answer: a cascade of linear layers, or a GRU.

Training hands over all features so far; a bundle's graphs carry a memory from look to look instead.
"""

from __future__ import annotations

import torch
from torch import nn


class GruCell(nn.Module):
    """One step of a GRU, written out so that the exported graph holds plain matrix products."""

    def __init__(self, inputs: int, hidden: int):
        super().__init__()
        self.of_input, self.of_state = nn.Linear(inputs, 3 * hidden), nn.Linear(hidden, 3 * hidden)

    def forward(self, x: torch.Tensor, state: torch.Tensor) -> torch.Tensor:
        reset_x, update_x, new_x = self.of_input(x).chunk(3, dim=1)
        reset_h, update_h, new_h = self.of_state(state).chunk(3, dim=1)
        update = torch.sigmoid(update_x + update_h)
        new = torch.tanh(new_x + torch.sigmoid(reset_x + reset_h) * new_h)
        return new + update * (state - new)


class Cascade(nn.ModuleList):
    """One linear layer per look on all features so far, in the order of time; the first is f_G's own.

    memory = [ feature of look 1 | ... | feature of look T-1 | which look comes next, one-hot over 2..T ]
    """

    def __init__(self, features: int, classes: int, looks: int):
        super().__init__(nn.Linear(features * (look + 1), classes) for look in range(looks))
        self._features, self._looks = features, looks
        self.register_buffer("_rest", torch.zeros(1, (looks - 2) * features), persistent=False)
        self.register_buffer("_second", torch.eye(looks - 1)[:1], persistent=False)

    @property
    def memory_size(self) -> int:
        return (self._looks - 1) * (self._features + 1)

    def forward(self, features: list[torch.Tensor], dropout: nn.Module) -> torch.Tensor:
        return self[len(features) - 1](dropout(torch.cat(features, dim=1)))

    def first(self, feature: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the glance and the memory it leaves."""
        return self[0](feature), torch.cat([feature, self._rest, self._second], dim=1)

    def later(self, feature: torch.Tensor, memory: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The memory's one-hot tail says which layer answers and which slot takes the feature."""
        size, kept = self._features, (self._looks - 1) * self._features
        past, turn = memory[:, :kept], memory[:, kept:]
        logits = 0
        for index, head in enumerate(list(self)[1:]):
            before = past[:, : (index + 1) * size]
            logits = logits + turn[:, index : index + 1] * head(torch.cat([before, feature], dim=1))
        # Feature of look t + 2 goes to slot t + 1, the first slot being the glance's; the last look needs no slot.
        slots = [past[:, :size]]
        for slot in range(1, self._looks - 1):
            old = past[:, slot * size : (slot + 1) * size]
            slots.append(old + turn[:, slot - 1 : slot] * (feature - old))
        turned = torch.cat([torch.zeros_like(turn[:, :1]), turn[:, :-1]], dim=1)
        return logits, torch.cat([*slots, turned], dim=1)


class Recurrent(nn.Module):
    """A GRU over the features and one linear layer for all looks (Wang et al. 2020). Its state is the memory."""

    def __init__(self, features: int, classes: int, looks: int, hidden: int = 512):
        super().__init__()
        self.gru, self.layer = GruCell(features, hidden), nn.Linear(hidden, classes)
        self.register_buffer("_start", torch.zeros(1, hidden), persistent=False)

    @property
    def memory_size(self) -> int:
        return self._start.shape[1]

    def forward(self, features: list[torch.Tensor], dropout: nn.Module) -> torch.Tensor:
        state = self._start.expand(len(features[0]), -1)
        for feature in features:
            state = self.gru(feature, state)
        return self.layer(dropout(state))

    def first(self, feature: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.later(feature, self._start)

    def later(self, feature: torch.Tensor, memory: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        state = self.gru(feature, memory)
        return self.layer(state), state


HEADS = {"cascade": Cascade, "gru": Recurrent}
