"""What the commands of cli.py do with their options."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch

from saccade_training import compare as comparing
from saccade_training import equal, runs
from saccade_training.bundle import check_place
from saccade_training.calibration import calibrated, costs_in, costs_of
from saccade_training.calibration_report import MARK, frontier_json, put_into, report, table
from saccade_training.checkpoint import WorkFolder
from saccade_training.existing import ExistingBundle
from saccade_training.folds import train_fold
from saccade_training.known_data import words_of
from saccade_training.looks import read_looks
from saccade_training.opponent import train_opponent
from saccade_training.page import put_between
from saccade_training.pictures import UnusableData
from saccade_training.plots import draw
from saccade_training.quantise import quantised, views_for
from saccade_training.results import load_result
from saccade_training.settings import Settings
from saccade_training.trainer import TrainingStopped

HOME = Path(__file__).resolve().parents[3]


def plot(given: argparse.Namespace) -> int:
    print(f"wrote {draw(given.folder)}")
    return 0


def compare(given: argparse.Namespace) -> int:
    results = [load_result(folder) for folder in given.runs]
    costs = equal.Costs.read(given.costs) if given.costs else None
    report, tables, differences = {}, [], []
    for split, name in [("held", "clips of the held-out folds"), ("test", "test split")]:
        found = comparing.comparisons(results, split)
        report[split] = [one.as_json() for one in found]
        differences += found
        tables += [comparing.table(name, found)] if found else []
        if costs and found:
            as_right = equal.equals(results, split, costs)
            report[f"{split}AtEqualAccuracy"] = [one.as_json() for one in as_right]
            tables += [equal.table(name, as_right)] if as_right else []
    text = "\n\n".join("\n".join(table) for table in tables)
    print(text)
    if not any(report.values()):
        raise ValueError("runs of two networks must share a fold and a seed to be compared, but none do")
    unmatched = comparing.unmatched(results, differences)
    if unmatched:
        print(
            f"saccade_training: in no table: {', '.join(unmatched)}. An opponent must share a fold and a seed with a "
            "network that learnt with boxes, or without, as it did.",
            file=sys.stderr,
        )
    _write(given.report, report)
    for page in given.page:
        put_between(comparing.MARK, page, text)
    for folder in given.card:
        ExistingBundle.read(folder).with_comparison(text).write(folder)
    return 0


def calibrate(given: argparse.Namespace) -> int:
    if given.to and not given.bundle:
        raise ValueError("--to is where the bundle with the new frontier goes, but no --bundle was given")
    if given.to:
        check_place(given.to)
    looks = read_looks(given.looks)
    frames, steps = looks.confidence.shape
    costs = costs_of(given.cost + (costs_in(given.costs) if given.costs else []), steps)
    by = next(iter(costs))
    found = calibrated(looks, costs[by], given.points, given.parts)
    text = "\n".join(table(found, by))
    print(text)
    print(f"\n{len(found.points)} points for {frames} frames x {steps} looks, solved in {found.seconds:.2f} s")
    _write(given.report, report(found, looks, costs, by))
    _write(given.out, frontier_json(found, looks))
    for page in given.page:
        put_between(MARK, page, text)
    if given.bundle:
        to = given.to or given.bundle
        put_into(given.bundle, frontier_json(found, looks), to)
        print(f"{to} has the new frontier; measure it with: ./saccade model evaluate --bundle {to} --data DIR")
    return 0


def quantise(given: argparse.Namespace) -> int:
    check_place(given.out)
    if given.out.resolve() == given.bundle.resolve():
        raise ValueError("--out must be another folder than --bundle: floats cannot be made from bytes again")
    old = ExistingBundle.read(given.bundle)
    fresh = quantised(old, views_for(old, given.data, given.frames))
    fresh.write(given.out)
    before, after = (sum(len(bundle.graph(role)) for role in ("glance", "focus")) / 1e6 for bundle in (old, fresh))
    print(f"wrote {given.out}: graphs of {after:.1f} MB instead of {before:.1f} MB")
    print("measure both: ./saccade model evaluate --bundle ... --data DIR")
    return 0


def _write(path: Path | None, value: dict) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def train(given: argparse.Namespace, arguments: list[str]) -> int:
    try:
        if given.threads < 1:
            raise ValueError(f"--threads must be at least 1, but was {given.threads}")
        torch.set_num_threads(given.threads)
        settings = _settings(given, arguments)
        if given.command == "train":
            check_place(settings.out)
        run = train_fold if given.command == "fold" else runs.train if given.side is None else train_opponent
        with _started_over(settings, given) as settings:
            run(settings, say=lambda line: print(line, flush=True), dry_run=given.dry_run)
    except (UnusableData, TrainingStopped, ValueError, OSError) as problem:
        print(f"saccade_training: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted; the same command, without --fresh, goes on from the last checkpoint", file=sys.stderr)
        return 130
    return 0


@contextmanager
def _started_over(settings: Settings, given: argparse.Namespace):
    """With --fresh the run of before is forgotten; a dry run leaves it alone and only looks away from it."""
    if given.fresh and given.dry_run:
        with tempfile.TemporaryDirectory() as empty:
            yield replace(settings, work=Path(empty))
        return
    if given.fresh:
        WorkFolder(settings.work).clear()
    yield settings


def _settings(given: argparse.Namespace, arguments: list[str]):
    shaping = {
        name: getattr(given, name)
        for name in (
            "data", "head", "image", "glance", "patch", "steps", "fit", "batch", "epochs", "rate", "seed", "per_clip",
            "checkpoint_every", "bf16", "device",
        )
    }  # fmt: skip
    shaping |= {"backbone": given.encoder, "boxes": not given.no_boxes, "out": given.out.resolve(), "side": given.side}
    if given.command == "fold":
        return Settings(**shaping, work=given.out.resolve(), folds=given.folds, fold=given.fold)
    name = given.id or given.out.resolve().name
    words = words_of(given.data, name)
    return Settings(
        **shaping,
        work=given.work or HOME / "work" / "training" / name,
        minutes=given.minutes,
        points=given.points,
        looks=tuple(path.resolve() for path in given.looks),
        cost=tuple(given.cost),
        skip_own_patches=given.skip_stage_3,
        id=name,
        version=given.version,
        description=given.description or words[0],
        licence=given.licence or words[1],
        source=given.source or words[2],
        command="./saccade model " + " ".join(_shown(argument) for argument in arguments),
    )


def _shown(argument: str) -> str:
    """Folders of the machine it ran on are nobody's business: only their last part is kept in the card."""
    path = Path(argument)
    return shlex.quote(path.name if path.is_absolute() else argument)
