"""Recorded looks at held-out frames, of runs and of tables that others wrote."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.compare import shape_of
from saccade_training.frontier import Recorded
from saccade_training.measures import Record
from saccade_training.results import load_result


@dataclass(frozen=True)
class Looks:
    """Recorded looks at held-out frames: confidences [N, T], whether each was right [N, T], clips [N]."""

    confidence: np.ndarray
    correct: np.ndarray
    clips: np.ndarray
    split: str = "train"  # what the clips were: training clips held out by a fold, or recorded elsewhere

    def __post_init__(self):
        Recorded(self.confidence, self.correct)  # shapes and ranges
        if self.clips.shape != (len(self.confidence),):
            raise ValueError(f"there must be a clip for each of {len(self.confidence)} frames, but {self.clips.shape}")

    def of(self, chosen: np.ndarray) -> Looks:
        return Looks(self.confidence[chosen], self.correct[chosen], self.clips[chosen], self.split)


def looks_of(record: Record) -> Looks:
    return Looks(record.confidence, record.correct, record.clips)


def read_looks(paths: list[Path]) -> Looks:
    """Held-out looks of several files: a run's folder, a .npz of confidence, correct and clip, or a .csv of the same.

    A .csv has the columns clip, confidence1, correct1, confidence2, correct2 and so on.
    """
    _check_alike([path for path in paths if path.is_dir()])
    read = [_read(path) for path in paths]
    looks = {part.confidence.shape[1] for part in read}
    if len(looks) > 1:
        raise ValueError(f"all files must have as many looks, but they have {sorted(looks)}")
    split = "train" if all(path.is_dir() for path in paths) else "recorded"
    joined = Looks(*(np.concatenate([getattr(part, name) for part in read])
                     for name in ("confidence", "correct", "clips")), split)  # fmt: skip
    for index, part in enumerate(read):
        for earlier, other in enumerate(read[:index]):
            shared = set(part.clips.tolist()) & set(other.clips.tolist())
            if shared:
                raise ValueError(
                    f"a clip must be in one file only, so that it counts once, but {paths[earlier]} and "
                    f"{paths[index]} share {len(shared)}: {sorted(shared)[:3]}"
                )
    return joined


def check_kind(paths: list[Path], kind: dict, classes: list[str]) -> None:
    """Runs' folders among `paths` must hold looks of networks of that kind, at pictures of those classes."""
    for path in paths:
        if not path.is_dir():
            continue  # a table does not say whose looks it holds
        found = load_result(path)
        unlike = [f"{name} {found.run.get(name)!r} instead of {kind[name]!r}" for name in kind
                  if found.run.get(name) != kind[name]]  # fmt: skip
        if found.classes != classes:
            unlike.append(f"classes {found.classes[:5]} instead of {classes[:5]}")
        if unlike:
            raise ValueError(f"the looks must be of networks of the kind to be trained, but {path} has {unlike}")


def _check_alike(folders: list[Path]) -> None:
    """Thresholds are of one kind of network: its runs differ by fold and seed only."""
    found = [load_result(folder) for folder in folders]
    shapes = [{"classes": one.classes, **shape_of(one.run)} for one in found]
    for folder, shape in zip(folders, shapes):
        unlike = sorted(name for name in shape | shapes[0] if shape.get(name) != shapes[0].get(name))
        if unlike:
            raise ValueError(
                f"the looks must be of networks of one kind, but {folders[0]} and {folder} differ in {unlike}: "
                f"{[shapes[0].get(name) for name in unlike]} and {[shape.get(name) for name in unlike]}"
            )


def _read(path: Path) -> Looks:
    if path.is_dir():
        return looks_of(load_result(path).of("held", "policy"))
    if not path.is_file():
        raise ValueError(f"{path} must be a run's folder, a .npz or a .csv, but there is no such file")
    if path.suffix == ".npz":
        try:
            with np.load(path, allow_pickle=False) as arrays:
                kept = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as problem:
            raise ValueError(f"{path} must be arrays saved by numpy, but could not be read: {problem}") from None
        missing = {"confidence", "correct", "clip"} - kept.keys()
        if missing:
            raise ValueError(f"{path} must hold confidence, correct and clip, but lacks {sorted(missing)}")
        return Looks(kept["confidence"], kept["correct"].astype(bool), kept["clip"].astype(str))
    if path.suffix == ".csv":
        return _read_table(path)
    raise ValueError(f"{path} must be a run's folder, a .npz or a .csv, but its name ends in {path.suffix!r}")


def _read_table(path: Path) -> Looks:
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        columns = rows.fieldnames or []
        looks = sum(name.startswith("confidence") for name in columns)
        names = ["clip", *(f"{what}{look}" for look in range(1, looks + 1) for what in ("confidence", "correct"))]
        missing = set(names) - set(columns)
        if looks < 2 or missing:
            raise ValueError(
                f"{path} must have the columns clip, confidence1, correct1, confidence2, correct2 and so on, "
                f"but has {columns}"
            )
        clips, values = [], []
        for number, row in enumerate(rows, start=2):
            try:
                values.append([float(row[name]) for name in names[1:]])
            except (TypeError, ValueError):
                raise ValueError(f"{path}, line {number}: each value must be a number, but they are {row}") from None
            clips.append(row["clip"])
    if not values:
        raise ValueError(f"{path} must have a row per frame, but has none")
    table = np.array(values)
    wrong = np.flatnonzero(~np.isin(table[:, 1::2], (0, 1)).all(axis=1))
    if len(wrong):
        raise ValueError(f"{path}, line {wrong[0] + 2}: correct must be 0 or 1, but is {table[wrong[0], 1::2]}")
    return Looks(table[:, 0::2].astype(np.float32), table[:, 1::2] == 1, np.array(clips))
