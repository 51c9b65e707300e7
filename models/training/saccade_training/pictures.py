"""The pictures to learn from: DIR/train/<class>/[<clip>/]*.jpg, DIR/test/ likewise, boxes in DIR/frames.csv."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.views import cut_of, read_picture, view_of

ENDINGS = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}
FEWEST_CALIBRATION_FRAMES = 20


class UnusableData(ValueError):
    """The folder cannot be trained on; the message says what was expected and what was found."""


@dataclass(frozen=True)
class Frame:
    """One picture file. Frames of one clip look alike, so a clip is never split."""

    path: Path
    label: int
    clip: str
    box: tuple[float, float, float, float] | None  # xmin, ymin, xmax, ymax in pixels of the file


@dataclass(frozen=True)
class Pictures:
    """Decoded views in memory. `boxes` is [N, 4] (top, left, bottom, right) in view pixels, NaN where unknown."""

    classes: list[str]
    views: np.ndarray
    labels: np.ndarray
    clips: np.ndarray
    boxes: np.ndarray

    def __post_init__(self):
        lengths = {len(self.views), len(self.labels), len(self.clips), len(self.boxes)}
        if len(lengths) != 1:
            raise ValueError(f"views, labels, clips and boxes must be equally many, but were {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def boxed(self) -> np.ndarray:
        return ~np.isnan(self.boxes[:, 0])

    def of(self, chosen: np.ndarray) -> Pictures:
        return Pictures(self.classes, self.views[chosen], self.labels[chosen], self.clips[chosen], self.boxes[chosen])


def classes_of(root: Path) -> list[str]:
    train = root / "train"
    if not train.is_dir():
        raise UnusableData(f"{root} must hold a folder train/ with one folder per class, but there is no {train}")
    classes = sorted(entry.name for entry in train.iterdir() if entry.is_dir())
    empty = [name for name in classes if not any(p.suffix.lower() in ENDINGS for p in (train / name).rglob("*"))]
    if empty:
        raise UnusableData(
            f"each class folder must hold pictures ({', '.join(sorted(ENDINGS))}), "
            f"but these hold none: {', '.join(empty)}"
        )
    if len(classes) < 2:
        raise UnusableData(f"{train} must hold at least 2 class folders, but holds {len(classes)}: {classes}")
    return classes


def scan(root: Path, split: str, classes: list[str], per_clip: int | None = None) -> list[Frame]:
    """All frames of a split, sorted; `per_clip` takes that many of each clip, evenly."""
    unknown = [entry.name for entry in (root / split).iterdir() if entry.is_dir() and entry.name not in classes]
    if unknown:
        raise UnusableData(f"{root / split} must hold the classes of train/ only, but also holds {unknown}")
    boxes, frames = _boxes(root), []
    for label, name in enumerate(classes):
        folder = root / split / name
        if not folder.is_dir():
            continue
        by_clip: dict[str, list[Path]] = {}
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS):
            by_clip.setdefault(path.parent.relative_to(folder).as_posix(), []).append(path)
        # A picture without a clip folder is a clip of its own, though for the table of boxes it is in clip "".
        for path in by_clip.pop(".", []):
            frames.append(
                Frame(path, label, f"{name}/{path.stem}", boxes.get((split, name, "", path.stem.lstrip("0"))))
            )
        for clip, paths in by_clip.items():
            if per_clip and len(paths) > per_clip:
                paths = [paths[i] for i in np.linspace(0, len(paths) - 1, per_clip).round().astype(int)]
            # Two classes may have a clip "1" each; these are two clips.
            unique = clip if clip.startswith(name) else f"{name}/{clip}"
            for path in paths:
                frames.append(Frame(path, label, unique, boxes.get((split, name, clip, path.stem.lstrip("0")))))
    return frames


def _boxes(root: Path) -> dict:
    table = root / "frames.csv"
    if not table.is_file():
        return {}
    wanted = {"split", "class", "clip", "frame", "xmin", "ymin", "xmax", "ymax"}
    with open(table, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        missing = wanted - set(rows.fieldnames or [])
        if missing:
            raise UnusableData(f"{table} must have the columns {sorted(wanted)}, but lacks {sorted(missing)}")
        return {
            (row["split"], row["class"], row["clip"], row["frame"].lstrip("0")): tuple(
                float(row[edge]) for edge in ("xmin", "ymin", "xmax", "ymax")
            )
            for row in rows
        }


def load(frames: list[Frame], classes: list[str], size: int, say=print, fit: str = "stretch") -> Pictures:
    """Decodes all frames once. Unreadable files are named and left out."""
    views = np.empty((len(frames), size, size, 3), dtype=np.uint8)
    boxes = np.full((len(frames), 4), np.nan, dtype=np.float32)
    kept: list[Frame] = []
    for frame in frames:
        picture = read_picture(frame.path)
        if picture is None:
            say(f"skipped, not a readable picture: {frame.path}")
            continue
        at = len(kept)
        views[at] = view_of(picture, size, fit)
        if frame.box is not None:
            above, before, height, width = cut_of(*picture.shape[:2], fit)
            left, top, right, bottom = frame.box
            rows, columns = size / height, size / width
            box = (top - above) * rows, (left - before) * columns, (bottom - above) * rows, (right - before) * columns
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if all(0 <= place <= size for place in middle):  # what the square cuts off cannot be looked at
                boxes[at] = np.clip(box, 0, size)
        kept.append(frame)
    if len(kept) < len(frames):
        say(f"skipped {len(frames) - len(kept)} of {len(frames)} pictures that could not be read")
    if not kept:
        raise UnusableData("there must be at least one readable picture, but there was none")
    count = len(kept)
    labels = np.array([frame.label for frame in kept])
    return Pictures(classes, views[:count], labels, np.array([frame.clip for frame in kept]), boxes[:count])


def calibration_clips(frames: list[Frame], seed: int, share: float = 0.1) -> set[str]:
    """Clips to hold out of training: a tenth, at least one, of each class that has three or more.

    The shortest with at least 20 frames go first, so that training loses little; equals are shuffled by the seed.
    """
    sizes: dict[int, dict[str, int]] = {}
    for frame in frames:
        of_class = sizes.setdefault(frame.label, {})
        of_class[frame.clip] = of_class.get(frame.clip, 0) + 1
    random, held = np.random.default_rng(seed), set()
    for _, of_class in sorted(sizes.items()):
        if len(of_class) < 3:
            continue
        names = [sorted(of_class)[i] for i in random.permutation(len(of_class))]
        names.sort(key=lambda clip: (of_class[clip] < FEWEST_CALIBRATION_FRAMES, of_class[clip]))
        held |= set(names[: max(1, round(share * len(names)))])
    if not held:
        raise UnusableData(
            "at least one class must have three clips (or loose pictures), so that one can be held out to solve the "
            "exit thresholds, but none has"
        )
    return held


def fold_clips(frames: list[Frame], folds: int, fold: int) -> set[str]:
    """The clips of one fold, 1 to `folds`. Each clip is in one fold; the clips of a class are dealt out in turn.

    The dealing depends on the clips' names alone, never on a run's seed: runs of other seeds are then paired by clip.
    """
    of_class: dict[int, set[str]] = {}
    for frame in frames:
        of_class.setdefault(frame.label, set()).add(frame.clip)
    few = sorted(label for label, clips in of_class.items() if len(clips) < 2)
    if few:
        raise UnusableData(
            f"each class must have at least 2 clips to be dealt into folds, but {len(few)} have one: classes {few[:5]}"
        )
    dealt = 0
    chosen = set()
    for _, clips in sorted(of_class.items()):
        for clip in sorted(clips, key=lambda name: hashlib.sha256(name.encode()).hexdigest()):
            if dealt % folds == fold - 1:
                chosen.add(clip)
            dealt += 1
    return chosen


def fingerprint(frames: list[Frame], *settings) -> str:
    """What a run depends on: a checkpoint of other data or settings is not continued."""
    text = "\n".join(
        f"{frame.path.name} {frame.clip} {frame.label} {frame.path.stat().st_size} {frame.box}" for frame in frames
    )
    return hashlib.sha256((text + repr(settings)).encode()).hexdigest()
