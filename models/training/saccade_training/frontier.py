"""The frontier: operating points from glance only to every look, each with the thresholds to use there.

A rule turns wanted mean costs into thresholds; this module holds what all rules share, and the paper's rule: the share
that exits at look t is proportional to q^t, thresholds follow as quantiles of the confidences of those still looking.
q is found by bisection, so that the mean cost is the one wanted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ALWAYS, NEVER = 0.0, 2.0


@dataclass(frozen=True)
class Point:
    """One way to run: thresholds of looks 1 to T-1, and what they did on the calibration frames."""

    thresholds: tuple[float, ...]
    exit_shares: tuple[float, ...]
    mean_looks: float
    accuracy: float

    def __post_init__(self):
        if len(self.exit_shares) != len(self.thresholds) + 1 or abs(sum(self.exit_shares) - 1) > 1e-6:
            raise ValueError(f"there must be one exit share per look and a sum of 1, but they were {self.exit_shares}")

    def as_json(self) -> dict:
        return {
            "thresholds": list(self.thresholds),
            "exitShares": list(self.exit_shares),
            "meanLooks": self.mean_looks,
            "accuracy": self.accuracy,
        }

    def mean_cost(self, cost: np.ndarray) -> float:
        """In the unit of `cost`, which holds the cost of each look."""
        return float(np.dot(self.exit_shares, np.cumsum(cost)))


def geometric_shares(q: float, steps: int) -> np.ndarray:
    """Shares proportional to q^1 ... q^T. Small q: nearly all exit at the glance; large q: nearly none do."""
    return _shares(np.array(np.log(q)), steps)


def _shares(log_q: np.ndarray, steps: int) -> np.ndarray:
    powers = np.arange(1, steps + 1) * log_q[..., None]
    weights = np.exp(powers - powers.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def shares_of_cost(wanted: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """The geometric shares [P, T] whose mean costs are `wanted`: bisection over log q, all points at once."""
    wanted, until = np.asarray(wanted, dtype=float), np.cumsum(cost)
    low, high = np.full(wanted.shape, -25.0), np.full(wanted.shape, 25.0)
    for _ in range(60):
        middle = (low + high) / 2
        cheaper = _shares(middle, len(until)) @ until < wanted
        low, high = np.where(cheaper, middle, low), np.where(cheaper, high, middle)
    return _shares((low + high) / 2, len(until))


class Recorded:
    """Recorded looks, sorted once per look: confidences [N, T] and whether each look was right [N, T]."""

    def __init__(self, confidence: np.ndarray, correct: np.ndarray):
        if confidence.shape != correct.shape or confidence.ndim != 2 or confidence.shape[1] < 2:
            raise ValueError(
                f"confidence and correct must both be [frames, looks] with 2 looks or more, "
                f"but were {confidence.shape} and {correct.shape}"
            )
        if len(confidence) == 0:
            raise ValueError("a frontier needs calibration frames, but there were none")
        if not (np.isfinite(confidence).all() and confidence.min() >= 0 and confidence.max() <= 1 + 1e-6):
            raise ValueError(
                f"confidences must be within [0, 1], but were {np.min(confidence)} to {np.max(confidence)}"
            )
        self.confidence, self.correct = confidence, correct.astype(bool)
        self.frames, self.steps = confidence.shape
        self.order = np.argsort(-confidence, axis=0, kind="stable")
        self.falling = np.take_along_axis(confidence, self.order, axis=0)

    def thresholds_for(self, shares: np.ndarray) -> tuple[float, ...]:
        """Thresholds that let about `shares` of the frames exit at each look."""
        looking, found = np.ones(self.frames, dtype=bool), []
        for look in range(self.steps - 1):
            falling = self.falling[looking[self.order[:, look]], look]
            threshold = between(falling, round(self.frames * float(shares[look])))
            found.append(threshold)
            looking &= ~(self.confidence[:, look] >= threshold)
        return tuple(found)

    def last_looks(self, thresholds: tuple[float, ...]) -> np.ndarray:
        """The first look whose confidence reaches its threshold is the last; the glance is 0."""
        last = np.full(self.frames, self.steps - 1)
        for look in reversed(range(self.steps - 1)):
            last[self.confidence[:, look] >= thresholds[look]] = look
        return last

    def measure(self, thresholds: tuple[float, ...]) -> Point:
        last = self.last_looks(thresholds)
        counts = np.bincount(last, minlength=self.steps)
        return Point(
            thresholds=tuple(float(value) for value in thresholds),
            exit_shares=tuple(float(count) / self.frames for count in counts),
            mean_looks=float((last + 1).sum()) / self.frames,
            accuracy=float(self.correct[np.arange(self.frames), last].sum()) / self.frames,
        )


def between(falling: np.ndarray, exiting: int) -> float:
    """The threshold that the first `exiting` of `falling` reach, halfway to the next: rounding then changes nothing."""
    if exiting <= 0:
        return NEVER
    if exiting >= len(falling):
        return ALWAYS
    return round((float(falling[exiting - 1]) + float(falling[exiting])) / 2, 6)


def geometric(recorded: Recorded, wanted: np.ndarray, cost: np.ndarray) -> list[tuple[float, ...]]:
    """The paper's rule: thresholds for each of the wanted mean costs."""
    return [recorded.thresholds_for(shares) for shares in shares_of_cost(wanted, cost)]


def frontier(
    confidence: np.ndarray, correct: np.ndarray, points: int = 16, rule=geometric, cost: np.ndarray | None = None
) -> list[Point]:
    """`points` operating points, or fewer where frames are few, strictly ascending from glance only to every look.

    They are evenly spaced in the mean of `cost`, which holds the cost of each look and counts looks if not given.
    """
    recorded = Recorded(confidence, correct)
    steps = recorded.steps
    cost = cost_of_looks(np.ones(steps) if cost is None else cost, steps)
    found = [recorded.measure((ALWAYS,) * (steps - 1))]
    for thresholds in rule(recorded, costs_between(cost, points)[1:-1], cost):
        point = recorded.measure(thresholds)
        if found[-1].mean_looks + 1e-6 < point.mean_looks < steps - 1e-6:
            found.append(point)
    found.append(recorded.measure((NEVER,) * (steps - 1)))
    return found


def costs_between(cost: np.ndarray, points: int) -> np.ndarray:
    """Evenly spaced mean costs from glance only to every look."""
    return np.linspace(cost[0], cost.sum(), points)


def cost_of_looks(cost: np.ndarray, steps: int) -> np.ndarray:
    cost = np.asarray(cost, dtype=float)
    if cost.shape != (steps,) or not (np.isfinite(cost).all() and cost.min() > 0):
        raise ValueError(f"there must be one cost above 0 for each of {steps} looks, but they were {cost.tolist()}")
    return cost
