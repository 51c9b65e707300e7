"""Trains on all folds of the clips but one, and records what the network says of that one.

Run for every fold, this gives predictions of each training clip by a network that has not seen it: what comparisons
and thresholds are made from. Nothing is chosen on the held-out fold, neither a stage nor a moment to stop.
"""

from __future__ import annotations

import time

import numpy as np

from saccade_training.heads import Mean
from saccade_training.measures import Record, by_rule, covered, quick_record, quick_records
from saccade_training.network import GlanceFocus
from saccade_training.pictures import Pictures
from saccade_training.results import OF_CASCADE, Result
from saccade_training.runs import Prepared, focus_stages, prepared
from saccade_training.settings import Settings
from saccade_training.static import WholeView, whole_record, whole_stages
from saccade_training.views import action_towards


def train_fold(settings: Settings, say=print, dry_run: bool = False) -> Result | None:
    """A Glance-and-Focus network, or the static one if `settings.side` is given."""
    if settings.folds is None:
        raise ValueError("the number of folds must be given to train on all of them but one")
    started = time.monotonic()
    if settings.side is None:
        ready = prepared(settings, GlanceFocus, focus_stages, say, dry_run)
    else:
        ready = prepared(settings, lambda shape: WholeView(shape, settings.side), whole_stages, say, dry_run)
    if ready is None:
        return None
    ready.run()
    return _recorded(settings, ready, started, say)


def _recorded(settings: Settings, ready: Prepared, started: float, say) -> Result:
    material, network = ready.material, ready.network
    record = whole_records if settings.side is not None else focus_records
    splits = {"held": material.calibration} | ({"test": material.test} if material.test is not None else {})
    records = {split: record(network, pictures, settings.seed) for split, pictures in splits.items()}
    run = {
        "kind": "glance-and-focus" if settings.side is None else "static",
        **{name: getattr(settings, name) for name in SHAPING},
        "epochs": ready.plan.get("epochs", settings.epochs),
        "steps_made": {name: ready.plan["steps"][name] for name in ready.stages},
        "train_frames": len(material.train),
        "train_clips": len(set(material.train.clips.tolist())),
        "minutes": round((time.monotonic() - started) / 60, 2),
    }
    if settings.side is None:
        run["covered"] = {split: covered(records[split]["policy"], splits[split], settings.patch) for split in splits}
    found = Result(run, material.train.classes, records)
    found.save(settings.work)
    for split, ways in records.items():
        for chosen_by, seen in ways.items():
            say(f"{split}, {chosen_by}: " + " ".join(f"{100 * value:.1f}%" for value in seen.accuracy()))
    say(f"wrote {settings.work}")
    return found


SHAPING = ("backbone", "head", "fit", "image", "glance", "patch", "steps", "side", "boxes", "folds", "fold", "seed",
           "batch", "rate", "bf16", "per_clip")  # fmt: skip


def whole_records(network: WholeView, pictures: Pictures, seed: int) -> dict[str, Record]:
    return {"whole": whole_record(network, pictures)}


def focus_records(network: GlanceFocus, pictures: Pictures, seed: int) -> dict[str, Record]:
    """The same encoders with the places chosen by the policy, by chance, by rule, and by who knows the boxes.

    Where looks answer alone, also what the layers over several looks answer at the policy's places.
    """
    geometry, count = network.geometry, len(pictures)
    anywhere = np.random.default_rng(seed).random((count, geometry.steps, 2)).astype(np.float32)
    heads = {"policy": network.classify}
    if isinstance(network.heads, Mean):
        heads[OF_CASCADE] = lambda features: network.heads.cascade(features, network.dropout)
    records = dict(zip(heads, quick_records(network, pictures, list(heads.values()))))
    records["anywhere"] = quick_record(network, pictures, choose=lambda look, which: anywhere[which, look])
    records["centre-and-corners"] = quick_record(
        network, pictures, choose=lambda look, which: np.repeat(by_rule(look)[None], which.stop - which.start, 0)
    )
    if pictures.boxed.all():  # the most that any policy could reach with these encoders, about
        middles = (pictures.boxes[:, :2] + pictures.boxes[:, 2:]) / 2
        towards = action_towards(middles, geometry.image, geometry.patch)
        records["box"] = quick_record(network, pictures, choose=lambda look, which: towards[which])
    return records
