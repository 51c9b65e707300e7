"""DenseNet-BC (Huang et al. 2017) in torchvision's layout: norm and ReLU come before each convolution."""

from __future__ import annotations

from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.published.layers import PublishedEncoder, conv, norm, pooled


class DenseLayer(nn.Module):
    def __init__(self, inputs: int, growth: int):
        super().__init__()
        self.norm1, self.conv1 = norm(inputs), conv(inputs, 4 * growth, 1)
        self.norm2, self.conv2 = norm(4 * growth), conv(4 * growth, growth, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        new = self.conv1(F.relu(self.norm1(x)))
        return torch.cat([x, self.conv2(F.relu(self.norm2(new)))], dim=1)


class Transition(nn.Module):
    def __init__(self, inputs: int):
        super().__init__()
        self.norm, self.conv, self.pool = norm(inputs), conv(inputs, inputs // 2, 1), nn.AvgPool2d(2, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.pool(self.conv(F.relu(self.norm(x))))


class DenseNet(PublishedEncoder):
    """The map is taken after the last norm and ReLU. The class layer is `classifier`, not `fc`."""

    own_layer = "classifier"

    def __init__(self, repeats: tuple[int, ...], classes: int = 1000, growth: int = 32, stem: int = 64):
        super().__init__()
        parts: OrderedDict[str, nn.Module] = OrderedDict(
            conv0=conv(3, stem, 7, 2), norm0=norm(stem), relu0=nn.ReLU(), pool0=nn.MaxPool2d(3, 2, padding=1)
        )
        channels = stem
        for block, layers in enumerate(repeats, start=1):
            dense = OrderedDict()
            for layer in range(1, layers + 1):
                dense[f"denselayer{layer}"] = DenseLayer(channels, growth)
                channels += growth
            parts[f"denseblock{block}"] = nn.Sequential(dense)
            if block < len(repeats):
                parts[f"transition{block}"] = Transition(channels)
                channels //= 2
        parts["norm5"] = norm(channels)
        # The name that the checkpoints have for the whole body.
        self.features = nn.Sequential(parts)
        self.length = self.channels = channels
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = F.relu(self.features(x))
        return pooled(x), x
