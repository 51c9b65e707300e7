"""What turns the features of the looks so far into an answer: a mean, a cascade of linear layers, or a GRU.

Training hands over all features so far; a bundle's graphs carry a memory from look to look instead. `taught` are the
logits that stage 1 trains: those of the answers, and what else keeps an encoder from leaning on the other.
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


class Mean(nn.Module):
    """Each look answers for itself, by f_G's layer or f_L's, and the answer is the mean of their probabilities.

    Known as late fusion. The glance, which sees the least of an object, counts half as much as another look of as many
    pixels: `pixels` is its share of a patch's. What is taught is a cascade's, so that the encoders learn to complete
    each other, too; its layers over several looks are for training only.
    memory = [ weighted sum of the probabilities so far | sum of the weights ]
    """

    OF_GLANCE = 0.5

    def __init__(self, features: int, classes: int, looks: int, pixels: float = 1.0):
        super().__init__()
        self.of_glance = self.OF_GLANCE * pixels
        self.glance, self.focus = nn.Linear(features, classes), nn.Linear(features, classes)
        self.together = nn.ModuleList(nn.Linear(features * look, classes) for look in range(2, looks + 1))
        self._classes = classes

    @property
    def memory_size(self) -> int:
        return self._classes + 1

    def taught(self, features: list[torch.Tensor], dropout: nn.Module) -> list[torch.Tensor]:
        looks = range(2, len(features) + 1)
        return self._alone(features, dropout) + [self.cascade(features[:look], dropout) for look in looks]

    def cascade(self, features: list[torch.Tensor], dropout: nn.Module) -> torch.Tensor:
        """What a cascade would answer: for comparison."""
        if len(features) == 1:
            return self.glance(dropout(features[0]))
        return self.together[len(features) - 2](dropout(torch.cat(features, dim=1)))

    def _alone(self, features: list[torch.Tensor], dropout: nn.Module) -> list[torch.Tensor]:
        first, *later = features
        return [self.glance(dropout(first)), *(self.focus(dropout(feature)) for feature in later)]

    def forward(self, features: list[torch.Tensor], dropout: nn.Module) -> torch.Tensor:
        first, *later = [torch.softmax(logits, 1) for logits in self._alone(features, dropout)]
        return torch.log((self.of_glance * first + sum(later)) / (self.of_glance + len(later)))

    def first(self, feature: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits = self.glance(feature)
        probabilities = torch.softmax(logits, 1)
        return logits, self.of_glance * torch.cat([probabilities, torch.ones_like(probabilities[:, :1])], dim=1)

    def later(self, feature: torch.Tensor, memory: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        memory = memory + torch.cat([torch.softmax(self.focus(feature), 1), torch.ones_like(memory[:, -1:])], dim=1)
        return torch.log(memory[:, :-1] / memory[:, -1:]), memory


class Cascade(nn.Module):
    """One linear layer per look on all features so far, in the order of time; the first is f_G's own.

    memory = [ feature of look 1 | ... | feature of look T-1 | which look comes next, one-hot over 2..T ]
    """

    def __init__(self, features: int, classes: int, looks: int):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(features * (look + 1), classes) for look in range(looks))
        self.auxiliary = nn.Linear(features, classes)  # f_L's own, while it is trained
        self._features, self._looks = features, looks
        self.register_buffer("_rest", torch.zeros(1, (looks - 2) * features), persistent=False)
        self.register_buffer("_second", torch.eye(looks - 1)[:1], persistent=False)

    @property
    def memory_size(self) -> int:
        return (self._looks - 1) * (self._features + 1)

    def taught(self, features: list[torch.Tensor], dropout: nn.Module) -> list[torch.Tensor]:
        return _every_answer_and_look(self, features, dropout)

    def forward(self, features: list[torch.Tensor], dropout: nn.Module) -> torch.Tensor:
        return self.layers[len(features) - 1](dropout(torch.cat(features, dim=1)))

    def first(self, feature: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the glance and the memory it leaves."""
        return self.layers[0](feature), torch.cat([feature, self._rest, self._second], dim=1)

    def later(self, feature: torch.Tensor, memory: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The memory's one-hot tail says which layer answers and which slot takes the feature."""
        size, kept = self._features, (self._looks - 1) * self._features
        past, turn = memory[:, :kept], memory[:, kept:]
        logits = 0
        for index, head in enumerate(self.layers[1:]):
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
        self.auxiliary = nn.Linear(features, classes)  # f_L's own, while it is trained
        self.register_buffer("_start", torch.zeros(1, hidden), persistent=False)

    @property
    def memory_size(self) -> int:
        return self._start.shape[1]

    def taught(self, features: list[torch.Tensor], dropout: nn.Module) -> list[torch.Tensor]:
        return _every_answer_and_look(self, features, dropout)

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


def _every_answer_and_look(head: nn.Module, features: list[torch.Tensor], dropout: nn.Module) -> list[torch.Tensor]:
    answers = [head(features[: look + 1], dropout) for look in range(len(features))]
    return answers + [head.auxiliary(dropout(feature)) for feature in features[1:]]


HEADS = {"mean": Mean, "cascade": Cascade, "gru": Recurrent}


def head_of(kind: str, features: int, classes: int, looks: int, pixels: float) -> nn.Module:
    """A new head; `pixels` is the glance's share of a patch's."""
    return Mean(features, classes, looks, pixels) if kind == "mean" else HEADS[kind](features, classes, looks)
