"""From recorded looks to a frontier: which rule to take is decided on clips that the rule has not seen.

Both rules are cross-fitted by clip: solved on all parts but one, applied to that one, for every part. What they reach
there, at equal mean cost, decides; the frontier is then solved on all frames. Intervals are by bootstrap over clips.
How far ahead the priced rule is on the very frames that it was solved on is the most that it could have gained.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.frontier import Point, Recorded, cost_of_looks, costs_between, frontier, geometric
from saccade_training.looks import Looks
from saccade_training.measures import drawn_sums
from saccade_training.price import priced

RULES = {"geometric": geometric, "price": priced}


@dataclass(frozen=True)
class ByClip:
    """What thresholds do on clips, by wanted cost: sums per clip [clips, P] to be drawn from, frames [clips]."""

    names: np.ndarray
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
    points: list[Point]
    wanted: np.ndarray
    curves: dict[str, tuple[np.ndarray, np.ndarray]]
    intervals: dict[str, np.ndarray]
    difference: np.ndarray
    difference_interval: np.ndarray
    mean_difference: tuple[float, float, float]
    headroom: np.ndarray  # [P], price minus geometric where both are solved on what they are measured on
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
    solved, seconds = {}, {}
    for name in RULES:
        started = time.monotonic()
        solved[name] = frontier(looks.confidence, looks.correct, points, RULES[name], cost)
        seconds[name] = time.monotonic() - started
    return Calibrated(
        rule=rule,
        points=solved[rule],
        wanted=wanted,
        curves=curves,
        intervals=intervals,
        difference=better,
        difference_interval=np.quantile(betters, [0.05, 0.95], axis=0),
        mean_difference=(mean, float(low), float(high)),
        headroom=_at_equal_cost(*(_curve(solved[name], cost) for name in ("price", "geometric"))),
        clips=clips,
        seconds=seconds[rule],
    )


def cross_fit(looks: Looks, cost: np.ndarray, wanted: np.ndarray, rule, parts: int) -> ByClip:
    """Solves on all parts of the clips but one, and applies to that one."""
    names, position = np.unique(looks.clips, return_inverse=True)
    if len(names) < 2:
        raise ValueError(f"there must be at least 2 clips, to decide on some and solve on others, but was {len(names)}")
    parts = min(parts, len(names))
    # Sorted names put the clips of a class side by side: dealt out in turn, each part has some of most classes.
    part_of_frame = (np.arange(len(names)) % parts)[position]
    found = [
        applied(_solved(looks.of(part_of_frame != part), cost, wanted, rule), looks.of(part_of_frame == part), cost)
        for part in range(parts)
    ]
    return joined(found)


def _solved(looks: Looks, cost: np.ndarray, wanted: np.ndarray, rule) -> list[tuple[float, ...]]:
    return rule(Recorded(looks.confidence, looks.correct), wanted, cost)


def applied(thresholds: list[tuple[float, ...]], looks: Looks, cost: np.ndarray) -> ByClip:
    """What each of the P thresholds comes to on these looks."""
    names, position = np.unique(looks.clips, return_inverse=True)
    there, until = Recorded(looks.confidence, looks.correct), np.cumsum(cost)
    lasts = [there.last_looks(one) for one in thresholds]
    frames = np.arange(there.frames)
    return ByClip(
        names,
        np.stack([np.bincount(position, until[last]) for last in lasts], axis=1),
        np.stack([np.bincount(position, there.correct[frames, last]) for last in lasts], axis=1),
        np.bincount(position).astype(float),
    )


def joined(parts: list[ByClip]) -> ByClip:
    """Sums by clip over all parts, a clip being in one or in several."""
    names, position = np.unique(np.concatenate([part.names for part in parts]), return_inverse=True)
    summed = []
    for field in ("cost", "right", "frames"):
        values = np.concatenate([getattr(part, field) for part in parts])
        total = np.zeros((len(names), *values.shape[1:]))
        np.add.at(total, position, values)
        summed.append(total)
    return ByClip(names, *summed)


def _at_equal_cost(curve: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """How much better `curve` is than `other` at the costs of `other`."""
    ascending = np.argsort(curve[0], kind="stable")
    return np.interp(other[0], curve[0][ascending], curve[1][ascending]) - other[1]


def _curve(points: list[Point], cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.array([point.mean_cost(cost) for point in points]), np.array([point.accuracy for point in points])


def stages_in(report: Path, *more: str) -> dict:
    """What decoding and each look took in a report of `model evaluate`, in ms, and the stages called `more`."""
    try:
        stages = json.loads(report.read_text(encoding="utf-8"))["stages"]
        numbers = [stages["decodeMillis"], *stages["lookMillis"]]
        if len(numbers) < 2 or not all(_is_above_0(number) for number in numbers + [stages[name] for name in more]):
            raise ValueError(f"its milliseconds are {numbers}")
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{report} must be a report of model evaluate, but could not be read: {problem}") from None
    return stages


def _is_above_0(number) -> bool:
    return isinstance(number, (int, float)) and number > 0


def costs_in(report: Path) -> list[str]:
    """What a report of `model evaluate` says that looks cost, as `--cost` has it: decoding counts with the glance."""
    work = ("glanceMultiplyAdds", "focusMultiplyAdds")
    stages = stages_in(report, *work)
    millis = [stages["decodeMillis"] + stages["lookMillis"][0], *stages["lookMillis"][1:]]
    adds = [stages[name] for name in work]
    return [f"{unit}={','.join(map(repr, values))}" for unit, values in (("cpu-ms", millis), ("multiply-adds", adds))]


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
