import hashlib
import json
import time

import numpy as np
import pytest

from saccade_training import toy
from saccade_training.calibration import calibrated, costs_in, costs_of, cross_fit
from saccade_training.calibration_report import table as calibration_table
from saccade_training.cli import main
from saccade_training.frontier import Recorded, costs_between, frontier, geometric
from saccade_training.looks import Looks, read_looks
from saccade_training.price import PriceRule, priced


def recorded(frames: int = 1200, looks: int = 4, clips: int = 30, seed: int = 5) -> Looks:
    """Confidences that rise with the looks; a frame is right about as often as it is sure, clips differ."""
    random = np.random.default_rng(seed)
    clip = random.integers(0, clips, frames)
    easy = np.clip(random.beta(2, 2, clips)[clip] + random.normal(0, 0.1, frames), 0, 1)[:, None]
    confidence = np.clip(0.25 + 0.4 * easy + 0.08 * np.arange(looks) + random.normal(0, 0.06, (frames, looks)), 0.1, 1)
    return Looks(
        confidence.astype(np.float32),
        random.random((frames, looks)) < confidence,
        np.array([f"clip-{number:02d}" for number in clip]),
    )


def useless_second_look(frames: int = 3000, clips: int = 60, seed: int = 1) -> Looks:
    """Look 2 knows no more than the glance, look 3 knows all: stopping at look 2 is money thrown away."""
    random = np.random.default_rng(seed)
    sure = random.random(frames)
    confidence = np.stack([sure, np.clip(sure + random.normal(0, 0.02, frames), 0, 1), np.ones(frames)], axis=1)
    glance = random.random(frames) < sure
    correct = np.stack([glance, glance, np.ones(frames, dtype=bool)], axis=1)
    clip = np.array([f"clip-{number:02d}" for number in random.integers(0, clips, frames)])
    return Looks(confidence.astype(np.float32), correct, clip)


def exhaustive(looks: Looks, cost: np.ndarray, price: float) -> float:
    """The most that any two thresholds at the rule's own cuts can be worth per frame."""
    until, frames = np.cumsum(cost), len(looks.confidence)
    seen = Recorded(looks.confidence, looks.correct)
    tries = [(0.0 if cut == 0 else 2.0) for cut in (0, 1)]
    cuts = [
        [*tries, *((seen.falling[i - 1, look] + seen.falling[i, look]) / 2 for i in range(10, frames, 10))]
        for look in (0, 1)
    ]
    best = -np.inf
    for first in cuts[0]:
        for second in cuts[1]:
            last = seen.last_looks((first, second))
            best = max(best, (seen.correct[np.arange(frames), last] - price * until[last]).mean())
    return best


@pytest.mark.parametrize("price", [0.02, 0.05, 0.1, 0.2])
@pytest.mark.parametrize("seed", range(3))
def test_no_pair_of_thresholds_is_worth_noticeably_more_than_the_ones_found(price, seed):
    looks = recorded(frames=200, looks=3, seed=seed)
    cost = np.array([1.0, 1.5, 1.5])
    seen = Recorded(looks.confidence, looks.correct)
    rule = PriceRule(seen, cost)
    point = seen.measure(rule.thresholds(rule.corners(np.array([price]))[0]))
    reached = point.accuracy - price * point.mean_cost(cost)
    assert reached >= exhaustive(looks, cost, price) - 0.01


@pytest.mark.parametrize("rule", [geometric, priced])
@pytest.mark.parametrize("cost", [[1.0, 1.0, 1.0, 1.0], [1.4, 2.1, 2.1, 2.1]])
def test_both_rules_meet_the_cost_that_was_asked_for_in_any_unit(rule, cost):
    looks, cost = recorded(), np.array(cost)
    seen = Recorded(looks.confidence, looks.correct)
    wanted = costs_between(cost, 9)[1:-1]
    for target, thresholds in zip(wanted, rule(seen, wanted, cost)):
        assert seen.measure(thresholds).mean_cost(cost) == pytest.approx(target, rel=0.01)


