"""The pictures to learn from: DIR/train/<class>/[<clip>/]*.jpg, DIR/test/ likewise, boxes in DIR/frames.csv.

Without train/, test/ and val/ the class folders may be in DIR itself.
"""

from __future__ import annotations

import csv
import filecmp
import hashlib
import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.progress import Count, silent
from saccade_training.views import cut_of, read_picture, view_of

ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
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
    loose: bool = False  # in the class's own folder: a clip of its own


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


def folder_of(root: Path, split: str) -> Path:
    """Where the class folders of a split are: those of train are in the root itself where it knows no splits."""
    folders = {entry.name for entry in root.iterdir() if entry.is_dir()} if root.is_dir() else set()
    return root if split == "train" and folders and not folders & {"train", "test", "val"} else root / split


def classes_of(root: Path, say=silent) -> list[str]:
    """The class folders of train/ that hold a picture that can be read, sorted; others are named, counted, left out."""
    train = folder_of(root, "train")
    if not train.is_dir():
        raise UnusableData(
            f"{root} must hold a folder train/ with one folder per class, or these folders and neither test/ nor val/, "
            f"but there is no {train}"
        )
    _say_ignored(train, say)
    folders = sorted(entry.name for entry in train.iterdir() if entry.is_dir())
    bare = {name: len(paths) for name in folders if not _any_readable(paths := pictures_in(train / name))}
    classes = [name for name in folders if name not in bare]
    skipped = ", ".join(f"{name} ({count} that cannot be read)" if count else name for name, count in bare.items())
    if len(classes) < 2:
        raise UnusableData(
            f"{train} must hold at least 2 class folders with pictures ({', '.join(sorted(ENDINGS))}) that can be "
            f"read, but holds {len(classes)}: {classes}" + (f"; without any: {skipped}" if bare else "")
        )
    if bare:
        say(f"skipped {len(bare)} of {len(folders)} class folders of {train} without a readable picture: {skipped}")
    return classes


def _say_ignored(folder: Path, say) -> None:
    """Files with other endings, which somebody may believe to be learnt from."""
    others = sorted(
        path
        for path in folder.glob("*/**/*")
        if path.suffix.lower() not in ENDINGS and path.is_file() and not path.name.startswith(".")
    )
    if others:
        known = ", ".join(sorted(ENDINGS))
        say(f"ignored {len(others)} files in {folder} that do not end in {known}, {others[0]} among them")


def _any_readable(paths: list[Path]) -> bool:
    return any(read_picture(path, 1) is not None for path in paths)  # the smallest that JPEGs can be decoded at


def split_to_report_on(root: Path, say) -> str | None:
    """The split to report on: test, or val where that is all there is, as with Imagenette; None without either."""
    there = [split for split in ("test", "val") if (root / split).is_dir()]
    if there == ["val"]:
        say(f"there is no {root / 'test'}: {root / 'val'} is taken for the test split, and only reported on")
    if len(there) == 2:
        say(f"{root / 'val'} is not used: {root / 'test'} is what is reported on")
    return there[0] if there else None


def scan(root: Path, split: str, classes: list[str], per_clip: int | None = None, say=silent) -> list[Frame]:
    """All frames of a split, sorted; `per_clip` takes that many of each clip, evenly."""
    _leave_others(root, split, classes, say)
    boxes, frames, classes_in = _boxes(root, split), [], folder_of(root, split)
    unused = set(boxes)
    for label, name in enumerate(classes):
        folder = classes_in / name
        by_clip: dict[str, list[Path]] = {}
        for path in pictures_in(folder):
            by_clip.setdefault(path.parent.relative_to(folder).as_posix(), []).append(path)
        # A picture without a clip folder is a clip of its own, though for the table of boxes it is in clip "".
        for clip, paths in [("", by_clip.pop(".", [])), *by_clip.items()]:
            keys = {path: (name, clip, path.stem.lstrip("0")) for path in paths}
            unused.difference_update(keys.values())
            if clip and per_clip and len(paths) > per_clip:
                paths = [paths[i] for i in np.linspace(0, len(paths) - 1, per_clip).round().astype(int)]
            for path in paths:
                called = clip_of(classes, name, path.relative_to(folder))
                frames.append(Frame(path, label, called, boxes.get(keys[path]), loose=not clip))
    if unused:
        first = "/".join(part for part in min(unused) if part)
        say(
            f"{root / 'frames.csv'}: {len(unused)} of {len(boxes)} rows of split {split!r} match no picture, "
            f"{first} among them"
        )
    return frames


