import json
from dataclasses import replace

import numpy as np
import pytest

from saccade_training.equal import Costs, equals, first_at, table
from saccade_training.measures import Record
from saccade_training.results import Result

COSTS = Costs({None: np.array([2.0, 2.0])}, {64: 5.0}, 1.0)
CLIPS = [f"clip-{number:02d}" for number in range(20)]
FRAMES = 10  # of each clip


def run_of(kind: str, records: dict, **more) -> Result:
    run = {"kind": kind, "side": None, "image": 64, "glance": 32, "patch": 32, "steps": 2, "head": "mean",
           "boxes": True, "fit": "stretch", "fold": 1, "seed": 1, "backbone": "efficientnet-lite0"} | more  # fmt: skip
    return Result(run, ["p", "q"], records)


def record(sure: np.ndarray, correct: np.ndarray) -> Record:
    """Confidences and rights [N, T], the true class being the first of two."""
    frames, looks = correct.shape
    clips = np.repeat(CLIPS, FRAMES)
    return Record(sure, np.where(correct, 0, 1), np.zeros((frames, looks, 2), int), np.zeros(frames, int), clips)


def glance_right_where_sure(seed: int) -> Record:
    """Right at the glance in half of each clip's frames, and surer there; right in all of them at the second look."""
    random = np.random.default_rng(seed)
    right = np.tile(np.arange(FRAMES) % 2 == 0, len(CLIPS))
    sure = np.where(right, 0.8, 0.6) + random.uniform(0, 0.1, len(right))
    return record(np.stack([sure, sure], axis=1), np.stack([right, np.ones_like(right)], axis=1))


def static(share: float) -> Record:
    right = np.tile(np.arange(FRAMES) < round(share * FRAMES), len(CLIPS))
    return record(np.full((len(right), 1), 0.9), right[:, None])


def against(share: float, split: str = "held"):
    records = {"held": {"policy": glance_right_where_sure(1)}, "test": {"policy": glance_right_where_sure(2)}}
    ours = run_of("glance-and-focus", records)
    theirs = run_of("static", {name: {"whole": static(share)} for name in records}, side=64)
    (found,) = equals([ours, theirs], split, COSTS)
    return found


@pytest.mark.parametrize("split", ["held", "test"])
def test_only_the_frames_that_need_it_are_looked_at_again(split):
    found = against(0.8, split)
    # The half that is right at the glance stops there; of the others three fifths get a second look.
    assert found.right == pytest.approx(0.8)
    assert found.cost == pytest.approx(2.0 + 0.3 * 2.0, abs=0.05)
    assert found.share == pytest.approx(found.cost / 5.0)
    assert found.low <= found.share <= found.high
    assert found.share_with_decoding == pytest.approx((found.cost + 1) / 6)
    assert found.reached == 1
    assert (found.clips, found.runs) == (20, 1)


def test_an_opponent_that_is_no_better_than_the_glance_costs_the_glance():
    assert against(0.5).cost == pytest.approx(2.0)


def test_what_is_never_reached_has_no_cost():
    records = {"held": {"policy": record(np.full((200, 2), 0.9), np.zeros((200, 2), bool))}}
    theirs = run_of("static", {"held": {"whole": static(0.5)}}, side=64)
    (found,) = equals([run_of("glance-and-focus", records), theirs], "held", COSTS)
    assert (found.cost, found.share, found.low, found.high, found.reached) == (None, None, None, None, 0)
    assert "| never as right | 5.00 | never as right |" in table("held", [found])[-1]


def test_only_runs_and_costs_that_both_have_are_set_against_each_other():
    ours = run_of("glance-and-focus", {"held": {"policy": glance_right_where_sure(1)}})
    whole = {"held": {"whole": static(0.8)}}
    assert equals([ours, run_of("static", whole, side=48)], "held", COSTS) == []
    assert equals([ours, run_of("static", whole, side=64, seed=2)], "held", COSTS) == []
    assert equals([ours, run_of("static", whole, side=64)], "test", COSTS) == []


def test_opponents_of_one_size_are_told_apart_and_had_boxes_or_none_as_the_network():
    ours = run_of("glance-and-focus", {"held": {"policy": glance_right_where_sure(1)}})
    boxed, boxless = (run_of("static", {"held": {"whole": static(right)}}, side=64, boxes=boxes)
                      for right, boxes in [(0.8, True), (0.6, False)])  # fmt: skip
    (found,) = equals([ours, boxless, boxed], "held", COSTS)
    assert (found.opponent, found.right) == ("static 64", pytest.approx(0.8))


def test_each_network_has_the_costs_of_its_own_shape():
    records = {"held": {"policy": glance_right_where_sure(1)}}
    small, large = run_of("glance-and-focus", records), run_of("glance-and-focus", records, patch=48)
    theirs = run_of("static", {"held": {"whole": static(0.8)}}, side=64)
    costs = Costs({None: np.array([2.0, 2.0]), (64, 32, 48): np.array([3.0, 3.0, 9.0])}, {64: 5.0}, 1.0)
    first, second = equals([small, large, theirs], "held", costs)
    assert second.network == "glance-and-focus 64/32/48/2"
    assert second.cost == pytest.approx(first.cost * 3 / 2)
    only = replace(costs, looks={(64, 32, 48): costs.looks[64, 32, 48]})
    assert [one.network for one in equals([small, large, theirs], "held", only)] == [second.network]
    with pytest.raises(ValueError, match=r"may be of \[\(64, 32, 32\), \(64, 32, 48\)\]: name it focus-VIEW-GLANCE-"):
        equals([small, large, theirs], "held", COSTS)


def test_the_least_cost_is_between_points_in_a_straight_line():
    cost, right = np.array([[1.0, 2.0, 4.0]] * 3), np.array([[0.5, 0.6, 0.8]] * 3)
    assert first_at(cost, right, np.array([0.4, 0.7, 0.9])).tolist() == pytest.approx([1.0, 3.0, np.inf])


def test_costs_come_from_reports_and_what_is_none_is_refused(tmp_path):
    def report(name, **stages):
        (tmp_path / name).write_text(json.dumps({"stages": stages}))

    report("focus.json", decodeMillis=0.5, lookMillis=[2.4, 2.3, 2.2])
    with pytest.raises(ValueError, match=r"must hold static-SIDE\.json of opponents and focus\.json"):
        Costs.read(tmp_path)
    report("static-288.json", decodeMillis=0.6, lookMillis=[15.0, 15.1])
    read = Costs.read(tmp_path)
    assert (read.looks[None].tolist(), read.statics, read.decoding) == ([2.4, 2.3, 2.2], {288: 15.0}, 0.5)
    report("focus-288-96-128.json", decodeMillis=0.5, lookMillis=[3.9, 3.8, 3.8])
    assert Costs.read(tmp_path).looks[288, 96, 128].tolist() == [3.9, 3.8, 3.8]
    (tmp_path / "focus-wide.json").write_text("{}")
    with pytest.raises(ValueError, match=r"focus-wide\.json must be named focus-VIEW-GLANCE-PATCH\.json"):
        Costs.read(tmp_path)
    (tmp_path / "focus-wide.json").unlink()
    report("static-144.json", decodeMillis=0.6, lookMillis=[0])
    with pytest.raises(ValueError, match=r"static-144\.json must be a report of model evaluate"):
        Costs.read(tmp_path)
