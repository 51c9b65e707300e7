"""Reads a published `.pth.tar`, or one that the authors' training script wrote, without running anything in it."""

from __future__ import annotations

import pickle
import re
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import torch

from saccade_training.published.configurations import CASCADE, Configuration
from saccade_training.published.network import OF_GRU, PublishedNetwork

PARTS = ("model_prime_state_dict", "model_state_dict", "fc", "policy")
PREFIX = "module."
# What torch says of a file that holds more than plain data.
REFUSED = re.compile(r"(?:GLOBAL|unrecognized function|unsupported class) (\S+)")


class UnusableCheckpoint(ValueError):
    """The file cannot be imported; the message says what was expected and what was found."""


@dataclass(frozen=True)
class Checkpoint:
    """Weights by part, prefixes off, and what else was stored: nothing, when the training script wrote it."""

    path: Path
    weights: dict[str, dict[str, torch.Tensor]]
    stored: dict

    @property
    def classes(self) -> int:
        layers = {name: value for name, value in self.weights["fc"].items() if name in ("fc.bias", "fc_2.bias")}
        if len(layers) != 1:
            raise UnusableCheckpoint(
                f"{self.path.name}: fc must hold fc.bias (a GRU) or fc_2.bias (a cascade), "
                f"but holds {_some(self.weights['fc'])}"
            )
        return len(next(iter(layers.values())))

    def network(self, configuration: Configuration, patch: int, steps: int) -> PublishedNetwork:
        """The network with these weights, every one of which fits, in inference mode."""
        self._check_said(configuration, patch)
        network = PublishedNetwork(configuration, patch, steps, self.classes)
        self._load("model_prime_state_dict", network.glance_encoder, (), configuration.name)
        self._load("model_state_dict", network.focus_encoder, (), configuration.name)
        self._check_patch(network)
        self._load("policy", network.policy, ("critic.0.weight", "critic.0.bias"), configuration.name)
        self._load("fc", network.classifier, self._unused_layers(configuration, steps), configuration.name)
        return network.drop_unused().eval().requires_grad_(False)

    def _check_said(self, configuration: Configuration, patch: int) -> None:
        for key, given in [("model_name", configuration.name), ("patch_size", patch)]:
            said = self.stored.get(key, given)
            if said != given:
                raise UnusableCheckpoint(f"{self.path.name}: says that its {key} is {said!r}, but was to be {given!r}")

    def _check_patch(self, network: PublishedNetwork) -> None:
        """The one weight whose shape depends on the patch gets its own words."""
        configuration, patch = network.configuration, network.patch
        linear = configuration.linear_policy
        layer = "state_encoder.0.weight" if linear else "state_encoder.3.weight"
        weight = self.weights["policy"].get(layer)
        channels = network.glance_encoder.channels if linear else configuration.policy_reduced
        if weight is None or weight.ndim != 2 or weight.shape[1] == channels * configuration.map_side(patch) ** 2:
            return
        side = (weight.shape[1] / channels) ** 0.5
        fitting = f"those of patches of {side * configuration.stride:.0f} do" if side.is_integer() else "none do"
        raise UnusableCheckpoint(
            f"{self.path.name}: the maps of patches of {patch} must fit the policy's {layer}, but {fitting}: "
            f"its shape is {list(weight.shape)}"
        )

    def _unused_layers(self, configuration: Configuration, steps: int) -> tuple[str, ...]:
        """The published cascades have a layer for each of 2 to 5 looks, however few are made."""
        if configuration.head != CASCADE:
            return ()
        return tuple(f"fc_{look}.{kind}" for look in range(steps + 1, 6) for kind in ("weight", "bias"))

    def _load(self, part: str, module: torch.nn.Module, ignored: tuple[str, ...], backbone: str) -> None:
        ours, theirs = module.state_dict(), self.weights[part]
        where = f"{self.path.name}: {part}"
        wanted = {_published(name): name for name in ours}
        for published, name in wanted.items():
            if published not in theirs:
                if published.endswith("num_batches_tracked"):  # old files lack it, and inference does not use it
                    continue
                raise UnusableCheckpoint(
                    f"{where} must hold {published} to be of {backbone}, but holds {_some(theirs)}"
                )
            if theirs[published].shape != ours[name].shape:
                raise UnusableCheckpoint(
                    f"{where}: {published} must be {list(ours[name].shape)} to be of {backbone}, "
                    f"but was {list(theirs[published].shape)}"
                )
            if not bool(torch.isfinite(theirs[published]).all()):
                raise UnusableCheckpoint(f"{where}: {published} must hold finite numbers, but does not")
            ours[name] = theirs[published]
        surplus = [name for name in theirs if name not in wanted and name not in ignored]
        if surplus:
            raise UnusableCheckpoint(f"{where} holds {len(surplus)} that {backbone} has no place for: {_some(surplus)}")
        module.load_state_dict(ours)


