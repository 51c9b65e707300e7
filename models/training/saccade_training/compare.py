"""The honest comparison: networks paired by clip, over the same folds and seeds, with intervals over clips.

A clip's accuracy is the mean over the runs that predict it. Only folds and seeds that both networks have are used, so
neither profits from easier clips or luckier starts. Frames of a clip are alike, and a run has its luck: clips and runs
are what is drawn. Runs on a whole view with boxes are set against networks with boxes only, for they learn more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saccade_training.measures import FEW_CLIPS, alike_runs, by_clip, drawn_over_runs, too_few
from saccade_training.results import OF_CASCADE, Result

APART = ("fold", "seed", "steps_made", "train_frames", "train_clips", "minutes", "covered")
EFFORT = ("epochs", "batch", "rate", "folds", "per_clip", "bf16")
UNSAID = {"per_clip": None, "bf16": False}  # what runs had that were recorded before they said so
DRAWS = 4000
BOXLESS = " without boxes"
MARK = "comparison"  # where a page or a card has the tables


@dataclass(frozen=True)
class Contender:
    """One look of one network: per run (fold, seed), the share of right frames and the frames of each clip."""

    name: str
    runs: dict[tuple[int, int], dict[str, tuple[float, int]]]


@dataclass(frozen=True)
class Difference:
    """How much better the first is, in shares of frames, with the 90 % interval over clips and runs.

    `each` has the difference of each run by itself, `alone` whether any clip is predicted by one run only.
    """

    first: str
    second: str
    of_first: float
    of_second: float
    mean: float
    low: float
    high: float
    clips: int
    runs: int
    each: list[float]
    alone: bool

    def as_json(self) -> dict:
        return vars(self)


def named(run: dict) -> str:
    """What a network is, apart from the fold and seed it was trained with."""
    if run["kind"] == "static":
        name = f"static {run['side']}"
    else:
        sides = (run["image"],) + (run["glance"],) * (run["glance"] != run["patch"]) + (run["patch"],)
        name = f"glance-and-focus {'/'.join(str(side) for side in sides)}/{run['steps']}"
        name += "" if run["head"] == "mean" else f" {run['head']}"
    name += "" if run["backbone"] == "efficientnet-lite0" else f" {run['backbone']}"
    return name + ("" if run["boxes"] else BOXLESS) + ("" if run["fit"] == "stretch" else f" {run['fit']}")


def shape_of(run: dict) -> dict:
    """What runs of one network, trained alike, have in common."""
    return {key: value for key, value in (UNSAID | run).items() if key not in APART}


def contenders(results: list[Result], split: str) -> dict[str, Contender]:
    """By name: each network's looks, and who chose them where it was not the policy."""
    first: dict[str, dict] = {}
    found: dict[str, Contender] = {}
    for result in results:
        name = named(result.run)
        shape = shape_of(result.run)
        if first.setdefault(name, shape) != shape:
            unlike = sorted(key for key in shape if first[name].get(key) != shape[key])
            raise ValueError(
                f"runs of {name} must differ in fold and seed only, but {unlike} differ: "
                f"{[first[name].get(key) for key in unlike]} and {[shape[key] for key in unlike]}"
            )
        run = (result.run["fold"], result.run["seed"])
        for chosen_by, record in result.records.get(split, {}).items():
            by_clip, sizes = record.clip_accuracy(), {clip: int((record.clips == clip).sum()) for clip in record.clips}
            for look in range(record.correct.shape[1]):
                if look == 0 and chosen_by not in ("policy", "whole"):
                    continue  # the glance is the same whoever chooses what follows
                label = look_name(name, look, chosen_by)
                runs = found.setdefault(label, Contender(label, {})).runs
                if run in runs:
                    raise ValueError(
                        f"there must be one run of {name} for fold {run[0]} and seed {run[1]}, but are two"
                    )
                runs[run] = {str(clip): (float(by_clip[clip][look]), sizes[clip]) for clip in by_clip}
    return found


def look_name(network: str, look: int, chosen_by: str) -> str:
    return network if chosen_by == "whole" else f"{network}, look {look + 1}" + (
        "" if chosen_by == "policy" else f" {chosen_by}"
    )  # fmt: skip


