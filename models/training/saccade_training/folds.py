"""Trains on all folds of the clips but one, and records what the network says of that one.

Run for every fold, this gives predictions of each training clip by a network that has not seen it: what comparisons
and thresholds are made from. Nothing is chosen on the held-out fold, neither a stage nor a moment to stop.
"""

from __future__ import annotations

import time

import numpy as np
import torch

from saccade_training.batches import Batches
from saccade_training.checkpoint import WorkFolder
from saccade_training.encoders import arranged
from saccade_training.material import Material, gather
from saccade_training.measures import Record, covered, quick_record
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.pictures import Pictures
from saccade_training.results import Result
from saccade_training.runs import planned
from saccade_training.settings import Settings
from saccade_training.stages import Boxes, Gains, MixedPatches, Stage
from saccade_training.static import WholePictures, WholeView, whole_record
from saccade_training.trainer import Trainer
from saccade_training.views import action_towards

# Centre, then corners: where a person without a policy would put the looks. The first number is the row.
CENTRE_AND_CORNERS = [(0.5, 0.5), (0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]


def train_fold(settings: Settings, say=print, dry_run: bool = False) -> Result | None:
    """A Glance-and-Focus network, or the static one if `settings.side` is given."""
    if settings.folds is None:
        raise ValueError("the number of folds must be given to train on all of them but one")
    started = time.monotonic()
    material = gather(settings, say)
    geometry = Geometry(
        settings.backbone, settings.image, settings.patch, settings.steps, len(material.train.classes), settings.head
    )
    torch.manual_seed(settings.seed)
    if settings.side is None:
        network = GlanceFocus(geometry)
        stages: dict[str, Stage] = {"mixed": MixedPatches(), "boxes": Boxes(), "gains": Gains()}
        if not material.train.boxed.any():
            del stages["boxes"]
    else:
        network, stages = WholeView(geometry, settings.side), {"whole": WholePictures()}
    network = arranged(network, settings.bf16)
    work = WorkFolder(settings.work)
    batches = Batches(material.train, settings.batch, settings.patch, settings.seed)
    trainer = Trainer(network, batches, work, material.identity, settings.checkpoint_every, say, settings.rate)
    plan = planned(settings, trainer, stages, material, work, say, dry_run)
    if dry_run:
        say("dry run: nothing was trained")
        return None
    trainer.run_all(stages, plan)
    return _recorded(settings, material, network, {name: plan["steps"][name] for name in stages}, started, say)


def _recorded(settings: Settings, material: Material, network, steps_made: dict, started: float, say) -> Result:
    record = whole_records if settings.side is not None else focus_records
    splits = {"held": material.calibration} | ({"test": material.test} if material.test is not None else {})
    records = {split: record(network, pictures, settings.seed) for split, pictures in splits.items()}
    run = {
        "kind": "glance-and-focus" if settings.side is None else "static",
        **{name: getattr(settings, name) for name in SHAPING},
        "steps_made": steps_made,
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


SHAPING = ("backbone", "head", "fit", "image", "patch", "steps", "side", "boxes", "folds", "fold", "seed", "batch",
           "epochs", "rate", "bf16")  # fmt: skip


def whole_records(network: WholeView, pictures: Pictures, seed: int) -> dict[str, Record]:
    return {"whole": whole_record(network, pictures)}


def focus_records(network: GlanceFocus, pictures: Pictures, seed: int) -> dict[str, Record]:
    """The same encoders with the places chosen by the policy, by chance, by rule, and by who knows the boxes."""
    geometry, count = network.geometry, len(pictures)
    anywhere = np.random.default_rng(seed).random((count, geometry.steps, 2)).astype(np.float32)
    fixed = np.array(CENTRE_AND_CORNERS, dtype=np.float32)
    records = {
        "policy": quick_record(network, pictures),
        "anywhere": quick_record(network, pictures, choose=lambda look, which: anywhere[which, look]),
        "centre-and-corners": quick_record(
            network,
            pictures,
            choose=lambda look, which: np.repeat(fixed[None, (look - 1) % len(fixed)], which.stop - which.start, 0),
        ),
    }
    if pictures.boxed.all():  # the most that any policy could reach with these encoders, about
        middles = (pictures.boxes[:, :2] + pictures.boxes[:, 2:]) / 2
        towards = action_towards(middles, geometry.image, geometry.patch)
        records["box"] = quick_record(network, pictures, choose=lambda look, which: towards[which])
    return records
