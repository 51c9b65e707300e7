"""Checkpoints in the published layout, with random weights: the real ones cannot be downloaded everywhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from upstream import Upstream, flops, solved_thresholds

from saccade_training.published.configurations import CASCADE, GRU, GRU_OWN_FIRST, Configuration
from saccade_training.published.densenet import DenseNet
from saccade_training.published.mobile import MobileNetV3
from saccade_training.published.regnet import RegNetY, Widths
from saccade_training.toy import textured_pictures

# Kinds of network that were published, made small: every kind of layer, of policy, of classifier and of preprocessing.
SMALL_STAGES = [[(3, 1, 1, 16, False, False)], [(3, 2, 2, 16, True, False)], [(5, 2, 2, 24, True, True)]]
CASCADING = Configuration(
    "small-mobile",
    lambda classes: MobileNetV3(1.0, classes, length=24, last=32, stages=SMALL_STAGES),
    64,
    73,
    "bicubic",
    "bicubic",
    CASCADE,
    False,
    (32,),
    3,
    policy_state=12,
    policy_reduced=4,
    stride=8,
)
RECURRENT = Configuration(
    "small-regnet",
    lambda classes: RegNetY(Widths(3, 16, 12.0, 2.0, 8), classes, stem=8),
    64,
    72,
    "bilinear",
    "bilinear",
    GRU_OWN_FIRST,
    False,
    (32,),
    4,
    policy_state=12,
    policy_reduced=4,
    classifier_state=16,
    stride=8,
)
LINEAR = Configuration(
    "small-dense",
    lambda classes: DenseNet((2, 2), classes, growth=8, stem=16),
    64,
    73,
    "bilinear",
    "bilinear",
    GRU,
    True,
    (32,),
    3,
    policy_state=12,
    policy_inner=20,
    classifier_state=16,
    stride=8,
)
SMALL = {"cascade": CASCADING, "own-first": RECURRENT, "linear": LINEAR}


def pictures(count: int, seed: int, least: int = 60, most: int = 110) -> list[Image.Image]:
    """Of all shapes, wide and tall."""
    random = np.random.default_rng(seed)
    found = []
    for square in textured_pictures(count, most, seed):
        height, width = random.integers(least, most + 1, 2)
        found.append(Image.fromarray(square[:height, :width]))
    return found


@torch.no_grad()
def random_network(
    configuration: Configuration, patch: int, steps: int, classes: int, seed: int, count: int = 24
) -> Upstream:
    """Random weights that behave like trained ones: norms that fit, actions that fill the square, mixed confidences."""
    torch.manual_seed(seed)
    network = Upstream(configuration, patch, steps, classes).eval()
    views = pictures(count, seed + 1, configuration.image, 2 * configuration.image)
    crops = [network.crop(view) for view in views]
    places = np.random.default_rng(seed).integers(0, configuration.image - patch + 1, (len(crops), 2))
    looks = [crop[:, :, y : y + patch, x : x + patch] for crop, (y, x) in zip(crops, places)]
    _fit_norms(network.model_prime, torch.cat([network.glance(crop) for crop in crops]))
    _fit_norms(network.model, torch.cat(looks))
    for value in network.policy.gru.parameters():
        value.mul_(2.0)
    wanted = torch.stack([torch.logit(look.action) for view in views for look in network.looks(view)])
    _spread(network.policy.actor[0], wanted, 1.3)
    for look in range(steps):
        logits = torch.stack([network.looks(view)[look].logits for view in views])
        if configuration.head == CASCADE:
            layer = network.model_prime.own if look == 0 else getattr(network.fc, f"fc_{look + 1}")
        elif configuration.head == GRU_OWN_FIRST and look == 0:
            layer = network.model_prime.own
        elif look == (0 if configuration.head == GRU else 1):
            layer = network.fc.fc
        else:
            continue
        _spread(layer, logits, 1.5 + 0.5 * np.log10(classes))
    return network


def _fit_norms(encoder: nn.Module, pixels: torch.Tensor) -> None:
    for name, module in encoder.named_modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
            # What a block adds to its input is small in a trained network; otherwise rounding grows with each block.
            last = name.endswith(("bn3", "c_bn"))
            module.weight.uniform_(0.15, 0.35) if last else module.weight.uniform_(0.7, 1.3)
            module.bias.uniform_(-0.2, 0.3)
    encoder.train()
    encoder(pixels)
    encoder.eval()


def _spread(layer: nn.Linear, values: torch.Tensor, deviation: float) -> None:
    gain = deviation / values.std(dim=0).clamp(min=1e-6)
    layer.weight.mul_(gain[:, None])
    layer.bias.copy_((layer.bias - values.mean(dim=0)) * gain)


def stored(network: Upstream, confidences: np.ndarray, correct: np.ndarray) -> dict:
    """What the script stores beside the weights: thresholds, and what they did."""
    costs_until = flops(network)
    thresholds, costs, accuracies = [], [], []
    for row in range(1, 40):
        found = solved_thresholds(confidences, row / 20)
        passes = confidences >= np.array(found)
        last = passes.argmax(axis=1)
        thresholds.append(found)
        costs.append(float(np.array(costs_until)[last].mean()))
        accuracies.append(100 * float(correct[np.arange(len(last)), last].mean()))
    return {
        "model_name": network.configuration.name,
        "patch_size": network.patch,
        "flops": costs_until,
        "model_flops": costs_until[0],
        "policy_flops": 0.0,
        "fc_flops": [0.0] * network.steps,
        "anytime_classification": (100 * correct.mean(axis=0)).tolist(),
        "dynamic_threshold": torch.tensor(thresholds),
        "budgeted_batch_classification": [costs, accuracies],
    }


def weights(network: Upstream, prefix: str = "") -> dict:
    def prefixed(module: nn.Module) -> dict:
        return {prefix + name: value for name, value in module.state_dict().items()}

    return {
        "model_prime_state_dict": prefixed(network.model_prime),
        "model_state_dict": prefixed(network.model),
        "fc": network.fc.state_dict(),
        "policy": network.policy.state_dict(),
    }


def save_published(path: Path, network: Upstream, beside: dict) -> Path:
    """As inference.py reads it: `module.` before the encoders' names, the format of torch 1.3."""
    torch.save({**beside, **weights(network, "module.")}, path, _use_new_zipfile_serialization=False)
    return path


def save_trained(path: Path, network: Upstream) -> Path:
    """As train.py writes it: no prefix, no thresholds, an optimiser."""
    optimiser = torch.optim.SGD(network.fc.parameters(), lr=0.1, momentum=0.9)
    torch.save({"epoch": 3, "acc": 61.5, "best_acc": 62.0, "optimizer": optimiser.state_dict(), "ppo_optimizer": None,
                **weights(network)}, path)  # fmt: skip
    return path


small_network = partial(random_network, classes=5, seed=5)
