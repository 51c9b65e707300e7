"""Writes what the Java runtime is compared with: a bundle, pictures, and the authors' way of looking at them.

python tests/reference_run.py cascade|own-first|linear|BACKBONE OUT [--pictures 200] [--seed 5]
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from checkpoints import SMALL, pictures, random_network, save_published, stored
from PIL import Image

from saccade_training.published.configurations import CONFIGURATIONS
from saccade_training.published.importing import import_checkpoint


def options(checkpoint: Path, out: Path, **more) -> argparse.Namespace:
    """The import command's options, none but the needed ones given."""
    unsaid = dict.fromkeys(("backbone", "patch", "steps", "classes", "data", "id", "description"))
    return argparse.Namespace(**{**unsaid, "checkpoint": checkpoint, "out": out, "points": 16, "version": "1.0.0",
                                 "licence": "Apache-2.0", **more})  # fmt: skip


def write(name: str, out: Path, count: int, seed: int, classes: int | None = None, say=print) -> None:
    small = name in SMALL
    configuration = SMALL[name] if small else CONFIGURATIONS[name]
    classes = classes or (5 if small else 1000)
    patch, side = configuration.patches[0], configuration.image
    network = random_network(configuration, patch, configuration.steps, classes, seed)
    shapes = {"least": 40, "most": 120} if small else {"least": side, "most": 2 * side}
    recorded = [network.looks(picture) for picture in pictures(60, seed + 2, **shapes)]
    confidences = np.array([[look.probabilities.max() for look in looks] for looks in recorded])
    labels = np.array([[look.probabilities.argmax() for look in looks] for looks in recorded])
    beside = stored(network, confidences, labels == labels[:, -1:])
    (out / "pictures").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        path = save_published(Path(folder) / f"{configuration.name}.pth.tar", network, beside)
        import_checkpoint(options(path, out / "bundle", id=configuration.name), say, configuration)
    thresholds = [np.clip(beside["dynamic_threshold"][row, :-1].numpy(), 0, 2).tolist() for row in (3, 9, 19, 29)]
    entries = []
    for number, picture in enumerate(pictures(count, seed + 3, **shapes)):
        file = f"{number:03d}.png"
        content = io.BytesIO()
        picture.save(content, "PNG", optimize=True)
        (out / "pictures" / file).write_bytes(content.getvalue())
        looks = network.looks(Image.open(io.BytesIO(content.getvalue())))
        entries.append({"file": file, "looks": [
            {
                "top": look.top, "left": look.left, "action": [float(value) for value in look.action],
                "label": int(look.probabilities.argmax()), "confidence": float(look.probabilities.max()),
            }
            for look in looks
        ]})  # fmt: skip
    reference = {"thresholds": thresholds, "pictures": entries}
    (out / "reference.json").write_text(json.dumps(reference, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=[*SMALL, *CONFIGURATIONS])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    torch.set_num_threads(1)
    write(given.name, given.out, given.pictures, given.seed)


if __name__ == "__main__":
    main()