def difference(first: Contender, second: Contender, seed: int = 0, draws: int = DRAWS) -> Difference | None:
    """Paired by run and clip; None where no fold and seed is in both."""
    runs = sorted(first.runs.keys() & second.runs.keys())
    if not runs:
        return None
    found = []
    for run in runs:
        ours, theirs = first.runs[run], second.runs[run]
        if ours.keys() != theirs.keys():
            raise ValueError(
                f"{first.name} and {second.name} must have predicted the same clips in fold {run[0]}, seed {run[1]}, "
                f"but {len(ours.keys() ^ theirs.keys())} differ"
            )
        sums = [(frames, right * frames, theirs[clip][0] * frames) for clip, (right, frames) in ours.items()]
        found.append((np.array(list(ours)), np.array(sums)))
    table = by_clip(found)
    low, high = -1.0, 1.0  # one clip alone says nothing of others
    if len(table) > 1:
        low, high = np.quantile(_better(drawn_over_runs(table, seed, draws)), [0.05, 0.95])
    frames, ours, theirs = table.sum(axis=(0, 1))
    return Difference(
        first.name, second.name, ours / frames, theirs / frames, (ours - theirs) / frames, float(low), float(high),
        len(table), len(runs), _better(table.sum(axis=0)).tolist(),
        any(len(runs) == 1 for runs in alike_runs(table[:, :, 0])),
    )  # fmt: skip


def _better(sums: np.ndarray) -> np.ndarray:
    """Of rows of frames, right answers of the first, and of the second."""
    return (sums[:, 1] - sums[:, 2]) / sums[:, 0]


def comparisons(results: list[Result], split: str) -> list[Difference]:
    """Each network's last look against the statics that learnt with boxes or without as it did, and against itself
    without boxes, and each look by the policy against chance, against a rule, against what a cascade makes of the same
    looks, and, the first after the glance, against who knows the boxes.

    Who knows the boxes looks at the same place again and again: of later looks that is no measure.
    """
    efforts = {tuple((UNSAID | result.run)[name] for name in EFFORT) for result in results}
    if len(efforts) > 1:
        raise ValueError(f"all runs must have had the same effort, {EFFORT}, but had {sorted(efforts, key=str)}")
    found = contenders(results, split)
    networks = dict.fromkeys(named(result.run) for result in results)
    looks = {named(result.run): result.run["steps"] for result in results}
    opponents = sorted((name for name in networks if name.startswith("static")), key=lambda name: int(name.split()[1]))
    pairs = []
    for network in networks:
        if network in opponents:
            continue
        statics = [name for name in opponents if (BOXLESS in name) == (BOXLESS in network)]
        last = look_name(network, looks[network] - 1, "policy")
        pairs += [(last, static) for static in reversed(statics)]
        pairs += [(look_name(network, 0, "policy"), static) for static in statics[:1]]
        for look in range(1, looks[network]):
            mine = look_name(network, look, "policy")
            pairs.append((mine, look_name(network, look - 1, "policy")))
            others = ("anywhere", "centre-and-corners", OF_CASCADE) + (("box",) if look == 1 else ())
            pairs += [(mine, look_name(network, look, other)) for other in others]
        boxless = network.replace(BOXLESS, "")
        if boxless != network and boxless in networks:
            pairs.append((look_name(boxless, looks[boxless] - 1, "policy"), last))
    return [pair for pair in (difference(found[a], found[b]) for a, b in pairs if a in found and b in found) if pair]


def unmatched(results: list[Result], found: list[Difference]) -> list[str]:
    """Networks that are in none of these differences."""
    told = {name.split(", look")[0] for one in found for name in (one.first, one.second)}
    return [name for name in dict.fromkeys(named(result.run) for result in results) if name not in told]


def table(split: str, found: list[Difference]) -> list[str]:
    """Markdown, for the card."""
    rows = [
        f"### {split}",
        "",
        "| A | B | A right | B right | A minus B | 90 % interval | of single runs | clips | runs |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {one.first} | {one.second} | {one.of_first:.3f} | {one.of_second:.3f} | {one.mean:+.3f} "
        f"| {one.low:+.3f} to {one.high:+.3f} | {_span(one.each)} | {one.clips} | {one.runs} |"
        for one in found
    ]
    lone = ["", "A clip is predicted by a single run: how lucky that was is in no interval."]
    return rows + lone * any(one.alone for one in found) + too_few(min((one.clips for one in found), default=FEW_CLIPS))


def _span(each: list[float]) -> str:
    low, high = (f"{value:+.3f}" for value in (min(each), max(each)))
    return low if low == high else f"{low} to {high}"
