"""MobileNetV3-Large and EfficientNet as gen-efficientnet defines them (not the variants named `tf_`)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.published.layers import PublishedEncoder, conv, hard_sigmoid, norm, pooled


def divisible(value: float, by: int = 8) -> int:
    """The nearest multiple, at least one, and never more than a tenth below the value."""
    rounded = max(by, int(value + by / 2) // by * by)
    return rounded + by if rounded < 0.9 * value else rounded


class SqueezeExcite(nn.Module):
    def __init__(self, channels: int, reduced: int, act, gate):
        super().__init__()
        self.conv_reduce, self.conv_expand = (
            conv(channels, reduced, 1, bias=True),
            conv(reduced, channels, 1, bias=True),
        )
        self.act, self.gate = act, gate

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        squeezed = self.act(self.conv_reduce(x.mean(dim=(2, 3), keepdim=True)))
        return x * self.gate(self.conv_expand(squeezed))


class DepthwiseSeparable(nn.Module):
    """The block of an expansion of 1."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, act, se: nn.Module):
        super().__init__()
        self.conv_dw, self.bn1 = conv(inputs, inputs, kernel, stride, groups=inputs), norm(inputs)
        self.se = se
        self.conv_pw, self.bn2 = conv(inputs, outputs, 1), norm(outputs)
        self.act, self.shortcut = act, stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.se(self.act(self.bn1(self.conv_dw(x))))
        y = self.bn2(self.conv_pw(y))
        return x + y if self.shortcut else y


class InvertedResidual(nn.Module):
    def __init__(self, inputs: int, inner: int, outputs: int, kernel: int, stride: int, act, se: nn.Module):
        super().__init__()
        self.conv_pw, self.bn1 = conv(inputs, inner, 1), norm(inner)
        self.conv_dw, self.bn2 = conv(inner, inner, kernel, stride, groups=inner), norm(inner)
        self.se = se
        self.conv_pwl, self.bn3 = conv(inner, outputs, 1), norm(outputs)
        self.act, self.shortcut = act, stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.act(self.bn1(self.conv_pw(x)))
        y = self.se(self.act(self.bn2(self.conv_dw(y))))
        y = self.bn3(self.conv_pwl(y))
        return x + y if self.shortcut else y


class ConvNormAct(nn.Module):
    def __init__(self, inputs: int, outputs: int, act):
        super().__init__()
        self.conv, self.bn1, self.act = conv(inputs, outputs, 1), norm(outputs), act

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.act(self.bn1(self.conv(x)))


# Stages of blocks: kernel, stride, expansion, channels out, squeeze-and-excite, hard-swish (else ReLU).
# Howard et al. 2019, table 1; only the first block of a stage has its stride.
MOBILENET_V3_LARGE = [
    [(3, 1, 1, 16, False, False)],
    [(3, 2, 4, 24, False, False), (3, 1, 3, 24, False, False)],
    [(5, 2, 3, 40, True, False)] + 2 * [(5, 1, 3, 40, True, False)],
    [(3, 2, 6, 80, False, True), (3, 1, 2.5, 80, False, True)] + 2 * [(3, 1, 2.3, 80, False, True)],
    2 * [(3, 1, 6, 112, True, True)],
    [(5, 2, 6, 160, True, True)] + 2 * [(5, 1, 6, 160, True, True)],
]
# repeats, kernel, stride, expansion, channels out: Tan and Le 2019, table 1
EFFICIENTNET_B0 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112),
                   (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]  # fmt: skip


class MobileNetV3(PublishedEncoder):
    """The map is taken before pooling; the feature after pooling, a 1 x 1 convolution with bias, and hard-swish."""

    own_layer = "classifier"

    def __init__(self, width: float, classes: int = 1000, length: int = 1280, last: int = 960,
                 stages=MOBILENET_V3_LARGE):  # fmt: skip
        super().__init__()
        inputs = divisible(16 * width)
        self.conv_stem, self.bn1 = conv(3, inputs, 3, 2), norm(inputs)
        made = []
        for stage in stages:
            blocks = []
            for kernel, stride, expansion, channels, squeeze, swish in stage:
                act, outputs = F.hardswish if swish else F.relu, divisible(channels * width)
                inner = divisible(inputs * expansion) if expansion != 1 else inputs
                se = SqueezeExcite(inner, divisible(inner / 4), F.relu, hard_sigmoid) if squeeze else nn.Identity()
                if expansion == 1:
                    blocks.append(DepthwiseSeparable(inputs, outputs, kernel, stride, act, se))
                else:
                    blocks.append(InvertedResidual(inputs, inner, outputs, kernel, stride, act, se))
                inputs = outputs
            made.append(nn.Sequential(*blocks))
        self.channels, self.length = divisible(last * width), length
        made.append(nn.Sequential(ConvNormAct(inputs, self.channels, F.hardswish)))
        self.blocks = nn.Sequential(*made)
        self.conv_head = conv(self.channels, length, 1, bias=True)
        self.classifier = nn.Linear(length, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.blocks(F.hardswish(self.bn1(self.conv_stem(x))))
        return F.hardswish(self.conv_head(seen.mean(dim=(2, 3), keepdim=True))).flatten(1), seen


class EfficientNet(PublishedEncoder):
    """Squeeze-and-excite: a quarter of the block's inputs wide, swish within, a true sigmoid as the gate."""

    own_layer = "classifier"

    def __init__(self, width: float, depth: float, classes: int = 1000):
        super().__init__()
        inputs = divisible(32 * width)
        self.conv_stem, self.bn1 = conv(3, inputs, 3, 2), norm(inputs)
        stages = []
        for repeats, kernel, first_stride, expansion, channels in EFFICIENTNET_B0:
            blocks, outputs = [], divisible(channels * width)
            for block in range(math.ceil(repeats * depth)):
                stride, inner = first_stride if block == 0 else 1, inputs * expansion
                se = SqueezeExcite(inner, divisible(inputs / 4, 1), F.silu, torch.sigmoid)
                if expansion == 1:
                    blocks.append(DepthwiseSeparable(inputs, outputs, kernel, stride, F.silu, se))
                else:
                    blocks.append(InvertedResidual(inputs, inner, outputs, kernel, stride, F.silu, se))
                inputs = outputs
            stages.append(nn.Sequential(*blocks))
        self.blocks = nn.Sequential(*stages)
        self.length = self.channels = divisible(1280 * width)
        self.conv_head, self.bn2 = conv(inputs, self.channels, 1), norm(self.channels)
        self.classifier = nn.Linear(self.length, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.blocks(F.silu(self.bn1(self.conv_stem(x))))
        seen = F.silu(self.bn2(self.conv_head(seen)))
        return pooled(seen), seen
