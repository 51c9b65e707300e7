"""Writes views by Pillow and glances by PyTorch, for the Java runtime to be compared with to the bit.

python tests/reference_views.py OUT
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from checkpoints import CASCADING
from PIL import Image

from saccade_training.toy import textured_pictures

SIZE, RESIZE, PATCH = 24, 29, 9
# Width x height: wide, tall, square, just right, smaller than the view, hardly wider than high, very wide.
SHAPES = [(97, 64), (40, 120), (64, 64), (29, 29), (10, 13), (31, 30), (200, 11)]


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    glances = {}
    for number, ((width, height), texture) in enumerate(zip(SHAPES, textured_pictures(len(SHAPES), 200, 41))):
        picture = Image.fromarray(texture[:height, :width])
        picture.save(out / f"{number}.png", optimize=True)
        for way in ("bilinear", "bicubic"):
            shape = replace(CASCADING, image=SIZE, resize=RESIZE, filter=way)
            view = _view(picture, shape)
            view.save(out / f"{number}-{way}.png", optimize=True)
            pixels = torch.from_numpy(np.array(view)).permute(2, 0, 1)[None].float()
            glance = F.interpolate(pixels, (PATCH, PATCH), mode=way, align_corners=True)[0].permute(1, 2, 0)
            glances[f"{number}-{way}"] = [round(float(value), 4) for value in glance.flatten()]
    (out / "glances.json").write_text(json.dumps(glances) + "\n")


def _view(picture: Image.Image, shape) -> Image.Image:
    """Resize and CenterCrop, as torchvision does them."""
    width, height = picture.size
    short, size = shape.resize, shape.image
    way = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}[shape.filter]
    if width <= height:
        resized = picture.resize((short, int(short * height / width)), way)
    else:
        resized = picture.resize((int(short * width / height), short), way)
    left, top = round((resized.width - size) / 2.0), round((resized.height - size) / 2.0)
    return resized.crop((left, top, left + size, top + size))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
