"""The frontier: for each mean number of looks, the thresholds to use there.

The paper's rule: the share that exits at look t is proportional to q^t, thresholds follow as quantiles of the
confidences of those still looking. q is found by bisection, so that the mean number of looks is the one wanted.
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


def geometric_shares(q: float, steps: int) -> np.ndarray:
    """Shares proportional to q^1 ... q^T. Small q: nearly all exit at the glance; large q: nearly none do."""
    powers = np.arange(1, steps + 1) * np.log(q)
    weights = np.exp(powers - powers.max())
    return weights / weights.sum()


def thresholds_for(confidence: np.ndarray, shares: np.ndarray) -> tuple[float, ...]:
    """Thresholds that let about `shares` of the frames exit at each look. `confidence` is [N, T]."""
    frames, steps = confidence.shape
    looking = np.ones(frames, dtype=bool)
    found = []
    for look in range(steps - 1):
        falling = np.sort(confidence[looking, look])[::-1]
        wanted = round(frames * float(shares[look]))
        if wanted <= 0:
            threshold = NEVER
        elif wanted >= len(falling):
            threshold = ALWAYS
        else:
            # Between the last that exits and the first that goes on: rounding on either side then changes nothing.
            threshold = round((float(falling[wanted - 1]) + float(falling[wanted])) / 2, 6)
        found.append(threshold)
        looking &= ~(confidence[:, look] >= threshold)
    return tuple(found)


def measure(confidence: np.ndarray, correct: np.ndarray, thresholds: tuple[float, ...]) -> Point:
    """Runs the exits over recorded looks: the first look whose confidence reaches its threshold is the last."""
    frames, steps = confidence.shape
    accepts = np.column_stack([confidence[:, :-1] >= np.asarray(thresholds), np.ones(frames, dtype=bool)])
    last = accepts.argmax(axis=1)
    counts = np.bincount(last, minlength=steps)
    return Point(
        thresholds=tuple(float(value) for value in thresholds),
        exit_shares=tuple(float(count) / frames for count in counts),
        mean_looks=float((last + 1).sum()) / frames,
        accuracy=float(correct[np.arange(frames), last].sum()) / frames,
    )


def point_at(confidence: np.ndarray, correct: np.ndarray, mean_looks: float) -> Point:
    """The point of the geometric family nearest to `mean_looks`, by bisection over log q."""
    steps = confidence.shape[1]
    low, high = -25.0, 25.0
    for _ in range(60):
        middle = (low + high) / 2
        shares = geometric_shares(np.exp(middle), steps)
        if (shares * np.arange(1, steps + 1)).sum() < mean_looks:
            low = middle
        else:
            high = middle
    return measure(confidence, correct, thresholds_for(confidence, geometric_shares(np.exp((low + high) / 2), steps)))


def frontier(confidence: np.ndarray, correct: np.ndarray, points: int = 16) -> list[Point]:
    """`points` operating points, or fewer where frames are few, strictly ascending from glance only to every look."""
    if confidence.shape != correct.shape or confidence.ndim != 2 or confidence.shape[1] < 2:
        raise ValueError(
            f"confidence and correct must both be [frames, looks] with 2 looks or more, "
            f"but were {confidence.shape} and {correct.shape}"
        )
    if len(confidence) == 0:
        raise ValueError("a frontier needs calibration frames, but there were none")
    steps = confidence.shape[1]
    found = [measure(confidence, correct, (ALWAYS,) * (steps - 1))]
    for wanted in np.linspace(1, steps, points)[1:-1]:
        point = point_at(confidence, correct, float(wanted))
        if found[-1].mean_looks + 1e-6 < point.mean_looks < steps - 1e-6:
            found.append(point)
    found.append(measure(confidence, correct, (NEVER,) * (steps - 1)))
    return found
