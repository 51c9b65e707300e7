"""A run's memory on disk: the plan, the last checkpoint, and a log with a row per step."""

from __future__ import annotations

import csv
import json
import math
import os
import pickle
from pathlib import Path

import torch

from saccade_training.devices import on_cpu

# All that a run writes into its folder, files of results.py and plots.py among them.
OWN_FILES = ("plan.json", "checkpoint.pt", "before-own.pt", "log.csv", "log.svg", "looks.npz", "result.json")


class WorkFolder:
    """Checkpoints are written beside and renamed, so an interruption leaves the old one or the new one, never half."""

    def __init__(self, folder: Path, option: str = "--work"):
        self.folder, self.option = folder, option  # the option that chose the folder, for complaints
        folder.mkdir(parents=True, exist_ok=True)
        self._checkpoint, self._plan, self._log = folder / "checkpoint.pt", folder / "plan.json", folder / "log.csv"
        self._rows: list[dict] = []

    def plan(self) -> dict | None:
        return json.loads(self._plan.read_text()) if self._plan.is_file() else None

    def save_plan(self, plan: dict) -> None:
        _replace(self._plan, lambda path: path.write_text(json.dumps(plan, indent=2) + "\n"))

    def save(self, state: dict, name: str = "checkpoint.pt") -> None:
        """Flushes the log first: a checkpoint never knows of steps that the log does not."""
        try:
            self.flush()
            _replace(self.folder / name, lambda path: torch.save(on_cpu(state), path))
        except (OSError, RuntimeError) as problem:  # torch.save says the latter of a full disk
            raise OSError(f"no checkpoint could be written to {self.folder}: {problem}") from problem

    def load(self, name: str = "checkpoint.pt") -> dict | None:
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            return torch.load(path, map_location="cpu", weights_only=True)
        except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as problem:
            raise OSError(f"{path} is not a whole checkpoint ({problem}): start over with --fresh") from problem

    def log(self, row: dict) -> None:
        self._rows.append(row)

    def flush(self) -> None:
        if not self._rows:
            return
        columns = list(dict.fromkeys(["stage", "step", "loss", *(name for row in self._rows for name in row)]))
        if self._log.is_file():
            with open(self._log, newline="") as file:
                columns = csv.DictReader(file).fieldnames or columns
        new = not self._log.is_file()
        with open(self._log, "a", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            if new:
                writer.writeheader()
            writer.writerows(self._rows)
        self._rows.clear()

    def forget_rows_after(self, stage: int, step: int) -> None:
        """Steps that were logged but lost with an interruption are about to be made again."""
        if not self._log.is_file():
            return
        with open(self._log, newline="") as file:
            reader = csv.DictReader(file)
            columns = reader.fieldnames or []
            kept = [row for row in reader if _place(row) <= (stage, step)]

        def rewrite(path: Path) -> None:
            with open(path, "w", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(kept)

        _replace(self._log, rewrite)

    def clear(self) -> None:
        """Forgets the run. The folder may hold other things too; they stay."""
        for name in OWN_FILES:
            for path in (self.folder / name, self.folder / f"{name}.new", self.folder / f"new-{name}"):
                path.unlink(missing_ok=True)


def _place(row: dict) -> tuple[float, float]:
    """Stage and step; behind all others where a full disk cut the row off."""
    try:
        return int(row["stage"]), int(row["step"])
    except (TypeError, ValueError):
        return math.inf, math.inf


def _replace(path: Path, write) -> None:
    fresh = path.with_name(path.name + ".new")
    try:
        write(fresh)
        with open(fresh, "rb") as written:
            os.fsync(written.fileno())  # or a power cut could leave the name without what it stands for
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)  # a half one would only take room
