"""Runs stages step by step, resumably: an interrupted run goes on from its checkpoint to the very same curve."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import torch

from saccade_training import plots
from saccade_training.batches import Batches
from saccade_training.checkpoint import WorkFolder
from saccade_training.network import GlanceFocus
from saccade_training.stages import Stage
from saccade_training.views import OutsideTheView

WARM_UP = 0.05  # share of a stage's steps over which the learning rate rises


class TrainingStopped(RuntimeError):
    """Training cannot go on; the message says why and what to do."""


@dataclass
class Progress:
    """Prints at most every few seconds: where the run is, how it does, and when it will be done."""

    say: object
    every_seconds: float = 15.0
    _last: float = 0.0
    _started: float = 0.0
    _first: int = 0

    def start(self, step: int) -> None:
        self._started, self._first, self._last = time.monotonic(), step, 0.0

    def step(self, stage: Stage, step: int, steps: int, steps_after: float, row: dict) -> None:
        now = time.monotonic()
        if now - self._last < self.every_seconds and step < steps:
            return
        self._last = now
        pace = (now - self._started) / max(1, step - self._first)
        left = pace * (steps - step + steps_after)
        looks = " ".join(f"{100 * value:3.0f}%" for name, value in row.items() if name.startswith("look"))
        far = f"  distance {row['distance']:.3f}" if "distance" in row else ""
        self.say(
            f"stage {stage.name}: step {step}/{steps}  loss {row['loss']:.3f}  looks {looks}{far}  "
            f"{1000 * pace:.0f} ms a step, about {math.ceil(left / 60)} min left"
        )


class Trainer:
    """Owns the network's optimiser and the position in the run."""

    def __init__(
        self,
        network: GlanceFocus,
        batches: Batches,
        work: WorkFolder,
        identity: str,
        checkpoint_every: int,
        say,
        pace: float = 1.0,
    ):
        self.network, self._batches, self._work, self._identity = network, batches, work, identity
        self._every, self._say, self._progress, self._pace = checkpoint_every, say, Progress(say), pace
        self._resume = work.load()
        if self._resume is not None:
            if self._resume["identity"] != identity:
                raise TrainingStopped(
                    f"{work.folder} holds a run with other data or settings: "
                    f"choose another {work.option}, or start over with --fresh"
                )
            network.load_state_dict(self._resume["network"])
            work.forget_rows_after(self._resume["stage"], self._resume["step"])

    def done(self, stage: Stage) -> bool:
        """Whether the checkpoint is already beyond this stage."""
        return self._resume is not None and self._resume["stage"] > stage.number

    def seconds_left(self, stages: dict[str, Stage], plan: dict) -> float:
        """What the plan reckons for the steps that are not made yet."""
        return sum(
            (plan["steps"][name] - self._made(stage)) * plan["secondsPerStep"][name]
            for name, stage in stages.items()
            if not self.done(stage)
        )

    def _made(self, stage: Stage) -> int:
        """Steps of this stage before the checkpoint, where it is within it."""
        return self._resume["step"] if self._resume is not None and self._resume["stage"] == stage.number else 0

    def run(self, stage: Stage, steps: int, steps_after: float = 0.0) -> None:
        """Makes the stage's steps; those before the checkpoint are not made again.

        What follows it is told in steps of this stage: the plan was timed in another hour, perhaps of a busier machine.
        """
        if self.done(stage):
            return
        optimiser, peaks = self._optimiser(stage), [rate for _, rate in stage.groups(self.network)]
        first = self._made(stage)
        if first and self._resume["optimiser"] is not None:
            optimiser.load_state_dict(self._resume["optimiser"])
        if self._resume is not None:
            self._say(f"resuming stage {stage.name} after step {first} from {self._work.folder}")
        self._progress.start(first)
        for step in range(first + 1, steps + 1):
            for group, peak in zip(optimiser.param_groups, peaks):
                group["lr"] = peak * self._pace * rate(step, steps)
            row = self.step(stage, step, optimiser)
            self._work.log({"stage": stage.number, "step": step, "lr": optimiser.param_groups[0]["lr"]} | row)
            self._progress.step(stage, step, steps, steps_after, row)
            if step % self._every == 0 or step == steps:
                self._save(stage.number, step, optimiser)

    def run_all(self, stages: dict[str, Stage], plan: dict, before=lambda name: None, after=lambda name: None) -> None:
        """All stages as planned; `before` and `after` are called around those that are not yet over."""
        names = list(stages)
        for position, name in enumerate(names):
            if self.done(stages[name]):
                continue
            before(name)
            seconds = sum(plan["steps"][later] * plan["secondsPerStep"][later] for later in names[position + 1 :])
            self.run(stages[name], plan["steps"][name], seconds / plan["secondsPerStep"][name])
            self.finish(stages[name])
            plots.drawn(self._work.folder, self._say)
            after(name)

    def step(self, stage: Stage, step: int, optimiser: torch.optim.Optimizer) -> dict[str, float]:
        stage.mode(self.network)
        try:
            loss, row = stage.loss(self.network, self._batches.batch(stage.number, step))
        except OutsideTheView as problem:
            raise self._stopped(f"the policy's places in stage {stage.name}, step {step}", str(problem)) from problem
        value = float(loss.detach())
        if not math.isfinite(value):
            raise self._stopped(f"the loss of stage {stage.name}, step {step}", f"it was {value}")
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        parameters = [p for group in optimiser.param_groups for p in group["params"]]
        norm = float(torch.nn.utils.clip_grad_norm_(parameters, 5.0))
        if not math.isfinite(norm):  # the weights would be lost with this step, and the next checkpoint with them
            raise self._stopped(f"the gradient of stage {stage.name}, step {step}", f"its norm was {norm}")
        optimiser.step()
        return {"loss": value} | row

    def _stopped(self, what: str, found: str) -> TrainingStopped:
        return TrainingStopped(
            f"{what} must be finite, but {found}: start over with --fresh --rate {self._pace / 2:g}, or with cleaner "
            f"pictures; the last good checkpoint is in {self._work.folder}"
        )

    def finish(self, stage: Stage) -> None:
        """Marks a stage as over, its network as it is now."""
        self._save(stage.number + 1, 0, None)
        self._resume = None

    def _optimiser(self, stage: Stage) -> torch.optim.Optimizer:
        groups = [{"params": parameters, "lr": peak} for parameters, peak in stage.groups(self.network)]
        return torch.optim.AdamW(groups, weight_decay=stage.decay)

    def _save(self, stage: int, step: int, optimiser: torch.optim.Optimizer | None) -> None:
        # Batches and noise are seeded by (seed, stage, step), so the position is the whole random state.
        self._work.save({
            "identity": self._identity, "stage": stage, "step": step, "network": self.network.state_dict(),
            "optimiser": optimiser.state_dict() if optimiser else None,
        })  # fmt: skip


def rate(step: int, steps: int) -> float:
    """Share of the peak learning rate: a short rise, then half a cosine to nothing."""
    rise = max(1, round(WARM_UP * steps))
    if step <= rise:
        return step / rise
    return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))
