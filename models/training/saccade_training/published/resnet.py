"""ResNet-50 in torchvision's layout: the stride is in the 3 x 3 convolution."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.published.layers import PublishedEncoder, conv, norm, pooled


class Bottleneck(nn.Module):
    def __init__(self, inputs: int, inner: int, stride: int):
        super().__init__()
        outputs = 4 * inner
        self.conv1, self.bn1 = conv(inputs, inner, 1), norm(inner)
        self.conv2, self.bn2 = conv(inner, inner, 3, stride), norm(inner)
        self.conv3, self.bn3 = conv(inner, outputs, 1), norm(outputs)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(conv(inputs, outputs, 1, stride), norm(outputs))
        else:
            self.downsample = nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


class ResNet(PublishedEncoder):
    own_layer = "fc"

    def __init__(self, classes: int = 1000, width: int = 64, repeats: tuple[int, ...] = (3, 4, 6, 3)):
        super().__init__()
        self.conv1, self.bn1 = conv(3, width, 7, 2), norm(width)
        self.maxpool = nn.MaxPool2d(3, 2, padding=1)
        inputs = width
        for stage, blocks in enumerate(repeats):
            inner, layer = width << stage, []
            for block in range(blocks):
                layer.append(Bottleneck(inputs, inner, 2 if block == 0 and stage > 0 else 1))
                inputs = 4 * inner
            self.add_module(f"layer{stage + 1}", nn.Sequential(*layer))
        self.stages = len(repeats)
        self.length = self.channels = inputs
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return pooled(x), x
