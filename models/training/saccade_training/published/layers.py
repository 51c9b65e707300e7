"""What the published encoders have in common. Modules bear the names that the checkpoints' keys have."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class PublishedEncoder(nn.Module):
    """Normalised pixels [B, 3, P, P] to a feature [B, F] and the last map [B, C, s, s]; s = P / 32, rounded up.

    `length` is F, `channels` is C. `own_layer` names the encoder's own class layer, which every checkpoint has and
    `forward` leaves alone.
    """

    own_layer: str
    length: int
    channels: int

    @property
    def own(self) -> nn.Linear:
        return getattr(self, self.own_layer)


def conv(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, bias: bool = False) -> nn.Conv2d:
    """Symmetric padding, also with a stride."""
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=bias)


def norm(channels: int) -> nn.BatchNorm2d:
    """All five families use PyTorch's eps, 1e-5; MobileNetV3 elsewhere often has 1e-3."""
    return nn.BatchNorm2d(channels, eps=1e-5)


def pooled(seen: torch.Tensor) -> torch.Tensor:
    return seen.mean(dim=(2, 3))


def hard_sigmoid(x: torch.Tensor) -> torch.Tensor:
    return F.relu6(x + 3) / 6


def normalised(pixels: torch.Tensor) -> torch.Tensor:
    """[B, P, P, 3] values 0 to 255 to what the encoders take, [B, 3, P, P]."""
    mean, deviation = (pixels.new_tensor(values) * 255 for values in (MEAN, DEVIATION))
    return ((pixels - mean) / deviation).permute(0, 3, 1, 2)