def read_checkpoint(path: Path) -> Checkpoint:
    if not path.is_file():
        raise UnusableCheckpoint(f"{path} must be a checkpoint, but there is no such file")
    content = _plain_data(path)
    if not isinstance(content, dict):
        raise UnusableCheckpoint(f"{path.name} must hold a dictionary, but holds a {type(content).__name__}")
    weights = {}
    for part in PARTS:
        found = content.get(part)
        if part == "policy" and part in content and found is None:
            raise UnusableCheckpoint(
                f"{path.name} was written after stage 1: it has no policy yet, which stage 2 trains"
            )
        if not isinstance(found, dict) or not all(isinstance(value, torch.Tensor) for value in found.values()):
            raise UnusableCheckpoint(
                f"{path.name} must hold weights under {', '.join(PARTS)}, but {part} "
                + (f"is a {type(found).__name__}" if part in content else f"is missing; it holds {_some(content)}")
            )
        weights[part] = _without_prefix(found)
    return Checkpoint(path, weights, {key: value for key, value in content.items() if key not in PARTS})


def _plain_data(path: Path):
    """Tensors, lists, dictionaries, numbers and text; whoever wrote the file cannot make anything else happen."""
    # Of the three formats that torch reads, two are loaded by code that does not keep to plain data (the tar
    # format before torch 2.6: CVE-2025-32434). No checkpoint of GFNet is in either; `.pth.tar` is only a name.
    if tarfile.is_tarfile(path):
        raise UnusableCheckpoint(f"{path.name} must not be a tar archive: such files can run code while being read")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if any(name.endswith("/constants.pkl") for name in archive.namelist()):
                raise UnusableCheckpoint(f"{path.name} must be a checkpoint, but is a TorchScript program")
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as problem:
        asked = REFUSED.search(str(problem))
        if asked:
            raise UnusableCheckpoint(
                f"{path.name} must hold plain data (tensors, lists, numbers, text), but asks for {asked[1]}: refused, "
                "and nothing in it was run"
            ) from None
        raise UnusableCheckpoint(_broken(path, problem)) from None
    except (RuntimeError, EOFError, OSError, ValueError, KeyError, IndexError, AttributeError, TypeError) as problem:
        raise UnusableCheckpoint(_broken(path, problem)) from None


def _broken(path: Path, problem: Exception) -> str:
    said = str(problem).strip().splitlines()
    return (
        f"{path.name} must be a whole checkpoint saved by torch, but could not be read; it has "
        f"{path.stat().st_size} bytes, is the download complete? ({said[0][:200] if said else type(problem).__name__})"
    )


def _without_prefix(weights: dict) -> dict:
    """The published encoders were saved out of a DataParallel, which puts `module.` before each name."""
    if weights and all(name.startswith(PREFIX) for name in weights):
        return {name[len(PREFIX) :]: value for name, value in weights.items()}
    return dict(weights)


def _published(name: str) -> str:
    """The checkpoint's name of one of our weights."""
    for ours, theirs in OF_GRU.items():
        if name.endswith("." + ours):
            return name[: -len(ours)] + theirs
    return name


def _some(names) -> str:
    shown = [str(name) for name in list(names)[:4]]
    return ", ".join(shown) + (f" and {len(names) - 4} more" if len(names) > 4 else "") if shown else "nothing"