def test_the_price_rule_skips_a_look_that_tells_nothing_new():
    found = calibrated(useless_second_look(), np.ones(3), points=9)
    assert found.rule == "price"
    _, low, _ = found.mean_difference
    assert low > 0.01
    middle = found.points[len(found.points) // 2]
    assert middle.exit_shares[1] < 0.05
    assert found.difference[4] > 0.02
    assert found.headroom.mean() == pytest.approx(found.difference.mean(), abs=0.003)


def test_where_confidences_of_one_look_are_like_those_of_the_next_there_is_nothing_to_gain():
    found = calibrated(recorded(frames=6000, clips=200), np.ones(4), points=9)
    assert found.headroom[[0, -1]].tolist() == [0, 0]
    assert -0.002 < found.headroom.mean() < 0.01


@pytest.mark.parametrize("rule", [geometric, priced])
def test_39_points_for_50000_frames_of_5_looks_take_less_than_two_seconds_of_one_core(rule):
    looks = recorded(frames=50_000, looks=5, clips=500)
    started = time.process_time()
    points = frontier(looks.confidence, looks.correct, 39, rule, np.array([1.0, 1.3, 1.3, 1.3, 1.3]))
    assert time.process_time() - started < 2
    assert len(points) == 39


def test_looks_are_cross_fitted_each_clip_by_thresholds_that_have_not_seen_it():
    looks = recorded(frames=400)
    asked = []

    def spying(seen, wanted, cost):
        asked.append(seen)
        return geometric(seen, wanted, cost)

    fit = cross_fit(looks, np.ones(4), np.array([2.0]), spying, parts=5)
    assert fit.frames.sum() == 400
    assert sum(400 - seen.frames for seen in asked) == 400  # each frame is left out once
    names = np.unique(looks.clips)
    for part, seen in enumerate(asked):
        kept = looks.of(~np.isin(looks.clips, names[part::5]))
        assert np.array_equal(seen.confidence, kept.confidence)


def test_senseless_numbers_are_refused_and_figures_are_the_same_each_time():
    with pytest.raises(ValueError, match=r"at least 3 points, .*, but were 2"):
        calibrated(recorded(), np.ones(4), points=2)
    with pytest.raises(ValueError, match=r"at least 2 parts, .*, but were 1"):
        calibrated(recorded(), np.ones(4), parts=1)
    one, other = (calibrated(recorded(clips=8), np.ones(4), points=5, draws=150) for _ in range(2))
    assert one.mean_difference == other.mean_difference
    assert calibration_table(one, "looks")[-1].startswith("Of 8 clips only")


def test_the_interval_of_equal_rules_holds_nothing_but_little():
    found = calibrated(recorded(), np.ones(4), points=7)
    mean, low, high = found.mean_difference
    assert low <= mean <= high
    assert abs(mean) < 0.03
    for rule in ("geometric", "price"):
        _, accuracy = found.curves[rule]
        assert (found.intervals[rule][0] <= accuracy).all()
        assert (accuracy <= found.intervals[rule][1]).all()


def test_a_table_and_arrays_of_the_same_looks_are_read_alike(tmp_path):
    looks = recorded(frames=50, looks=2)
    np.savez(tmp_path / "a.npz", confidence=looks.confidence, correct=looks.correct, clip=looks.clips)
    lines = ["clip,confidence1,correct1,confidence2,correct2"]
    lines += [
        f"{clip},{sure[0]!r},{int(right[0])},{sure[1]!r},{int(right[1])}"
        for clip, sure, right in zip(looks.clips, looks.confidence.tolist(), looks.correct)
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n")
    for name in ("a.npz", "a.csv"):
        read = read_looks([tmp_path / name])
        assert np.array_equal(read.confidence, looks.confidence)
        assert np.array_equal(read.correct, looks.correct)
        assert np.array_equal(read.clips, looks.clips)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("clip,confidence1,correct1\na,0.5,1\n", "must have the columns clip, confidence1"),
        ("clip,confidence1,correct1,confidence2,correct2\na,0.5,1,x,1\n", "line 2: each value must be a number"),
        ("clip,confidence1,correct1,confidence2,correct2\na,0.5,1,0.6,2\n", "line 2: correct must be 0 or 1"),
        ("clip,confidence1,correct1,confidence2,correct2\na,1.5,1,0.6,1\n", r"within \[0, 1\], but were 0.6.* to 1.5"),
        ("clip,confidence1,correct1,confidence2,correct2\n", "must have a row per frame, but has none"),
    ],
)
def test_a_bad_table_is_refused_with_what_was_expected(tmp_path, text, complaint):
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(ValueError, match=complaint):
        read_looks([tmp_path / "bad.csv"])