def _leave_others(root: Path, split: str, classes: list[str], say) -> None:
    """Folders of classes that train/ has no readable picture of are named and counted; those it has not are refused."""
    folder, learnt = folder_of(root, split), folder_of(root, "train")
    others = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name not in classes)
    counts = {name: len(pictures_in(folder / name)) for name in others}
    unknown = [name for name, count in counts.items() if count and not (learnt / name).is_dir()]
    if unknown:
        raise UnusableData(f"{folder} must hold the classes of train/ only, but also holds {unknown}")
    if counts and split != "train":  # those of train/ were named when the classes were looked for
        named = ", ".join(f"{name} ({count} pictures)" for name, count in counts.items())
        say(f"skipped {len(counts)} class folders of {folder} that nothing was learnt of: {named}")


def pictures_in(folder: Path) -> list[Path]:
    """All pictures in the folder, at any depth, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())


def clip_of(classes: list[str], name: str, inside: Path) -> str:
    """The clip of the picture at `inside` in the folder of class `name`; a loose picture is one of its own."""
    clip = inside.parent.as_posix()
    return f"{name}/{inside.stem}" if clip == "." else clip_name(classes, name, clip)


def clip_name(classes: list[str], name: str, clip: str) -> str:
    """The clip's name among those of all classes: its folder's, if that begins with the class, else class/folder.

    Two classes may have a clip "1" each, which are two clips. A folder that begins with several classes' names begins
    with the longest of them: clip "10" of class "1" is "1/10" if there is a class "10", whose own clip "10" is "10".
    """
    begins = max((other for other in classes if clip.startswith(other)), key=len, default=None)
    return clip if begins == name and not clip.startswith(f"{name}/") else f"{name}/{clip}"


def shared_clips(train: list[Frame], test: list[Frame]) -> list[str]:
    """Clips in both splits. Loose pictures are often just numbered: these are shared only if they are the same."""
    of_train: dict[str, list[Frame]] = {}
    for frame in train:
        of_train.setdefault(frame.clip, []).append(frame)

    def same(one: Frame, other: Frame) -> bool:
        return not (one.loose and other.loose) or filecmp.cmp(one.path, other.path, shallow=False)

    return sorted({one.clip for one in test if any(same(one, other) for other in of_train.get(one.clip, []))})


def _boxes(root: Path, split: str) -> dict[tuple[str, str, str], tuple]:
    """Boxes of a split by class, clip and frame, from frames.csv."""
    table = root / "frames.csv"
    if not table.is_file():
        return {}
    edges = ("xmin", "ymin", "xmax", "ymax")
    wanted, boxes = {"split", "class", "clip", "frame", *edges}, {}
    with open(table, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        missing = wanted - set(rows.fieldnames or [])
        if missing:
            raise UnusableData(f"{table} must have the columns {sorted(wanted)}, but lacks {sorted(missing)}")
        for row in rows:
            try:
                box = tuple(float(row[edge]) for edge in edges)
            except (TypeError, ValueError):
                box = (math.nan,)
            if not all(math.isfinite(edge) for edge in box) or not row["frame"]:
                raise UnusableData(
                    f"{table}, line {rows.line_num}: there must be a frame and numbers for {', '.join(edges)}, but "
                    f"they are {[row[name] for name in ('frame', *edges)]}"
                )
            if box[0] >= box[2] or box[1] >= box[3]:
                raise UnusableData(
                    f"{table}, line {rows.line_num}: xmin must be less than xmax and ymin less than ymax, in pixels "
                    f"from the upper left corner, but they are {[row[edge] for edge in edges]}"
                )
            if row["split"] == split:
                boxes[row["class"], row["clip"], _stem(row["frame"])] = box
    return boxes


def _stem(frame: str) -> str:
    """The file's name without its ending, if it was given with it, and without leading zeros."""
    path = Path(frame)
    return (path.stem if path.suffix.lower() in ENDINGS else frame).lstrip("0")


