"""A whole training run: from a folder of pictures to a bundle."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from saccade_training import bundle, card, devices, graphs, thresholds
from saccade_training.batches import Batches
from saccade_training.checkpoint import WorkFolder
from saccade_training.encoders import arranged
from saccade_training.eye import Eye
from saccade_training.material import Material, gather
from saccade_training.measures import quick_record
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.settings import Settings
from saccade_training.stages import Boxes, Gains, MixedPatches, OwnPatches, Stage
from saccade_training.trainer import Trainer, TrainingStopped

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
        asked = {"minutes": settings.minutes if settings.epochs is None else None, "epochs": settings.epochs}
        found = plan(settings, trainer, stages, len(material.train), say) | {"identity": material.identity} | asked
        if not dry_run:
            work.save_plan(found)
    else:
        _check_plan(found, settings, stages, work)
        left = trainer.seconds_left(stages, found) / 60
        named = ", ".join(f"{stages[name].name} {found['steps'][name]} steps" for name in stages)
        say(f"keeping to the plan in {work.folder}: {named}; {left:.0f} min left by the pace it was planned for")
    return found


def _check_plan(found: dict, settings: Settings, stages: dict[str, Stage], work: WorkFolder) -> None:
    """A plan is of so many steps: it cannot be lengthened, nor given a stage, once it is begun."""
    wanted = _length(settings.minutes, settings.epochs)
    begun = _length(found["minutes"], found["epochs"]) if "epochs" in found else wanted  # older plans do not say
    if begun != wanted:
        raise TrainingStopped(
            f"the run in {work.folder} was planned for {begun}, but {wanted} were asked for: --fresh starts over"
        )
    missing = [stage.name for name, stage in stages.items() if name not in found["secondsPerStep"]]
    if missing:
        raise TrainingStopped(
            f"the run in {work.folder} was planned without stage {' and '.join(missing)}: "
            "leave it out again, or start over with --fresh"
        )


def _length(minutes: float | None, epochs: float | None) -> str:
    return f"{epochs:g} epochs" if epochs is not None else f"{minutes:g} minutes"


@dataclass(frozen=True)
class Prepared:
    """A run that has its pictures, its network and its plan, and is yet to be trained."""

    material: Material
    network: nn.Module
    trainer: Trainer
    stages: dict[str, Stage]
    plan: dict
    work: WorkFolder

    def run(self, before=lambda name: None, after=lambda name: None) -> None:
        self.trainer.run_all(self.stages, self.plan, before, after)


def prepared(
    settings: Settings,
    network_of: Callable[[Geometry], nn.Module],
    stages_of: Callable[[Material], dict[str, Stage]],
    say,
    dry_run: bool,
) -> Prepared | None:
    """What every kind of run begins with; None after a dry run."""
    device = devices.chosen(settings.device)
    say(f"device: {devices.described(device)}")
    material = gather(settings, say)
    classes = len(material.train.classes)
    shape = settings.backbone, settings.image, settings.patch, settings.steps
    geometry = Geometry(*shape, classes, settings.head, settings.glance)
    torch.manual_seed(settings.seed)
    network = arranged(network_of(geometry), settings.bf16).to(device)
    work = WorkFolder(settings.work, "--work" if settings.folds is None else "--out")
    batches = Batches(material.train, settings.batch, geometry.glance, geometry.patch, settings.seed, device)
    trainer = Trainer(network, batches, work, material.identity, settings.checkpoint_every, say, settings.rate)
    stages = stages_of(material)
    found = planned(settings, trainer, stages, material, work, say, dry_run)
    if dry_run:
        say("dry run: nothing was trained")
        return None
    return Prepared(material, network, trainer, stages, found, work)


def focus_stages(material: Material) -> dict[str, Stage]:
    """Stages 1 and 2. Without boxes there is nothing to start the policy from."""
    boxes: dict[str, Stage] = {"boxes": Boxes()} if material.train.boxed.any() else {}
    return {"mixed": MixedPatches(), **boxes, "gains": Gains()}


def train(settings: Settings, say=print, dry_run: bool = False) -> Path | None:
    """Trains, calibrates, exports and writes the bundle. With `dry_run` it stops after the plan."""
    started = time.monotonic()
    thresholds.check(settings)

    def stages_of(material: Material) -> dict[str, Stage]:
        # Whether to keep stage 3 is decided on held-out clips.
        own = not settings.skip_own_patches and material.calibration is not None
        return focus_stages(material) | ({"own": OwnPatches()} if own else {})

    ready = prepared(settings, GlanceFocus, stages_of, say, dry_run)
    if ready is None:
        return None
    kept_own = _run(ready, say)
    say(f"trained in {(time.monotonic() - started) / 60:.1f} min; exporting")
    return finish(settings, ready.network, ready.material, kept_own, ready.plan, say)


def _run(ready: Prepared, say) -> bool | None:
    """All stages. Returns whether stage 3 was kept, None if there was none."""
    network, held, work, stages = ready.network, ready.material.calibration, ready.work, ready.stages

    def after(name: str) -> None:
        if held is None:
            return
        quick = quick_record(network, held)
        say(f"after stage {stages[name].name}: accuracy on held-out clips " + _percent(quick.accuracy()))

    def before(name: str) -> None:
        if name == "own" and work.load("before-own.pt") is None:
            work.save({"network": network.state_dict()}, "before-own.pt")

    ready.run(before, after)
    earlier = work.load("before-own.pt")
    if "own" not in stages:
        if earlier is not None:  # the run has been beyond what is wanted now
            say("stage 3 was begun and is left out: back to what was before it")
            network.load_state_dict(earlier["network"])
        return None
    own = quick_record(network, held).accuracy().mean()
    last = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(earlier["network"])
    without = quick_record(network, held).accuracy().mean()
    if own > without:
        network.load_state_dict(last)
    say(
        f"stage 3 {'kept' if own > without else 'dropped'}: "
        f"held-out accuracy over all looks {100 * without:.1f} % before, {100 * own:.1f} % after"
    )
    return bool(own > without)


def finish(settings: Settings, network: GlanceFocus, material: Material, kept_own, found: dict, say) -> Path:
    """Export, frontier, card, bundle."""
    networks = graphs.export(network)
    geometry = network.geometry
    eye = Eye.of(networks, geometry)
    solved = thresholds.of(settings, eye, material, say)
    shown = material.test if material.test is not None else material.calibration
    text = card.written(settings, network, material, eye, solved, kept_own, found, say)
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