def test_clips_in_two_files_one_clip_only_and_missing_files_are_refused(tmp_path):
    looks = recorded(frames=50, looks=2)
    for name in ("a", "b"):
        np.savez(tmp_path / f"{name}.npz", confidence=looks.confidence, correct=looks.correct, clip=looks.clips)
    with pytest.raises(ValueError, match="a clip must be in one file only"):
        read_looks([tmp_path / "a.npz", tmp_path / "b.npz"])
    with pytest.raises(ValueError, match="at least 2 clips, to decide on some and solve on others, but was 1"):
        calibrated(Looks(looks.confidence, looks.correct, np.full(50, "one")), np.ones(2))
    with pytest.raises(ValueError, match="there is no such file"):
        read_looks([tmp_path / "c.npz"])
    (tmp_path / "d.npz").write_bytes((tmp_path / "a.npz").read_bytes()[:200])
    with pytest.raises(ValueError, match=r"d\.npz must be arrays saved by numpy, but could not be read"):
        read_looks([tmp_path / "d.npz"])


def test_costs_are_per_look_and_the_last_stands_for_all_later_ones():
    costs = costs_of(["cpu-ms=1.4,2", "multiply-adds=7e7,8e7,9e7"], 4)
    assert {unit: cost.tolist() for unit, cost in costs.items()} == {
        "cpu-ms": [1.4, 2, 2, 2],
        "multiply-adds": [7e7, 8e7, 9e7, 9e7],
        "looks": [1, 1, 1, 1],
    }
    for bad in ("1.4,2", "ms=", "ms=a,b", "ms=1,2,3,4,5"):
        with pytest.raises(ValueError, match="--cost must be UNIT=GLANCE,FOCUS"):
            costs_of([bad], 4)
    with pytest.raises(ValueError, match="one cost above 0"):
        costs_of(["ms=1,0"], 4)


def test_costs_of_a_report_count_decoding_with_the_glance(tmp_path):
    report = tmp_path / "e.json"
    stages = {"decodeMillis": 0.5, "lookMillis": [2.25, 4.5], "glanceMultiplyAdds": 7e7, "focusMultiplyAdds": 2e8}
    report.write_text(json.dumps({"stages": stages}))
    costs = costs_of(costs_in(report), 3)
    assert costs["cpu-ms"].tolist() == [2.75, 4.5, 4.5]
    assert costs["multiply-adds"].tolist() == [7e7, 2e8, 2e8]
    assert next(iter(costs)) == "cpu-ms"
    for other in ("[]", "{", '{"stages": {"decodeMillis": 1, "lookMillis": []}}'):
        report.write_text(other)
        with pytest.raises(ValueError, match=r"e\.json must be a report of model evaluate"):
            costs_in(report)


def test_the_command_puts_a_frontier_into_a_bundle_whose_hashes_hold(tmp_path, capsys):
    bundle = tmp_path / "tiny"
    toy.write_tiny(bundle, pictures=40)
    looks = recorded(frames=300, looks=3)
    np.savez(tmp_path / "a.npz", confidence=looks.confidence, correct=looks.correct, clip=looks.clips)
    report, out = tmp_path / "report.json", tmp_path / "frontier.json"
    arguments = [
        "calibrate",
        str(tmp_path / "a.npz"),
        "--points",
        "6",
        "--cost",
        "cpu-ms=1.5,2",
        "--bundle",
        str(bundle),
    ]
    assert main([*arguments, "--report", str(report), "--out", str(out)]) == 0
    frontier = json.loads((bundle / "frontier.json").read_text())
    assert frontier == json.loads(out.read_text())
    assert frontier["calibration"]["frames"] == 300
    manifest = json.loads((bundle / "manifest.json").read_text())
    assert manifest["files"]["frontier.json"] == hashlib.sha256((bundle / "frontier.json").read_bytes()).hexdigest()
    figures = json.loads(report.read_text())
    assert figures["solvedFor"] == "cpu-ms"
    costs = [point["meanCost"]["cpu-ms"] for point in figures["points"]]
    assert costs[0] == 1.5
    assert costs[-1] == 5.5
    assert costs == sorted(costs)
    assert "price minus geometric" in capsys.readouterr().out
    four = recorded(frames=300, looks=4)
    np.savez(tmp_path / "a.npz", confidence=four.confidence, correct=four.correct, clip=four.clips)
    assert main(arguments) == 2
    assert "makes 3 looks, but the thresholds are for 4" in capsys.readouterr().err
