"""What the tests share: a little folder of pictures whose classes differ by the colour of a disc."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

os.environ["CUDA_VISIBLE_DEVICES"] = ""  # a GPU, if there is one, would give other last digits than the tests expect

SIDE = 80
COLOURS = {"blue": (40, 60, 220), "green": (40, 200, 60), "red": (220, 50, 40)}


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    torch.set_num_threads(1)


def write_discs(root: Path, split: str, clips: int, frames: int, boxes: bool = True, seed: int = 3) -> None:
    """`clips` clips a class, `frames` frames each; boxes are appended to frames.csv."""
    random, rows, number = np.random.default_rng(seed), [], 0
    for name, colour in COLOURS.items():
        for clip in range(clips):
            folder = root / split / name / f"{split}-{name}-{clip}"
            folder.mkdir(parents=True)
            for _ in range(frames):
                number += 1
                ground = random.normal(120, 12, (SIDE, SIDE, 3)).clip(0, 255).astype(np.uint8)
                x, y = (int(value) for value in random.integers(10, SIDE - 10, 2))
                cv2.circle(ground, (x, y), 8, colour[::-1], -1)
                cv2.imwrite(str(folder / f"{number:06d}.png"), ground)
                rows.append([split, folder.name, name, number, x - 8, y - 8, x + 8, y + 8])
    if boxes:
        table = root / "frames.csv"
        new = not table.exists()
        with open(table, "a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(["split", "clip", "class", "frame", "xmin", "ymin", "xmax", "ymax"])
            writer.writerows(rows)


@pytest.fixture
def discs(tmp_path: Path) -> Path:
    root = tmp_path / "discs"
    write_discs(root, "train", clips=4, frames=6)
    write_discs(root, "test", clips=2, frames=4, seed=9)
    return root
