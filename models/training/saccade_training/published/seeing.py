"""From a picture to what a published network sees, and all its looks, as the runtime makes them."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps, UnidentifiedImageError

from saccade_training.eye import Look
from saccade_training.onnx_files import session
from saccade_training.published.configurations import Configuration
from saccade_training.published.graph import memory_size
from saccade_training.published.network import PublishedNetwork
from saccade_training.views import offsets_of, patch_of

FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


def view_of(picture: Image.Image, configuration: Configuration) -> np.ndarray:
    """torchvision's Resize and CenterCrop: the middle of the picture, its shorter side resized by Pillow."""
    picture = picture.convert("RGB")
    width, height = picture.size
    size, resize = configuration.image, configuration.resize
    resized = (resize, int(resize * height / width)) if width <= height else (int(resize * width / height), resize)
    picture = picture.resize(resized, FILTERS[configuration.filter])
    left, top = round((resized[0] - size) / 2), round((resized[1] - size) / 2)
    return np.asarray(picture.crop((left, top, left + size, top + size)))


def read_view(path: Path, configuration: Configuration) -> np.ndarray | None:
    """The view, upright as EXIF says; None when the file is not a readable picture, or one far too large."""
    try:
        with Image.open(path) as picture:
            return view_of(ImageOps.exif_transpose(picture), configuration)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError):
        return None


def glance_of(view: np.ndarray, patch: int, mode: str) -> torch.Tensor:
    """[1, P, P, 3]. The authors resize normalised values; as weights sum to 1, normalising later is the same."""
    pixels = torch.from_numpy(view.astype(np.float32)).permute(2, 0, 1)[None]
    return F.interpolate(pixels, size=(patch, patch), mode=mode, align_corners=True).permute(0, 2, 3, 1).contiguous()


class LookEye:
    """Looks at views of S x S x 3 bytes with the one graph; every look is made, exits are decided elsewhere."""

    def __init__(self, graph: bytes, network: PublishedNetwork):
        self._run = session(graph)
        self._memory = memory_size(network)
        self._mode = network.configuration.glance
        self.image, self.patch, self.steps = network.configuration.image, network.patch, network.steps

    def looks(self, view: np.ndarray) -> list[Look]:
        pixels, top, left = glance_of(view, self.patch, self._mode).numpy(), 0, 0
        memory = np.zeros((1, self._memory), dtype=np.float32)
        found: list[Look] = []
        while True:
            probabilities, action, memory = self._run.run(
                ["probabilities", "action", "next_memory"], {"view": pixels, "memory": memory}
            )
            found.append(Look(top, left, probabilities[0], action[0]))
            if len(found) == self.steps:
                return found
            top, left = (int(value) for value in offsets_of(action[0], self.image, self.patch))
            pixels = np.ascontiguousarray(patch_of(view, top, left, self.patch), dtype=np.float32)[None]


def golden_of(view: np.ndarray, configuration: Configuration) -> np.ndarray:
    """A picture of R x R, which no resizing changes, with the view where the crop takes it from."""
    rest = configuration.resize - configuration.image
    before = round(rest / 2)
    return np.pad(view, ((before, rest - before), (before, rest - before), (0, 0)), mode="edge")
