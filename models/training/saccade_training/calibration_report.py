"""What a calibration found: a table for people, a report for programs, and frontier.json for the bundle."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from saccade_training.bundle import Calibration, as_json
from saccade_training.calibration import Calibrated
from saccade_training.existing import ExistingBundle
from saccade_training.looks import Looks
from saccade_training.measures import too_few

MARK = "thresholds"  # where a page has the table


def report(found: Calibrated, looks: Looks, costs: dict[str, np.ndarray], by: str) -> dict:
    """All figures. Cross-fitted accuracies are of clips that the thresholds were not solved on."""
    return {
        "rule": found.rule,
        "solvedFor": by,
        "frames": len(looks.confidence),
        "clips": found.clips,
        "costOfLooks": {unit: cost.tolist() for unit, cost in costs.items()},
        "priceMinusGeometric": dict(zip(("mean", "low", "high"), found.mean_difference)),
        "priceMinusGeometricWhereSolved": {"mean": _inner(found.headroom).mean(), "most": found.headroom.max()},
        "points": [
            point.as_json() | {"meanCost": {unit: point.mean_cost(cost) for unit, cost in costs.items()}}
            for point in found.points
        ],
        "crossFitted": [
            {
                "wantedCost": float(wanted),
                "priceMinusGeometric": {
                    "mean": float(found.difference[index]),
                    "low": float(found.difference_interval[0, index]),
                    "high": float(found.difference_interval[1, index]),
                },
                **{
                    rule: {
                        "cost": float(cost[index]),
                        "accuracy": float(accuracy[index]),
                        "low": float(found.intervals[rule][0, index]),
                        "high": float(found.intervals[rule][1, index]),
                    }
                    for rule, (cost, accuracy) in found.curves.items()
                },
            }
            for index, wanted in enumerate(found.wanted)
        ],
    }


def table(found: Calibrated, by: str) -> list[str]:
    """Markdown, for the card."""
    rows = [
        f"Mean cost in {by}; accuracy on clips the thresholds were not solved on ({found.clips} clips, cross-fitted); "
        "90 % intervals by bootstrap over clips.",
        "",
        "| wanted cost | geometric: cost | accuracy | price: cost | accuracy | price minus geometric, same cost |",
        "|---|---|---|---|---|---|",
    ]
    for index, wanted in enumerate(found.wanted):
        cells = [f"{wanted:.2f}"]
        for rule in ("geometric", "price"):
            cost, accuracy = found.curves[rule]
            low, high = found.intervals[rule][:, index]
            cells += [f"{cost[index]:.2f}", f"{accuracy[index]:.3f} ({low:.3f} to {high:.3f})"]
        low, high = found.difference_interval[:, index]
        cells.append(f"{100 * found.difference[index]:+.2f} ({100 * low:+.2f} to {100 * high:+.2f}) points")
        rows.append("| " + " | ".join(cells) + " |")
    mean, low, high = (100 * value for value in found.mean_difference)
    gained, most = 100 * _inner(found.headroom).mean(), 100 * found.headroom.max()
    return [
        *rows,
        "",
        f"Price minus geometric, mean over the inner points: {mean:+.2f} points ({low:+.2f} to {high:+.2f}). "
        f"The frontier is solved by the rule that is ahead: {found.rule}. On the very frames that they are solved on, "
        f"where price can only gain, it is {gained:+.2f} points ahead, at most {most:+.2f}.",
        *too_few(found.clips),
    ]


def _inner(points: np.ndarray) -> np.ndarray:
    """At both ends all rules agree."""
    return points[1:-1]


def frontier_json(found: Calibrated, looks: Looks) -> dict:
    """As docs/bundle.md has it."""
    return {
        "format": 1,
        "calibration": held_out(found, looks).as_json(),
        "points": [point.as_json() for point in found.points],
    }


def held_out(found: Calibrated, looks: Looks) -> Calibration:
    return Calibration(looks.split, sorted(set(looks.clips.tolist())), len(looks.confidence), found.rule)


def put_into(bundle: Path, frontier: dict, to: Path) -> None:
    """Exchanges a bundle's frontier, in place or as a copy. What was measured with the old one is left out."""
    old = ExistingBundle.read(bundle)
    looks = len(frontier["points"][0]["thresholds"]) + 1
    if old.manifest["steps"] != looks:
        raise ValueError(f"{bundle} makes {old.manifest['steps']} looks, but the thresholds are for {looks}")
    fresh = old.with_files({old.manifest["frontier"]: as_json(frontier)})
    fresh.without_evaluation().write(to)
