"""RegNetY (Radosavovic et al. 2020) in the layout of pycls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from saccade_training.published.layers import PublishedEncoder, conv, norm, pooled


@dataclass(frozen=True)
class Widths:
    """The four numbers that generate a RegNet, and its group width (section 3.3 of the paper)."""

    depth: int
    start: int
    slope: float
    ratio: float
    group: int

    def stages(self) -> list[tuple[int, int]]:
        """(width, blocks) of each stage: a line, quantised to powers of the ratio, then to multiples of the group."""
        line = np.arange(self.depth) * self.slope + self.start
        powers = np.round(np.log(line / self.start) / np.log(self.ratio))
        widths = np.round(self.start * self.ratio**powers / 8) * 8
        stages: list[tuple[int, int]] = []
        for width in widths.astype(int).tolist():
            if stages and stages[-1][0] == width:
                stages[-1] = (width, stages[-1][1] + 1)
            else:
                stages.append((width, 1))
        return [(int(round(width / self.group) * self.group), blocks) for width, blocks in stages]


class Squeeze(nn.Module):
    def __init__(self, channels: int, reduced: int):
        super().__init__()
        self.f_ex = nn.Sequential(
            conv(channels, reduced, 1, bias=True), nn.ReLU(), conv(reduced, channels, 1, bias=True), nn.Sigmoid()
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.f_ex(x.mean(dim=(2, 3), keepdim=True))


class Transform(nn.Module):
    """1 x 1, 3 x 3 in groups, squeeze-and-excite (a quarter of the block's inputs), 1 x 1."""

    def __init__(self, inputs: int, outputs: int, stride: int, group: int):
        super().__init__()
        self.a, self.a_bn = conv(inputs, outputs, 1), norm(outputs)
        self.b, self.b_bn = conv(outputs, outputs, 3, stride, groups=outputs // group), norm(outputs)
        self.se = Squeeze(outputs, round(inputs * 0.25))
        self.c, self.c_bn = conv(outputs, outputs, 1), norm(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.a_bn(self.a(x)))
        x = self.se(F.relu(self.b_bn(self.b(x))))
        return self.c_bn(self.c(x))


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int, group: int):
        super().__init__()
        self.projects = stride != 1 or inputs != outputs
        if self.projects:
            self.proj, self.bn = conv(inputs, outputs, 1, stride), norm(outputs)
        self.f = Transform(inputs, outputs, stride, group)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu((self.bn(self.proj(x)) if self.projects else x) + self.f(x))


class RegNetY(PublishedEncoder):
    own_layer = "fc"

    def __init__(self, widths: Widths, classes: int = 1000, stem: int = 32):
        super().__init__()
        self.stem = nn.ModuleDict({"conv": conv(3, stem, 3, 2), "bn": norm(stem)})
        inputs, self._stages = stem, []
        for number, (outputs, blocks) in enumerate(widths.stages(), start=1):
            stage = nn.Sequential()
            for block in range(blocks):
                stage.add_module(f"b{block + 1}", Block(inputs, outputs, 2 if block == 0 else 1, widths.group))
                inputs = outputs
            self.add_module(f"s{number}", stage)
            self._stages.append(f"s{number}")
        self.length = self.channels = inputs
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = F.relu(self.stem["bn"](self.stem["conv"](x)))
        for name in self._stages:
            x = getattr(self, name)(x)
        return pooled(x), x
