"""The backbones that were published, and what each checkpoint's network looks like beyond its encoders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from saccade_training.published.densenet import DenseNet
from saccade_training.published.layers import PublishedEncoder
from saccade_training.published.mobile import EfficientNet, MobileNetV3
from saccade_training.published.regnet import RegNetY, Widths
from saccade_training.published.resnet import ResNet

CASCADE, GRU, GRU_OWN_FIRST = "cascade", "gru", "gru-own-first"


@dataclass(frozen=True)
class Configuration:
    """A backbone as published.

    `encoder(classes)` makes one. A picture's shorter side becomes `resize` by Pillow's `filter`, the middle `image` x
    `image` of that is the view, and the view shrunk by `glance` (corners aligned, no antialiasing) is the glance.
    `head`: a GRU over the features and one layer; the same, but the glance is answered by f_G's own layer; or a layer
    per look. `linear_policy`: the map is flattened into two large layers, else it is reduced to 32 channels first.
    """

    name: str
    encoder: Callable[[int], PublishedEncoder]
    image: int
    resize: int
    filter: str
    glance: str
    head: str
    linear_policy: bool
    patches: tuple[int, ...]
    steps: int
    policy_state: int = 256
    policy_inner: int = 2048
    policy_reduced: int = 32
    classifier_state: int = 1024
    stride: int = 32

    def map_side(self, patch: int) -> int:
        return -(-patch // self.stride)


def _densenet(name: str, *repeats: int) -> Configuration:
    return Configuration(name, lambda classes: DenseNet(repeats, classes), 224, 256, "bilinear", "bilinear", GRU, True,
                         (96,), 5, policy_state=1024)  # fmt: skip


def _regnet(name: str, *widths) -> Configuration:
    return Configuration(name, lambda classes: RegNetY(Widths(*widths), classes), 224, 256, "bilinear", "bilinear",
                         GRU_OWN_FIRST, False, (96,), 5)  # fmt: skip


def _mobilenet(name: str, width: float, *patches: int) -> Configuration:
    return Configuration(name, lambda classes: MobileNetV3(width, classes), 224, 256, "bilinear", "bicubic", CASCADE,
                         False, patches, 3)  # fmt: skip


def _efficientnet(name: str, width: float, depth: float, image: int, resize: int, *patches: int) -> Configuration:
    return Configuration(name, lambda classes: EfficientNet(width, depth, classes), image, resize, "bicubic", "bicubic",
                         CASCADE, False, patches, 4)  # fmt: skip


CONFIGURATIONS = {
    configuration.name: configuration
    for configuration in (
        Configuration("resnet50", lambda classes: ResNet(classes), 224, 256, "bilinear", "bicubic", GRU, True,
                      (96, 128), 5, policy_state=1024),
        _densenet("densenet121", 6, 12, 24, 16),
        _densenet("densenet169", 6, 12, 32, 32),
        _densenet("densenet201", 6, 12, 48, 32),
        _regnet("regnety_600m", 15, 48, 32.54, 2.32, 16),
        _regnet("regnety_800m", 14, 56, 38.84, 2.4, 16),
        _regnet("regnety_1.6g", 27, 48, 20.71, 2.65, 24),
        _mobilenet("mobilenetv3_large_100", 1.0, 96, 128),
        _mobilenet("mobilenetv3_large_125", 1.25, 128),
        _efficientnet("efficientnet_b2", 1.1, 1.2, 260, 297, 128),
        _efficientnet("efficientnet_b3", 1.2, 1.4, 300, 331, 128, 144),
    )
}  # fmt: skip


def configuration(backbone: str) -> Configuration:
    if backbone not in CONFIGURATIONS:
        raise ValueError(f"the backbone must be one of {', '.join(CONFIGURATIONS)}, but was {backbone!r}")
    return CONFIGURATIONS[backbone]
