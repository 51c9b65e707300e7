"""MobileNetV3-Large 1.0 (Howard et al. 2019, table 1), symmetric padding and eps 1e-5, as GFNet's checkpoints have it.

The map is taken before pooling (960 channels); the feature after pooling, a 1 x 1 convolution and hard-swish (1280).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.encoders import Body, ConvNorm

# kernel, expanded, channels out, squeeze-and-excite, hard-swish (else ReLU), stride
BLOCKS = [(3, 16, 16, False, False, 1), (3, 64, 24, False, False, 2), (3, 72, 24, False, False, 1),
          (5, 72, 40, True, False, 2), (5, 120, 40, True, False, 1), (5, 120, 40, True, False, 1),
          (3, 240, 80, False, True, 2), (3, 200, 80, False, True, 1), (3, 184, 80, False, True, 1),
          (3, 184, 80, False, True, 1), (3, 480, 112, True, True, 1), (3, 672, 112, True, True, 1),
          (5, 672, 160, True, True, 2), (5, 960, 160, True, True, 1), (5, 960, 160, True, True, 1)]  # fmt: skip


class Squeeze(nn.Module):
    """Squeeze-and-excite; its gate is the hard sigmoid."""

    def __init__(self, channels: int):
        super().__init__()
        reduced = _divisible(channels / 4)
        self.reduce, self.expand = nn.Conv2d(channels, reduced, 1), nn.Conv2d(reduced, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gate = self.expand(F.relu(self.reduce(x.mean(dim=(2, 3), keepdim=True))))
        return x * F.relu6(gate + 3) / 6


class Block(nn.Module):
    def __init__(self, inputs: int, kernel: int, inner: int, outputs: int, squeeze: bool, act, stride: int):
        super().__init__()
        same = {"same": False, "eps": 1e-5}
        self.expand = ConvNorm(inputs, inner, 1, act=act, **same) if inner != inputs else nn.Identity()
        self.depthwise = ConvNorm(inner, inner, kernel, stride, groups=inner, act=act, **same)
        self.squeeze = Squeeze(inner) if squeeze else nn.Identity()
        self.project = ConvNorm(inner, outputs, 1, act=nn.Identity, **same)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.project(self.squeeze(self.depthwise(self.expand(x))))
        return x + y if self.shortcut else y


class MobileNetV3(Body):
    """The feature has its own layer after pooling, so it is not the mean of the map."""

    name, features, channels, stride = "mobilenet-v3-large", 1280, 960, 32
    pixel_range = Body.IMAGENET

    def __init__(self):
        super().__init__()
        self.stem = ConvNorm(3, 16, 3, 2, act=nn.Hardswish, same=False, eps=1e-5)
        blocks, inputs = [], 16
        for kernel, inner, outputs, squeeze, swish, stride in BLOCKS:
            blocks.append(Block(inputs, kernel, inner, outputs, squeeze, nn.Hardswish if swish else nn.ReLU, stride))
            inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.last = ConvNorm(inputs, 960, 1, act=nn.Hardswish, same=False, eps=1e-5)
        self.head = nn.Linear(960, 1280)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.last(self.blocks(self.stem(x)))
        return F.hardswish(self.head(seen.mean(dim=(2, 3)))), seen


def _divisible(value: float, by: int = 8) -> int:
    rounded = max(by, int(value + by / 2) // by * by)
    return rounded + by if rounded < 0.9 * value else rounded
