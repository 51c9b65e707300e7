"""Where a bundle's thresholds come from: the clips that were held out, or the looks of `fold` runs."""

from __future__ import annotations

from dataclasses import dataclass

from saccade_training import calibration_report
from saccade_training.bundle import Calibration
from saccade_training.calibration import calibrated, costs_of
from saccade_training.eye import Eye
from saccade_training.frontier import Point, frontier
from saccade_training.looks import check_kind, read_looks
from saccade_training.material import Material
from saccade_training.measures import record
from saccade_training.pictures import classes_of
from saccade_training.settings import Settings

KIND = ("backbone", "head", "fit", "image", "glance", "patch", "steps", "boxes")


@dataclass(frozen=True)
class Solved:
    """The frontier, what it was measured on, and what the card says of it."""

    points: list[Point]
    calibration: Calibration
    story: list[str]


def check(settings: Settings) -> None:
    """Wrong files are told at the start, not after the training."""
    costs_of(settings.cost, settings.steps)
    if settings.cost and not settings.looks:
        raise ValueError("--cost is for thresholds from recorded looks, but no --looks were given")
    if settings.looks:
        steps = read_looks(list(settings.looks)).confidence.shape[1]
        if steps != settings.steps:
            raise ValueError(f"the recorded looks must be of {settings.steps} looks, as --steps says, but have {steps}")
        kind = {name: getattr(settings, name) for name in KIND}
        check_kind(list(settings.looks), kind, classes_of(settings.data))
        if settings.points < 3:
            raise ValueError(f"with --looks there must be at least 3 points, but were {settings.points}")


def of(settings: Settings, eye: Eye, material: Material, say) -> Solved:
    return _cross_fitted(settings) if settings.looks else _held_out(settings, eye, material, say)


def _cross_fitted(settings: Settings) -> Solved:
    looks = read_looks(list(settings.looks))
    by, cost = next(iter(costs_of(settings.cost, settings.steps).items()))
    found = calibrated(looks, cost, settings.points)
    calibration = calibration_report.held_out(found, looks)
    told = (
        ", never on the test split. "
        "Each frame was looked at by a network of the same kind that had not learnt from its clip; the network of this "
        "bundle has learnt from all of them, so its own confidences may lie a little higher."
        if all(path.is_dir() for path in settings.looks)
        else " that were recorded elsewhere: which network looked, and what it had learnt from, is not known here."
    )
    story = [
        f"Solved on {calibration.frames} frames of {len(calibration.clips)} clips{told}",
        "",
        *calibration_report.table(found, by),
    ]
    return Solved(found.points, calibration, story)


def _held_out(settings: Settings, eye: Eye, material: Material, say) -> Solved:
    seen = record(eye, material.calibration, say=say, what="thresholds: every look")
    clips = sorted(set(material.calibration.clips.tolist()))
    story = [
        f"Solved on {len(material.calibration)} frames of {len(clips)} clips held out from training, "
        "never on the test split: a tenth, at least one, of each class that has three clips or more. "
        + _unrepresented(material)
    ]
    points = frontier(seen.confidence, seen.correct, settings.points)
    return Solved(points, Calibration("train", clips, len(material.calibration)), story)


def _unrepresented(material: Material) -> str:
    """Classes with too few clips to spare one: the thresholds know nothing of them."""
    absent = sorted(set(range(len(material.train.classes))) - set(material.calibration.labels.tolist()))
    if not absent:
        return "Every class is represented."
    return "Not represented, having fewer: " + ", ".join(material.train.classes[label] for label in absent) + "."