def load(
    frames: list[Frame], classes: list[str], size: int, say=print, fit: str = "stretch", reduced: bool = True
) -> Pictures:
    """Decodes all frames once, `reduced` as the runtime does with `reducedDecode`. Unreadable files are left out."""
    wanted, there = len(frames) * size * size * 3, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if wanted > 0.9 * there:
        raise UnusableData(
            f"{len(frames)} views of {size} x {size} take {wanted / 1e9:.1f} GB and must fit into memory, but this "
            f"machine has {there / 1e9:.1f} GB: give fewer pictures, --per-clip or a smaller --image"
        )
    views = np.empty((len(frames), size, size, 3), dtype=np.uint8)
    boxes = np.full((len(frames), 4), np.nan, dtype=np.float32)
    kept: list[Frame] = []
    beyond = 0
    count = Count("reading pictures", len(frames), say)
    for frame in frames:
        count.one()
        picture = read_picture(frame.path, size if reduced else None)
        if picture is None:
            say(f"skipped, not a readable picture: {frame.path}")
            continue
        at = len(kept)
        views[at] = view_of(picture.pixels, size, fit)
        if frame.box is not None:
            beyond += frame.box[2] > picture.width + 1 or frame.box[3] > picture.height + 1 or min(frame.box) < -1
            boxes[at] = _box_in_view(frame.box, cut_of(picture.height, picture.width, fit), size)
        kept.append(frame)
    if len(kept) < len(frames):
        say(f"skipped {len(frames) - len(kept)} of {len(frames)} pictures that could not be read")
    if beyond:
        say(f"{beyond} boxes of frames.csv reach out of their pictures: are they xmin, ymin, xmax, ymax in pixels?")
    if not kept:
        raise UnusableData(f"there must be at least one readable picture, but none of {len(frames)} was")
    labels = np.array([frame.label for frame in kept])
    clips = np.array([frame.clip for frame in kept])
    return Pictures(classes, views[: len(kept)], labels, clips, boxes[: len(kept)])


def _box_in_view(box: tuple, cut: tuple[int, int, int, int], size: int) -> np.ndarray:
    """(top, left, bottom, right) in view pixels; NaN where the square cuts off the middle: it cannot be looked at."""
    above, before, height, width = cut
    left, top, right, bottom = box
    rows, columns = size / height, size / width
    place = (top - above) * rows, (left - before) * columns, (bottom - above) * rows, (right - before) * columns
    middle = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return np.clip(place, 0, size) if all(0 <= at <= size for at in middle) else np.full(4, np.nan)


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


def fold_clips(frames: list[Frame], classes: list[str], folds: int, fold: int) -> set[str]:
    """The clips of one fold, 1 to `folds`. Each clip is in one fold; the clips of a class are dealt out in turn.

    The dealing depends on the clips' names alone, never on a run's seed: runs of other seeds are then paired by clip.
    """
    of_class: dict[int, set[str]] = {}
    for frame in frames:
        of_class.setdefault(frame.label, set()).add(frame.clip)
    few = [classes[label] for label, clips in sorted(of_class.items()) if len(clips) < 2]
    if few:
        raise UnusableData(
            "each class must have at least 2 clips to be dealt into folds, "
            f"but {len(few)} have one: {', '.join(few[:5])}"
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
