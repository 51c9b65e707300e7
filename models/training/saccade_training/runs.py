"""A whole training run: from a folder of pictures to a bundle."""

from __future__ import annotations

import time
from pathlib import Path

import torch

from saccade_training import bundle, card, graphs, thresholds
from saccade_training.batches import Batches
from saccade_training.checkpoint import WorkFolder
from saccade_training.encoders import arranged
from saccade_training.eye import Eye
from saccade_training.material import Material, gather
from saccade_training.measures import quick_record
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.settings import Settings
from saccade_training.stages import Boxes, Gains, MixedPatches, OwnPatches, Stage
from saccade_training.trainer import Trainer

# How the time is divided; stage 1 makes the encoders and takes most.
SHARES = {"mixed": 0.74, "boxes": 0.06, "gains": 0.12, "own": 0.08, "whole": 1.0}
# The same in steps, for runs whose passes over the pictures are given: these must not depend on a machine's speed.
STEPS_PER_STEP = {"mixed": 1.0, "boxes": 0.35, "gains": 0.67, "own": 0.11, "whole": 1.0}


def plan(settings: Settings, trainer: Trainer, stages: dict[str, Stage], frames: int, say) -> dict:
    """Steps of each stage, to fit the minutes or the epochs asked for. Written down, so a resumed run keeps them."""
    steps = {name: 0 for name in STEPS_PER_STEP}
    seconds = {}
    state = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    for name, stage in stages.items():
        optimiser = torch.optim.SGD(trainer.network.parameters(), lr=0.0)
        times = []
        for attempt in range(4):
            started = time.monotonic()
            trainer.step(stage, 10**6 + attempt, optimiser)
            times.append(time.monotonic() - started)
        seconds[name] = sorted(times)[1]
    trainer.network.load_state_dict(state)  # the trial moved the batch norms
    shares = {name: SHARES[name] for name in stages}
    budget = settings.minutes * 60
    for name in stages:
        if settings.epochs is None:
            wanted = budget * shares[name] / sum(shares.values()) / seconds[name]
        else:
            wanted = settings.epochs * frames / settings.batch * STEPS_PER_STEP[name]
        steps[name] = max(1, round(wanted))
    say(
        "plan: "
        + ", ".join(f"{stage.name} {steps[name]} steps of {seconds[name]:.2f} s" for name, stage in stages.items())
        + f"; {sum(steps[name] * seconds[name] for name in stages) / 60:.0f} min"
    )
    return {"steps": steps, "secondsPerStep": seconds}


def planned(
    settings: Settings, trainer: Trainer, stages: dict[str, Stage], material: Material, work: WorkFolder, say, dry_run
) -> dict:
    """The plan that was begun with, or a new one."""
    found = work.plan()
    if found is None or found.get("identity", material.identity) != material.identity:
        found = plan(settings, trainer, stages, len(material.train), say) | {"identity": material.identity}
        if not dry_run:
            work.save_plan(found)
    else:
        say(f"keeping to the plan in {work.folder}: " + ", ".join(f"{n} {found['steps'][n]} steps" for n in stages))
    return found


def train(settings: Settings, say=print, dry_run: bool = False) -> Path | None:
    """Trains, calibrates, exports and writes the bundle. With `dry_run` it stops after the plan."""
    started = time.monotonic()
    thresholds.check(settings)
    material = gather(settings, say)
    classes = material.train.classes
    geometry = Geometry(settings.backbone, settings.image, settings.patch, settings.steps, len(classes), settings.head)
    torch.manual_seed(settings.seed)
    network = arranged(GlanceFocus(geometry), settings.bf16)
    work = WorkFolder(settings.work)
    batches = Batches(material.train, settings.batch, settings.patch, settings.seed)
    trainer = Trainer(network, batches, work, material.identity, settings.checkpoint_every, say, settings.rate)
    stages: dict[str, Stage] = {"mixed": MixedPatches(), "boxes": Boxes(), "gains": Gains(), "own": OwnPatches()}
    if not material.train.boxed.any():
        del stages["boxes"]
    if settings.skip_own_patches or material.calibration is None:  # whether to keep it is decided on held-out clips
        del stages["own"]
    found = planned(settings, trainer, stages, material, work, say, dry_run)
    if dry_run:
        say("dry run: nothing was trained")
        return None
    kept_own = _run(trainer, stages, found, material, work, say)
    say(f"trained in {(time.monotonic() - started) / 60:.1f} min; exporting")
    return finish(settings, network, material, work, kept_own, found, say)


def _run(
    trainer: Trainer, stages: dict[str, Stage], found: dict, material: Material, work: WorkFolder, say
) -> bool | None:
    """All stages. Returns whether stage 3 was kept, None if there was none."""

    def after(name: str) -> None:
        if material.calibration is None:
            return
        quick = quick_record(trainer.network, material.calibration)
        say(f"after stage {stages[name].name}: accuracy on held-out clips " + _percent(quick.accuracy()))

    def before(name: str) -> None:
        if name == "own" and work.load("before-own.pt") is None:
            work.save({"network": trainer.network.state_dict()}, "before-own.pt")

    trainer.run_all(stages, found, before, after)
    if "own" not in stages:
        return None
    own = quick_record(trainer.network, material.calibration).accuracy().mean()
    last = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    trainer.network.load_state_dict(work.load("before-own.pt")["network"])
    earlier = quick_record(trainer.network, material.calibration).accuracy().mean()
    if own > earlier:
        trainer.network.load_state_dict(last)
    say(
        f"stage 3 {'kept' if own > earlier else 'dropped'}: "
        f"held-out accuracy over all looks {100 * earlier:.1f} % before, {100 * own:.1f} % after"
    )
    return bool(own > earlier)


def finish(
    settings: Settings, network: GlanceFocus, material: Material, work: WorkFolder, kept_own, found: dict, say
) -> Path:
    """Export, frontier, card, bundle."""
    networks = graphs.export(network)
    geometry = network.geometry
    eye = Eye(*networks, geometry.image, geometry.patch, geometry.steps)
    solved = thresholds.of(settings, eye, material)
    shown = material.test if material.test is not None else material.calibration
    text = card.written(settings, network, material, eye, solved, kept_own, found)
    identity = bundle.Identity(settings.id, settings.version, settings.description, settings.licence, settings.source)
    picks = range(0, len(shown), max(1, len(shown) // 200))
    golden = bundle.golden_of(eye, (shown.views[index] for index in picks))
    digest = bundle.write(
        settings.out,
        identity,
        geometry,
        material.train.classes,
        networks,
        graphs.memory_size(network),
        solved.points,
        solved.calibration,
        golden,
        text,
        settings.fit,
    )
    say(f"wrote {settings.out}, manifest sha256 {digest}")
    return settings.out


def _percent(values) -> str:
    return " ".join(f"{100 * value:.1f}%" for value in values)
