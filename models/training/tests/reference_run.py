"""Writes what the Java runtime is compared with: a bundle, and the authors' way of looking at pictures.

python tests/reference_run.py cascade|own-first|linear|BACKBONE OUT [--pictures 200] [--seed 5]

Small networks (the first three) look at pictures that the Java tests make anew from their seeds. For a backbone that
was published the pictures are written beside the bundle.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from checkpoints import SMALL, pictures, random_network, save_published, stored
from PIL import Image
from upstream import Seen, Upstream

from saccade_training.frontier import ALWAYS, NEVER
from saccade_training.published.configurations import CONFIGURATIONS
from saccade_training.published.importing import import_checkpoint
from saccade_training.reference import is_plain, picture_of


def options(checkpoint: Path, out: Path, **more) -> argparse.Namespace:
    """The import command's options, none but the needed ones given."""
    unsaid = dict.fromkeys(("backbone", "patch", "steps", "classes", "data", "id", "description"))
    return argparse.Namespace(**{**unsaid, "checkpoint": checkpoint, "out": out, "points": 16, "version": "1.0.0",
                                 "licence": "Apache-2.0", **more})  # fmt: skip


def write(name: str, out: Path, count: int, seed: int, say=print) -> None:
    small = name in SMALL
    configuration = SMALL[name] if small else CONFIGURATIONS[name]
    side = configuration.image
    network = random_network(configuration, configuration.patches[0], configuration.steps, 5 if small else 1000, seed)
    shapes = {"least": 40, "most": 120} if small else {"least": side, "most": 2 * side}
    recorded = [network.looks(picture) for picture in pictures(60, seed + 2, **shapes)]
    confidences = np.array([[look.probabilities.max() for look in looks] for looks in recorded])
    labels = np.array([[look.probabilities.argmax() for look in looks] for looks in recorded])
    beside = stored(network, confidences, labels == labels[:, -1:])
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        path = save_published(Path(folder) / f"{configuration.name}.pth.tar", network, beside)
        import_checkpoint(options(path, out / "bundle", id=configuration.name), say, configuration)
    rows = [beside["dynamic_threshold"][row, :-1].numpy() for row in (3, 9, 19, 29)]
    thresholds = [np.clip(row, ALWAYS, NEVER).tolist() for row in rows]
    if small:
        thresholds.append([NEVER] * (configuration.steps - 1))
        entries, left_out = from_seeds(network, thresholds, count)
        say(f"{left_out} pictures left out, where rounding could turn a patch, an answer or an exit")
    else:
        entries = from_files(network, pictures(count, seed + 3, **shapes), out / "pictures")
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    (out / "reference.json").write_text(f'{{"thresholds": {json.dumps(thresholds)}, "pictures": [\n{lines}\n]}}\n')


def from_seeds(network: Upstream, thresholds: list[list[float]], count: int) -> tuple[list[dict], int]:
    """Pictures that both languages make from a number, and how many were left out for not being plain."""
    reach = network.configuration.image - network.patch
    entries, seed = [], 0
    while len(entries) < count:
        seed += 1
        looks = network.looks(Image.fromarray(picture_of(seed)))
        seen = [{"action": look.action.numpy(), "probabilities": look.probabilities} for look in looks]
        if is_plain(seen, reach, thresholds):
            entries.append({"seed": seed, "looks": [written(look) for look in looks]})
    return entries, seed - count


def from_files(network: Upstream, shown: list[Image.Image], folder: Path) -> list[dict]:
    """Pictures as large as full-size networks see, kept as files."""
    folder.mkdir()
    entries = []
    for number, picture in enumerate(shown):
        file = folder / f"{number:03d}.png"
        picture.save(file, "PNG", optimize=True)
        entries.append({"file": file.name, "looks": [written(look) for look in network.looks(Image.open(file))]})
    return entries


def written(look: Seen) -> dict:
    return {
        "top": look.top, "left": look.left, "action": [round(float(value), 6) for value in look.action],
        "label": int(look.probabilities.argmax()), "confidence": round(float(look.probabilities.max()), 6),
    }  # fmt: skip


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
