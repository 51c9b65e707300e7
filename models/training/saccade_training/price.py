"""Thresholds chosen on data: for a price on cost, those that maximise (right answers - price x cost).

For each price the thresholds are found from the last look backwards, and then look by look in turn until none can be
bettered. With all other thresholds held, the best one of a look is exact: sorted by confidence, it is where the running
sum of (gain of stopping here over going on) is highest. Frames of one clip are alike, so only cuts at quantiles are
considered: thresholds between two frames of the same clip would be learnt by heart.
Prices give the corners of the frontier; a wanted cost between two corners is met by moving from one to the other, all
looks at once, in shares of frames.
"""

from __future__ import annotations

import numpy as np

from saccade_training.frontier import Recorded, between

SWEEPS = 3  # more never changed a threshold on recorded data
MOST_CUTS = 64
FEWEST_FRAMES_PER_CUT = 10


class PriceRule:
    """Ranks stand for confidences: 1 for the surest frame of a look; a look's reach is how many ranks stop there."""

    def __init__(self, recorded: Recorded, cost: np.ndarray):
        self._recorded, self._cost = recorded, cost
        frames, steps = recorded.frames, recorded.steps
        self._right = np.ascontiguousarray(recorded.correct.T).astype(np.float64)
        self._ranks = np.empty((steps, frames), dtype=np.int32)  # a row per look: rows are read whole
        for look in range(steps):
            falling = recorded.falling[:, look]
            # Equal confidences cannot be told apart: all have the last one's rank.
            last_equal = np.searchsorted(-falling, -falling, side="right")
            self._ranks[look, recorded.order[:, look]] = last_equal
        cuts = int(np.clip(frames // FEWEST_FRAMES_PER_CUT, 1, MOST_CUTS))
        self._cuts = np.unique(np.round(np.linspace(0, frames, cuts + 1)).astype(np.int64))
        # Which cut a frame is first inside of; running sums need then only be made over cuts, not over frames.
        self._first_cut = np.searchsorted(self._cuts, self._ranks, side="left")

    def corners(self, prices: np.ndarray) -> np.ndarray:
        """Reaches [len(prices), T-1] that are best at each price, the dearest price first."""
        found = []
        for price in sorted(prices, reverse=True):
            found.append(self._best(float(price)))
        return np.array(found)

    def _best(self, price: float) -> np.ndarray:
        recorded, steps = self._recorded, self._recorded.steps
        worth = self._right - price * np.cumsum(self._cost)[:, None]
        reach = np.zeros(steps - 1, dtype=np.int64)
        everyone = np.ones(recorded.frames, dtype=bool)
        for look in reversed(range(steps - 1)):
            reach[look] = self._best_cut(look, everyone, worth, reach)
        for _ in range(SWEEPS):
            before = reach.copy()
            for look in range(steps - 1):
                arrives = (self._ranks[:look] > reach[:look, None]).all(axis=0)
                reach[look] = self._best_cut(look, arrives, worth, reach)
            if (before == reach).all():
                break
        return reach

    def _best_cut(self, look: int, arrives: np.ndarray, worth: np.ndarray, reach: np.ndarray) -> int:
        """The reach of `look` that is worth most for the frames that arrive there, later looks being as they are."""
        later = worth[-1].copy()
        for after in reversed(range(look + 1, len(reach))):
            later = np.where(self._ranks[after] <= reach[after], worth[after], later)
        gain = np.where(arrives, worth[look] - later, 0.0)
        running = np.cumsum(np.bincount(self._first_cut[look], gain, minlength=len(self._cuts)))
        return int(self._cuts[int(running[: len(self._cuts)].argmax())])

    def mean_cost(self, reach: np.ndarray) -> float:
        return float(np.cumsum(self._cost)[self._last(reach)].mean())

    def _last(self, reach: np.ndarray) -> np.ndarray:
        last = np.full(self._recorded.frames, self._recorded.steps - 1)
        for look in reversed(range(len(reach))):
            last[self._ranks[look] <= reach[look]] = look
        return last

    def thresholds(self, reach: np.ndarray) -> tuple[float, ...]:
        return tuple(between(self._recorded.falling[:, look], int(stops)) for look, stops in enumerate(reach))

    def meeting(self, low: np.ndarray, high: np.ndarray, wanted: float) -> np.ndarray:
        """Reaches on the way from the cheaper `low` to the dearer `high` whose mean cost is the wanted one."""
        near, far = 0.0, 1.0
        for _ in range(16):
            middle = (near + far) / 2
            if self.mean_cost(_moved(low, high, middle)) < wanted:
                near = middle
            else:
                far = middle
        return min(
            (_moved(low, high, share) for share in (near, far)), key=lambda way: abs(self.mean_cost(way) - wanted)
        )


def _moved(low: np.ndarray, high: np.ndarray, share: float) -> np.ndarray:
    return np.round(low + share * (high - low)).astype(np.int64)


def priced(recorded: Recorded, wanted: np.ndarray, cost: np.ndarray) -> list[tuple[float, ...]]:
    """Thresholds for each of the wanted mean costs, by price."""
    rule = PriceRule(recorded, cost)
    usual = cost[1:].mean()
    # From "a look costs a right answer", at which none is ever worth it, down to looks for nothing.
    prices = np.concatenate([np.geomspace(1.0, 1e-4, 40), [0.0]]) / usual
    glance_only = np.full(recorded.steps - 1, recorded.frames)
    every_look = np.zeros(recorded.steps - 1, dtype=np.int64)
    ways = sorted(
        {tuple(reach.tolist()) for reach in (glance_only, *rule.corners(prices), every_look)},
        key=lambda way: rule.mean_cost(np.array(way)),
    )
    costs = np.array([rule.mean_cost(np.array(way)) for way in ways])
    found = []
    for target in wanted:
        above = int(np.clip(np.searchsorted(costs, target), 1, len(ways) - 1))
        low, high = np.array(ways[above - 1]), np.array(ways[above])
        found.append(rule.thresholds(rule.meeting(low, high, float(target))))
    return found
