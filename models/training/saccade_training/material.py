"""The pictures of a run, apart by clip."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np

from saccade_training.pictures import (
    Frame,
    Pictures,
    UnusableData,
    calibration_clips,
    classes_of,
    fingerprint,
    fold_clips,
    load,
    scan,
    shared_clips,
    split_to_report_on,
)
from saccade_training.settings import Settings

USUAL = {"folds": None, "fold": 1, "boxes": True, "fit": "stretch", "head": "cascade", "side": None, "looks": (),
         "rate": 1.0, "bf16": False}  # fmt: skip


@dataclass(frozen=True)
class Material:
    """The pictures, apart by clip: what is learnt from, what the thresholds are solved on, what is reported on.

    No calibration pictures: the thresholds come from looks that other runs recorded, and all clips are learnt from.
    """

    train: Pictures
    calibration: Pictures | None
    test: Pictures | None
    identity: str


def absent_from(pictures: Pictures) -> list[str]:
    """The classes that no picture is of."""
    return [name for label, name in enumerate(pictures.classes) if not (pictures.labels == label).any()]


def _test(settings: Settings, classes: list[str], train: list[Frame], say) -> Pictures | None:
    """What is only reported on. Classes without a picture there are named: nothing can be said of them."""
    split = split_to_report_on(settings.data, say)
    if split is None:
        return None
    frames = scan(settings.data, split, classes, settings.per_clip, say)
    if not frames:
        raise UnusableData(f"{settings.data / split} must hold pictures or not be there, but holds none")
    shared = shared_clips(train, frames)
    if shared:
        raise UnusableData(f"a clip must be in train/ or in {split}/, but these are in both: {shared[:5]}")
    pictures = load(frames, classes, settings.image, say, settings.fit)
    absent = absent_from(pictures)
    if absent:
        say(f"{split}: no readable picture of {len(absent)} of {len(classes)} classes: {', '.join(absent)}")
    return pictures


def gather(settings: Settings, say) -> Material:
    classes = classes_of(settings.data, say)
    frames = scan(settings.data, "train", classes, settings.per_clip, say)
    if settings.looks:
        held, what = set(), "all are learnt from"
    elif settings.folds is None:
        held = calibration_clips(frames, settings.seed)
        what = f"{len(held)} clips are held out to solve the thresholds"
    else:
        held = fold_clips(frames, classes, settings.folds, settings.fold)
        what = f"fold {settings.fold} of {settings.folds}, {len(held)} clips, is held out"
    say(f"train: {len(frames)} pictures of {len(classes)} classes in {len({f.clip for f in frames})} clips; {what}")
    kept = [frame for frame in frames if frame.clip not in held]
    train = load(kept, classes, settings.image, say, settings.fit)
    absent = absent_from(train)
    if absent:
        raise UnusableData(
            "after holding clips out, each class must still have readable pictures to learn from, "
            f"but these have none: {', '.join(absent)}"
        )
    rest = [frame for frame in frames if frame.clip in held]
    calibration = load(rest, classes, settings.image, say, settings.fit) if rest else None
    test = _test(settings, classes, frames, say)
    if test is None and calibration is None:
        raise UnusableData(
            f"with --looks all clips of train/ are learnt from, and figures need {settings.data / 'test'}, "
            "but there is none: leave --looks out, or set clips apart in test/"
        )
    if not settings.boxes:  # those of the held-out pictures stay: they only tell where the policy looked
        train = replace(train, boxes=np.full_like(train.boxes, np.nan))
    boxed = int(train.boxed.sum())
    say(f"boxes: {boxed} of {len(train)} training pictures have one" + ("" if boxed else "; patches will be random"))
    given = asdict(settings)
    shaping = {name: given[name] for name in
               ("backbone", "image", "patch", "steps", "batch", "seed", "per_clip")}  # fmt: skip
    # A choice at its default leaves no mark, so that checkpoints from before the choice existed go on.
    # Where looks are kept is of no account, only that no clip is held out for them.
    given["looks"] = ("given",) if settings.looks else ()
    usual = USUAL | {"glance": settings.patch}
    shaping |= {name: given[name] for name in usual if given[name] != usual[name]}
    return Material(train, calibration, test, fingerprint(frames, sorted(shaping.items())))
