"""A picture of a run's log.csv: for each stage the loss, and the share right of each look, over the steps."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path

import numpy as np

PICTURE = "log.svg"
MOST_POINTS = 400  # of a curve; of longer ones, steps are averaged in blocks of equal length
NAMES = {1: "1 mixed patches", 2: "2 policy on boxes", 3: "2 policy gradient", 4: "3 own patches"}
WHOLE = "1 whole view"  # the static network's stage 1, which has one look


def read_log(folder: Path) -> dict[int, dict[str, np.ndarray]]:
    """Columns by stage, in the order of stages. A row that a full disk cut off is left out."""
    path = folder / "log.csv"
    if not path.is_file():
        raise ValueError(f"{folder} must be a run's folder holding log.csv, but there is none")
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        columns, by_stage = rows.fieldnames or [], {}
        if not {"stage", "step", "loss"} <= set(columns):
            raise ValueError(f"{path} must have the columns stage, step and loss, but has {columns}")
        for row in rows:
            try:
                place, loss = (int(row["stage"]), int(row["step"])), float(row["loss"])
            except (TypeError, ValueError):
                continue
            values = [_number(row[name]) for name in columns[3:]]
            by_stage.setdefault(place[0], []).append([place[1], loss, *values])
    if not by_stage:
        raise ValueError(f"{path} must hold a row per step, but holds none")
    names = ["step", "loss", *columns[3:]]
    return {stage: _known(names, np.array(rows)) for stage, rows in sorted(by_stage.items())}


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return math.nan


def _known(names: list[str], table: np.ndarray) -> dict[str, np.ndarray]:
    """The columns that the stage has values in."""
    return {name: column for name, column in zip(names, table.T) if not np.isnan(column).all()}


def draw(folder: Path) -> Path:
    """Writes log.svg beside log.csv, whole or not at all, and says where it is."""
    stages = read_log(folder)
    # Only here: it takes a second to load. A Figure of its own asks for no screen, whatever backend is set.
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "saccade", "path.simplify": False}):
        figure = Figure(figsize=(10, 2.8 * len(stages)), layout="constrained")
        for (stage, columns), panels in zip(stages.items(), figure.subplots(len(stages), 2, squeeze=False)):
            _panels(stage, columns, *panels)
        path, fresh = folder / PICTURE, folder / f"{PICTURE}.new"
        try:
            figure.savefig(fresh, format="svg", metadata={"Date": None})
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    return path


def _panels(stage: int, columns: dict[str, np.ndarray], losses, shares) -> None:
    looks = [name for name in columns if name.startswith("look")]
    block = -(-len(columns["step"]) // MOST_POINTS)
    steps = "step" if block == 1 else f"step; each point is the mean of {block}"
    for axes, names in ((losses, ["loss", "distance"]), (shares, looks)):
        for name in names:
            if name in columns:
                (curve,) = axes.plot(_means(columns["step"], block), _means(columns[name], block), lw=1.2, label=name)
                curve.set_gid(f"stage{stage}-{name}")
        axes.set_xlabel(steps)
        axes.grid(alpha=0.3)
        axes.legend(loc="best", fontsize="small")
    losses.set_title(f"{WHOLE if stage == 1 and looks == ['look1'] else NAMES.get(stage, stage)}: loss", fontsize=11)
    shares.set_title("share of the batch that is right", fontsize=11)
    shares.set_ylim(-0.02, 1.02)


def _means(values: np.ndarray, block: int) -> np.ndarray:
    """Means of blocks of that length, the last of what is left."""
    starts = np.arange(0, len(values), block)
    return np.add.reduceat(values, starts) / np.diff([*starts, len(values)])


def drawn(folder: Path, say) -> None:
    """For while training goes on, which a picture must not end: what went wrong with it is said."""
    try:
        say(f"curves: {draw(folder)}")
    except (ImportError, OSError, ValueError) as problem:
        say(f"no picture of the log could be drawn: {problem}")
