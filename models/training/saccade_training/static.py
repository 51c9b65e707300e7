"""The honest opponent: one encoder of the same kind that sees the whole view at one size, once.

It starts from the same weights, sees the very same varied views in the same order, and learns by the same losses: the
class, and where the object's middle is. Its box branch is for training only, as the auxiliary head of f_L is.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from saccade_training.devices import as_array, device_of, placed
from saccade_training.encoders import started
from saccade_training.measures import Record
from saccade_training.network import Geometry, Policy
from saccade_training.pictures import Pictures
from saccade_training.stages import DISTANCE_WEIGHT, Stage, box_distance, cross_entropy, report
from saccade_training.views import glance_of


class WholeView(nn.Module):
    """An encoder and its head on the view at `side` x `side`. `geometry` is that of the network it is compared with."""

    def __init__(self, geometry: Geometry, side: int, pretrained: bool = True, hidden: int = 256, reduced: int = 32):
        super().__init__()
        if not 32 <= side <= geometry.image:
            raise ValueError(f"the side must be from 32 to {geometry.image}, the view's, but was {side}")
        self.geometry, self.side = geometry, side
        self.encoder = started(geometry.backbone, pretrained)
        self.head = nn.Linear(self.encoder.features, geometry.classes)
        self.boxes = Policy(self.encoder.channels, self.encoder.map_side(side), hidden, reduced)
        self.dropout = nn.Dropout(0.2)

    def see(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits, and where the object's middle may be as the action that would centre it."""
        feature, seen = self.encoder.see(pixels)
        return self.head(self.dropout(feature)), self.boxes(seen, self.boxes.start(len(pixels)))[0]


class WholePictures(Stage):
    """The one stage of a static network. Its number is that of stage 1, so that both draw the same batches."""

    name, number, decay = "1 whole view", 1, 0.02

    def groups(self, network):
        heads = [*network.head.parameters(), *network.boxes.parameters()]
        return [(list(network.encoder.parameters()), 6e-4), (heads, 2e-3)]

    def mode(self, network):
        network.train()

    def loss(self, network, batch):
        logits, middle = network.see(batch.whole(network.side))
        distance = box_distance(middle, batch)
        loss = cross_entropy(logits, batch.labels) + DISTANCE_WEIGHT * distance
        return loss, report([logits], batch, distance=float(distance.detach()))


def whole_stages(material) -> dict[str, Stage]:
    """With or without boxes it is one stage."""
    return {"whole": WholePictures()}


@torch.no_grad()
def whole_record(network: WholeView, pictures: Pictures, batch: int = 32) -> Record:
    """What a static network says: a record of one look."""
    network.eval()
    said = []
    for start in range(0, len(pictures), batch):
        views = pictures.views[start : start + batch]
        whole = np.stack([glance_of(view, network.side) for view in views])
        logits, _ = network.see(placed(whole, device_of(network)))
        said.append(as_array(torch.softmax(logits, 1)))
    probabilities = np.concatenate(said)[:, None, :]
    return Record.of(probabilities, np.zeros((len(pictures), 1, 2), dtype=np.int64), pictures)
