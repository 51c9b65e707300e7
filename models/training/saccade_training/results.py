"""What a run said of clips it had not learnt from, kept so that runs can be compared picture by picture.

A results folder holds `looks.npz`, what every look at every picture said and how sure it was, and `result.json`, the
accuracy per look and clip for people and for other programs. Comparing and calibrating read the former.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.measures import Record

LOOKS, TABLE = "looks.npz", "result.json"
OF_CASCADE = "by a cascade"  # a way of answering, not of choosing places
KEPT = {"confidence": np.float32, "said": np.int16, "offsets": np.int16, "labels": np.int16, "clips": str}


@dataclass(frozen=True)
class Result:
    """`run` says what was trained; `records` are by split ("held", "test") and by who chose the places to look at."""

    run: dict
    classes: list[str]
    records: dict[str, dict[str, Record]]

    def of(self, split: str, chosen_by: str) -> Record:
        known = {split: list(ways) for split, ways in self.records.items()}
        if chosen_by not in self.records.get(split, {}):
            raise ValueError(f"there must be a record of {chosen_by!r} on split {split!r}, but there are {known}")
        return self.records[split][chosen_by]

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {"run": np.array(json.dumps(self.run)), "classes": np.array(self.classes)}
        for split, ways in self.records.items():
            for chosen_by, record in ways.items():
                for name, kind in KEPT.items():
                    arrays[f"{split}/{chosen_by}/{name}"] = getattr(record, name).astype(kind)
        fresh = folder / f"new-{LOOKS}"
        np.savez_compressed(fresh, **arrays)
        fresh.replace(folder / LOOKS)
        (folder / TABLE).write_text(json.dumps(self._table(), indent=1) + "\n")

    def _table(self) -> dict:
        splits = {}
        for split, ways in self.records.items():
            for chosen_by, record in ways.items():
                low, high = record.interval()
                splits.setdefault(split, {})[chosen_by] = {
                    "frames": len(record.labels),
                    "accuracy": record.accuracy().tolist(),
                    "interval90": np.stack([low, high], axis=1).tolist(),
                    "clips": {
                        str(clip): {"frames": int((record.clips == clip).sum()), "accuracy": accuracy.tolist()}
                        for clip, accuracy in record.clip_accuracy().items()
                    },
                }
        return {"run": self.run, "splits": splits}


def load_result(folder: Path) -> Result:
    """Reads a results folder."""
    path = folder / LOOKS
    if not path.is_file():
        raise ValueError(f"{folder} must be a finished run's folder holding {LOOKS}, but there is none")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            records: dict[str, dict[str, dict]] = {}
            for key in arrays.files:
                if "/" in key:
                    split, chosen_by, name = key.split("/")
                    records.setdefault(split, {}).setdefault(chosen_by, {})[name] = arrays[key]
            run, classes = json.loads(str(arrays["run"])), [str(name) for name in arrays["classes"]]
        read = {split: {who: Record(**parts) for who, parts in ways.items()} for split, ways in records.items()}
    except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as problem:
        raise ValueError(f"{path} must be a file written by a run, but could not be read: {problem}") from None
    run.setdefault("glance", run["patch"])  # as large as a patch, until it could be another
    return Result(run, classes, read)
