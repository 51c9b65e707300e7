"""What as many right answers cost: a Glance-and-Focus network with exits against each static network.

The network's thresholds are moved until it is right as often as the opponent, on the same clips; what it costs there is
set against what the opponent costs. Thresholds are solved by the paper's rule on other clips than those they are
measured on: for held-out clips cross-fitted, for the test split on all held-out ones. Costs are those that
`model evaluate` measured: what a look costs does not depend on what was learnt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saccade_training.calibration import ByClip, applied, cross_fit, stages_in
from saccade_training.compare import BOXLESS, DRAWS, named
from saccade_training.frontier import Recorded, costs_between, geometric
from saccade_training.looks import looks_of
from saccade_training.measures import FEW_CLIPS, Record, by_clip, drawn_over_runs, too_few
from saccade_training.results import Result

POINTS, PARTS = 24, 5


@dataclass(frozen=True)
class Costs:
    """Milliseconds of one core: of each look of each network, of each static network by its side, and of decoding.

    `looks` is by (view, glance, patch); under None are those of the one network that has no others.
    """

    looks: dict[tuple[int, int, int] | None, np.ndarray]
    statics: dict[int, float]
    decoding: float

    @staticmethod
    def read(folder: Path) -> Costs:
        """From the reports of `model evaluate`: static-SIDE.json for each opponent, focus-VIEW-GLANCE-PATCH.json for
        each network, and focus.json for the only one, or the only one without its own."""
        found = {None: folder / "focus.json"} if (folder / "focus.json").exists() else {}
        for path in sorted(folder.glob("focus-*.json")):
            named_so = re.fullmatch(r"focus-(\d+)-(\d+)-(\d+)", path.stem)
            if not named_so:
                raise ValueError(f"{path} must be named focus-VIEW-GLANCE-PATCH.json, such as focus-288-96-144.json")
            found[int(named_so[1]), int(named_so[2]), int(named_so[3])] = path
        stages = {shape: stages_in(path) for shape, path in found.items()}
        statics = {
            int(path.stem.removeprefix("static-")): stages_in(path)["lookMillis"][0]
            for path in sorted(folder.glob("static-*.json"))
        }
        if not statics or not stages:
            raise ValueError(f"{folder} must hold static-SIDE.json of opponents and focus.json, but has not both")
        looks = {shape: np.array(one["lookMillis"]) for shape, one in stages.items()}
        return Costs(looks, statics, next(iter(stages.values()))["decodeMillis"])

    def of(self, shapes: set[tuple[int, int, int]]) -> dict[tuple[int, int, int], np.ndarray]:
        """Costs of networks of these shapes, those that are known."""
        known = {shape: self.looks[shape] for shape in shapes if shape in self.looks}
        rest = sorted(shapes - known.keys())
        if None in self.looks and len(rest) > 1:
            raise ValueError(
                f"focus.json can be of one network only, but may be of {rest}: name it focus-VIEW-GLANCE-PATCH.json"
            )
        return known | ({rest[0]: self.looks[None]} if None in self.looks and rest else {})


@dataclass(frozen=True)
class Equal:
    """Where a network is right as often as a static one: at what mean cost, in ms, and its share of the opponent's.

    `cost`, `share` and the upper end of the interval are None where the network is never right as often, on these
    clips or on those drawn; `reached` is in how many of the draws it was.
    """

    network: str
    opponent: str
    right: float
    cost: float | None
    opponent_cost: float
    share: float | None
    low: float | None
    high: float | None
    share_with_decoding: float | None
    reached: float
    clips: int
    runs: int

    def as_json(self) -> dict:
        return vars(self)


def equals(results: list[Result], split: str, costs: Costs) -> list[Equal]:
    """Each network against each static network whose cost is known, with boxes in training or without as it had."""
    opponents: dict[str, dict[tuple[int, int], Result]] = {}
    networks: dict[str, dict[tuple[int, int], Result]] = {}
    of = costs.of({_shape(result.run) for result in results if result.run["kind"] != "static"})
    for result in results:
        run = (result.run["fold"], result.run["seed"])
        if result.run["kind"] == "static":
            if result.run["side"] in costs.statics:
                opponents.setdefault(named(result.run), {})[run] = result
        elif len(of.get(_shape(result.run), [])) >= result.run["steps"]:
            networks.setdefault(named(result.run), {})[run] = result
    found = []
    for name, ours in networks.items():
        for opponent, theirs in sorted(opponents.items(), key=lambda one: -int(one[0].split()[1])):
            both = sorted(ours.keys() & theirs.keys())
            if both and split in ours[both[0]].records and (BOXLESS in name) == (BOXLESS in opponent):
                pairs = [(ours[run], theirs[run]) for run in both]
                run = pairs[0][0].run
                found.append(
                    _equal(name, pairs, split, of[_shape(run)][: run["steps"]], costs, pairs[0][1].run["side"])
                )
    return found


def _shape(run: dict) -> tuple[int, int, int]:
    return run["image"], run["glance"], run["patch"]


def _equal(
    name: str, pairs: list[tuple[Result, Result]], split: str, looks: np.ndarray, costs: Costs, side: int
) -> Equal:
    tables = []
    for network, static in pairs:
        ours = _with_exits(network, split, looks)
        theirs = _whole(static.of(split, "whole"), costs.statics[side])
        if ours.names.tolist() != theirs.names.tolist():
            raise ValueError(f"{name} and static {side} must have predicted the same clips, but did not")
        points = ours.cost.shape[1]
        values = np.concatenate([ours.frames[:, None], ours.cost, ours.right, theirs.right], axis=1)
        tables.append((ours.names, values))
    table = by_clip(tables)

    def crossing(sums: np.ndarray) -> np.ndarray:
        means = sums[:, 1:] / sums[:, :1]
        return first_at(means[:, :points], means[:, points:-1], means[:, -1])

    total = table.sum(axis=(0, 1))
    cost = float(crossing(total[None])[0])
    drawn = crossing(drawn_over_runs(table, 0, DRAWS))
    low, high = np.quantile(drawn, [0.05, 0.95], method="nearest") / costs.statics[side]
    whole = (cost + costs.decoding) / (costs.statics[side] + costs.decoding)
    return Equal(
        named(pairs[0][0].run), named(pairs[0][1].run), float(total[-1] / total[0]),
        _known(cost), costs.statics[side], _known(cost / costs.statics[side]), _known(low), _known(high),
        _known(whole), float(np.isfinite(drawn).mean()), len(table), len(pairs),
    )  # fmt: skip


def _with_exits(network: Result, split: str, cost: np.ndarray) -> ByClip:
    wanted = costs_between(cost, POINTS)
    held = looks_of(network.of("held", "policy"))
    if split == "held":
        return cross_fit(held, cost, wanted, geometric, PARTS)
    thresholds = geometric(Recorded(held.confidence, held.correct), wanted, cost)
    return applied(thresholds, looks_of(network.of(split, "policy")), cost)


def _whole(record: Record, cost: float) -> ByClip:
    names, position = np.unique(record.clips, return_inverse=True)
    frames = np.bincount(position).astype(float)
    right = np.bincount(position, record.correct[:, 0])
    return ByClip(names, cost * frames[:, None], right[:, None], frames)


def first_at(cost: np.ndarray, right: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Of each row [R, P], the least cost at which `right` comes to `wanted` [R], between points in a straight line.

    Infinite where it never does.
    """
    rows = np.arange(len(cost))
    reaches = right >= wanted[:, None]
    at = reaches.argmax(axis=1)
    before = np.maximum(at - 1, 0)
    rise = right[rows, at] - right[rows, before]
    share = np.divide(wanted - right[rows, before], rise, out=np.ones(len(cost)), where=rise > 0)
    met = cost[rows, before] + np.clip(share, 0, 1) * (cost[rows, at] - cost[rows, before])
    return np.where(reaches.any(axis=1), met, np.inf)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def table(split: str, found: list[Equal]) -> list[str]:
    """Markdown, for the page."""
    return [
        f"### What as many right answers cost, {split}",
        "",
        "| network with exits | opponent | right | network, ms | opponent, ms | share | 90 % interval | with decoding "
        "| clips | runs |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {one.network} | {one.opponent} | {one.right:.3f} | {_shown(one.cost)} | {one.opponent_cost:.2f} "
            f"| {_shown(one.share)} | {_shown(one.low)} to {_shown(one.high)} | {_shown(one.share_with_decoding)} "
            f"| {one.clips} | {one.runs} |"
            for one in found
        ),
        *too_few(min((one.clips for one in found), default=FEW_CLIPS)),
    ]


def _shown(value: float | None) -> str:
    return "never as right" if value is None else f"{value:.2f}"
