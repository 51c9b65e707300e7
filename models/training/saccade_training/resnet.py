"""ResNet-50 with the stride in the 3 x 3 convolution, as torchvision and GFNet's checkpoints have it."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.encoders import Body, ConvNorm

USUAL = {"same": False, "eps": 1e-5}


class Bottleneck(nn.Module):
    def __init__(self, inputs: int, inner: int, stride: int):
        super().__init__()
        outputs = 4 * inner
        self.reduce = ConvNorm(inputs, inner, 1, act=nn.ReLU, **USUAL)
        self.middle = ConvNorm(inner, inner, 3, stride, act=nn.ReLU, **USUAL)
        self.expand = ConvNorm(inner, outputs, 1, act=nn.Identity, **USUAL)
        self.shortcut = (
            nn.Identity()
            if stride == 1 and inputs == outputs
            else ConvNorm(inputs, outputs, 1, stride, act=nn.Identity, **USUAL)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.expand(self.middle(self.reduce(x))) + self.shortcut(x))


class ResNet50(Body):
    """The feature is the mean of the map: 2048 channels. Its policy is the conv type, not the paper's larger one."""

    name, features, channels, stride = "resnet50", 2048, 2048, 32
    pixel_range = Body.IMAGENET

    def __init__(self):
        super().__init__()
        self.stem = ConvNorm(3, 64, 7, 2, act=nn.ReLU, **USUAL)
        self.pool = nn.MaxPool2d(3, 2, padding=1)
        blocks, inputs = [], 64
        for inner, repeats, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
            for repeat in range(repeats):
                blocks.append(Bottleneck(inputs, inner, stride if repeat == 0 else 1))
                inputs = 4 * inner
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.blocks(self.pool(self.stem(x)))
        return seen.mean(dim=(2, 3)), seen
