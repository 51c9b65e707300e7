"""From recorded looks to a frontier: which rule to take is decided on clips that the rule has not seen.

Both rules are cross-fitted by clip: solved on all parts but one, applied to that one, for every part. What they reach
there, at equal mean cost, decides; the frontier is then solved on all frames. Intervals are by bootstrap over clips.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from saccade_training.frontier import Recorded, cost_of_looks, costs_between, frontier, geometric
from saccade_training.looks import Looks
from saccade_training.measures import drawn_sums
from saccade_training.price import priced

RULES = {"geometric": geometric, "price": priced}


@dataclass(frozen=True)
class CrossFit:
    """What a rule does on clips it has not seen, by wanted cost: sums per clip [clips, P], to be drawn from."""

    cost: np.ndarray
    right: np.ndarray
    frames: np.ndarray

    def curve(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean cost and accuracy per point."""
        frames = self.frames.sum()
        return self.cost.sum(axis=0) / frames, self.right.sum(axis=0) / frames

    def drawn_curves(self, seed: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """The same of clips drawn with replacement, [draws, P]; of one seed the same clips, whatever the rule."""
        sums = drawn_sums(np.concatenate([self.frames[:, None], self.cost, self.right], axis=1), seed, draws)
        points = self.cost.shape[1]
        return sums[:, 1 : 1 + points] / sums[:, :1], sums[:, 1 + points :] / sums[:, :1]


@dataclass(frozen=True)
class Calibrated:
    """The frontier, the rule it was solved by, and why that rule."""

    rule: str
    points: list
    wanted: np.ndarray
    curves: dict[str, tuple[np.ndarray, np.ndarray]]
    intervals: dict[str, np.ndarray]
    difference: np.ndarray
    difference_interval: np.ndarray
    mean_difference: tuple[float, float, float]
    clips: int
    seconds: float  # to solve the frontier


def calibrated(looks: Looks, cost, points: int = 16, parts: int = 5, draws: int = 2000, seed: int = 0) -> Calibrated:
    """Cross-fits both rules, takes the better one, and solves the frontier on all frames."""
    if points < 3:
        raise ValueError(f"there must be at least 3 points, for at both ends all rules agree, but were {points}")
    if parts < 2:
        raise ValueError(f"there must be at least 2 parts, to solve on some and measure on others, but were {parts}")
    cost = cost_of_looks(cost, looks.confidence.shape[1])
    wanted = costs_between(cost, points)
    fits = {name: cross_fit(looks, cost, wanted, rule, parts) for name, rule in RULES.items()}
    clips = len(fits["geometric"].frames)
    curves = {name: fit.curve() for name, fit in fits.items()}
    drawn = {name: fit.drawn_curves(seed, draws) for name, fit in fits.items()}
    intervals = {name: np.quantile(accuracy, [0.05, 0.95], axis=0) for name, (_, accuracy) in drawn.items()}
    better = _at_equal_cost(curves["price"], curves["geometric"])
    betters = np.array([
        _at_equal_cost(*((drawn[name][0][draw], drawn[name][1][draw]) for name in ("price", "geometric")))
        for draw in range(draws)
    ])  # fmt: skip
    inner = slice(1, -1)  # at both ends the rules agree
    mean, means = float(better[inner].mean()), betters[:, inner].mean(axis=1)
    rule = "price" if mean > 0 else "geometric"
    low, high = np.quantile(means, [0.05, 0.95])
    started = time.monotonic()
    solved = frontier(looks.confidence, looks.correct, points, RULES[rule], cost)
    seconds = time.monotonic() - started
    return Calibrated(
        rule=rule,
        points=solved,
        wanted=wanted,
        curves=curves,
        intervals=intervals,
        difference=better,
        difference_interval=np.quantile(betters, [0.05, 0.95], axis=0),
        mean_difference=(mean, float(low), float(high)),
        clips=clips,
        seconds=seconds,
    )


def cross_fit(looks: Looks, cost: np.ndarray, wanted: np.ndarray, rule, parts: int) -> CrossFit:
    """Solves on all parts of the clips but one, and applies to that one."""
    names, position = np.unique(looks.clips, return_inverse=True)
    if len(names) < 2:
        raise ValueError(f"there must be at least 2 clips, to decide on some and solve on others, but was {len(names)}")
    parts = min(parts, len(names))
    # Sorted names put the clips of a class side by side: dealt out in turn, each part has some of most classes.
    part_of_frame = (np.arange(len(names)) % parts)[position]
    until = np.cumsum(cost)
    paid = np.zeros((len(names), len(wanted)))
    right = np.zeros((len(names), len(wanted)))
    for part in range(parts):
        apart = np.flatnonzero(part_of_frame == part)
        solved_on = looks.of(part_of_frame != part)
        there = Recorded(looks.confidence[apart], looks.correct[apart])
        found = rule(Recorded(solved_on.confidence, solved_on.correct), wanted, cost)
        for point, thresholds in enumerate(found):
            last = there.last_looks(thresholds)
            paid[:, point] += np.bincount(position[apart], until[last], minlength=len(names))
            right[:, point] += np.bincount(
                position[apart], there.correct[np.arange(len(apart)), last], minlength=len(names)
            )
    return CrossFit(paid, right, np.bincount(position).astype(float))


def _at_equal_cost(curve: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """How much better `curve` is than `other` at the costs of `other`."""
    ascending = np.argsort(curve[0], kind="stable")
    return np.interp(other[0], curve[0][ascending], curve[1][ascending]) - other[1]


def costs_of(given: Sequence[str], steps: int) -> dict[str, np.ndarray]:
    """Cost of each look by unit, the one to solve for first; looks are always among them."""
    costs = {}
    for text in given:
        unit, _, numbers = text.partition("=")
        try:
            values = [float(number) for number in numbers.split(",")]
        except ValueError:
            values = []
        if not unit or not 1 <= len(values) <= steps:
            raise ValueError(f"--cost must be UNIT=GLANCE,FOCUS with at most {steps} numbers, but was {text!r}")
        costs[unit] = cost_of_looks(np.array(values + values[-1:] * (steps - len(values))), steps)
    return costs if "looks" in costs else costs | {"looks": np.ones(steps)}
