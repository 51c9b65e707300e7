"""Where an imported bundle's frontier comes from: the thresholds in the checkpoint, or pictures of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.bundle import Calibration
from saccade_training.frontier import ALWAYS, NEVER, Point, frontier, shares_of_cost
from saccade_training.pictures import clip_of, pictures_in
from saccade_training.progress import Count
from saccade_training.published.checkpoint import UnusableCheckpoint
from saccade_training.published.configurations import Configuration
from saccade_training.published.seeing import LookEye, read_view

STORED = ("flops", "dynamic_threshold", "budgeted_batch_classification", "anytime_classification")
UNITS = {1.0: "", 1e6: "million ", 1e9: "billion "}
MOST_APART = 0.005


@dataclass(frozen=True)
class Operating:
    """The points, and how they came about."""

    points: list[Point]
    calibration: Calibration
    story: str


def stored_adds(stored: dict, recomputed: np.ndarray) -> tuple[np.ndarray | None, str | None]:
    """The checkpoint's cumulative multiply-adds, and a complaint when they are not those of this network."""
    if "flops" not in stored:
        return None, None
    found = _numbers(stored, "flops", (len(recomputed),))
    ours = np.cumsum(recomputed)
    unit = min(UNITS, key=lambda unit: abs(np.log(max(found[0], 1e-9) * unit / ours[0])))
    found = found * unit
    apart = np.abs(found / ours - 1)
    if apart.max() <= MOST_APART:
        return found, None
    worst = int(apart.argmax())
    return found, (
        f"the checkpoint says {found[worst] / 1e6:.2f} M multiply-adds after look {worst + 1}, "
        f"but the network makes {ours[worst] / 1e6:.2f} M ({100 * (found[worst] / ours[worst] - 1):+.1f} %)"
    )


def stored_operating(stored: dict, until: np.ndarray | None, steps: int) -> Operating | None:
    """The stored thresholds as a frontier. None when the checkpoint has none.

    The checkpoint holds a mean cost and an accuracy for each row of thresholds, but not how many pictures exited where.
    The rule they were solved by makes the shares a geometric row, so the row of that mean cost is taken.
    """
    if until is None or not all(name in stored for name in STORED):
        return None
    thresholds = _numbers(stored, "dynamic_threshold", (None, steps))
    curve = _numbers(stored, "budgeted_batch_classification", (2, len(thresholds)))
    anytime = _shares(_numbers(stored, "anytime_classification", (steps,)))
    wanted, accuracy = curve[0] * (until[0] / _numbers(stored, "flops", (steps,))[0]), _shares(curve[1])
    if not (wanted.min() >= until[0] * (1 - 1e-3) and wanted.max() <= until[-1] * (1 + 1e-3)):
        raise UnusableCheckpoint(
            f"budgeted_batch_classification must have mean costs within {until[0]:.4g} and {until[-1]:.4g}, those of "
            f"one and of all looks, but has {wanted.min():.4g} to {wanted.max():.4g}"
        )
    shares = shares_of_cost(wanted, np.diff(until, prepend=0.0))
    rows = [(ALWAYS,) * (steps - 1), *(tuple(float(t) for t in _bounded(row[:-1])) for row in thresholds),
            (NEVER,) * (steps - 1)]  # fmt: skip
    shares = np.concatenate([np.eye(steps)[:1], shares, np.eye(steps)[-1:]])
    accuracies = [anytime[0], *accuracy, anytime[-1]]
    points, looks = [], shares @ np.arange(1, steps + 1)
    for index in np.argsort(looks, kind="stable"):
        if not points or looks[index] > points[-1].mean_looks + 1e-6:
            points.append(
                Point(rows[index], tuple(shares[index].tolist()), float(looks[index]), float(accuracies[index]))
            )
    points[0], points[-1] = _exact(points[0], 1), _exact(points[-1], steps)
    return Operating(
        points,
        Calibration("ImageNet training pictures; accuracy on ImageNet validation", [], 200_000, "geometric, as stored"),
        f"The {len(thresholds)} rows of thresholds that the checkpoint stores, with the accuracies and mean costs it "
        "stores; the shares of exits are those of the geometric rule at that cost.",
    )


def solved_operating(
    eye: LookEye, configuration: Configuration, data: Path, classes: list[str], points: int, say
) -> Operating:
    """Thresholds solved on DATA/<class>/*, a folder per class, named as the classes are."""
    folders = sorted(entry for entry in data.iterdir() if entry.is_dir()) if data.is_dir() else []
    unknown = [folder.name for folder in folders if folder.name not in classes]
    if unknown or not folders:
        raise ValueError(
            f"{data} must hold a folder of pictures for each of some classes, by the names of --classes, "
            + (f"but holds {unknown[:5]}" if unknown else "but holds none")
        )
    paths = [(folder, path) for folder in folders for path in pictures_in(folder)]
    confidence, correct, clips = [], [], set()
    count = Count("looking at pictures", len(paths), say)
    for folder, path in paths:
        count.one()
        view = read_view(path, configuration)
        if view is None:
            say(f"skipped, not a readable picture: {path}")
            continue
        looks = eye.looks(view)
        confidence.append([look.confidence for look in looks])
        correct.append([classes[look.label] == folder.name for look in looks])
        clips.add(clip_of(classes, folder.name, path.relative_to(folder)))
    skipped = len(paths) - len(confidence)
    if not confidence:
        raise ValueError(f"{data} must hold at least one readable picture, but holds none ({skipped} were skipped)")
    found = frontier(np.array(confidence, dtype=np.float32), np.array(correct), points)
    return Operating(
        found,
        Calibration("given", sorted(clips), len(confidence)),
        f"Solved by the geometric rule on {len(confidence)} pictures of {len(clips)} clips in `{data.name}`; "
        f"{skipped} could not be read.",
    )


def _bounded(row: np.ndarray) -> np.ndarray:
    """Upstream writes 1e8 for never and -1e8 for always."""
    return np.clip(row, ALWAYS, NEVER)


def _exact(point: Point, looks: int) -> Point:
    return Point(point.thresholds, point.exit_shares, float(looks), point.accuracy)


def _shares(percent: np.ndarray) -> np.ndarray:
    shares = percent / 100 if percent.max() > 1 else percent
    if not (shares.min() >= 0 and shares.max() <= 1):
        raise UnusableCheckpoint(f"accuracies must be within 0 and 100 %, but were {percent.min()} to {percent.max()}")
    return shares


def _numbers(stored: dict, name: str, shape: tuple) -> np.ndarray:
    try:
        found = np.array([[float(value) for value in row] if hasattr(row, "__len__") and len(row) else float(row)
                          for row in _rows(stored[name])], dtype=np.float64)  # fmt: skip
    except (TypeError, ValueError):
        found = np.empty(0)
    fits = found.ndim == len(shape) and all(want in (None, have) for want, have in zip(shape, found.shape))
    if not fits or not found.size or not np.isfinite(found).all():
        wanted = " x ".join("some" if size is None else str(size) for size in shape)
        raise UnusableCheckpoint(f"the checkpoint's {name} must be {wanted} numbers, but was {str(stored[name])[:80]}")
    return found


def _rows(value):
    return value.tolist() if hasattr(value, "tolist") else value
