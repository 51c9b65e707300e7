import csv
import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from conftest import write_discs
from test_pictures import TINY, settings, silent

from saccade_training.batches import Batches
from saccade_training.checkpoint import WorkFolder
from saccade_training.cli import main
from saccade_training.compare import Contender, comparisons, contenders, difference, named, table, unmatched
from saccade_training.folds import train_fold
from saccade_training.material import gather
from saccade_training.measures import Record, by_rule, drawn_sums
from saccade_training.network import Geometry
from saccade_training.pictures import UnusableData, classes_of, fold_clips, load, scan
from saccade_training.results import OF_CASCADE, Result, load_result
from saccade_training.static import WholePictures, WholeView
from saccade_training.trainer import TrainingStopped
from saccade_training.views import glance_of, view_of

QUICK = {"epochs": 2.0, "folds": 2}


def test_every_clip_is_held_out_by_one_fold_and_every_class_by_each(discs):
    frames = scan(discs, "train", classes_of(discs))
    folds = [fold_clips(frames, classes_of(discs), 2, fold) for fold in (1, 2)]
    assert folds[0] | folds[1] == {frame.clip for frame in frames}
    assert not folds[0] & folds[1]
    for fold in folds:
        assert {frame.label for frame in frames if frame.clip in fold} == {0, 1, 2}


def test_folds_are_the_same_for_every_seed_and_never_touch_the_test_split(discs, tmp_path):
    first, second = (gather(settings(discs, tmp_path, folds=2, fold=1, seed=seed), silent) for seed in (1, 2))
    assert set(first.calibration.clips) == set(second.calibration.clips)
    assert not set(first.train.clips) & set(first.calibration.clips)
    assert not set(first.test.clips) & (set(first.train.clips) | set(first.calibration.clips))
    assert first.identity != second.identity


def test_a_class_of_one_clip_cannot_be_dealt_into_folds(tmp_path):
    write_discs(tmp_path / "one", "train", clips=1, frames=3)
    with pytest.raises(UnusableData, match="at least 2 clips to be dealt into folds, but 3 have one: blue, green, red"):
        gather(settings(tmp_path / "one", tmp_path, folds=2), silent)


def test_a_fold_in_bfloat16_is_as_good_and_goes_by_its_own_checkpoints(discs, tmp_path):
    exact = train_fold(settings(discs, tmp_path / "exact", **QUICK), silent)
    found = train_fold(settings(discs, tmp_path / "half", bf16=True, **QUICK), silent)
    assert found.run["bf16"]
    wanted = exact.of("test", "policy").accuracy()
    assert found.of("test", "policy").accuracy() == pytest.approx(wanted, abs=0.15)
    with pytest.raises(TrainingStopped, match="other data or settings: choose another --out, or"):
        train_fold(settings(discs, tmp_path / "half", bf16=False, **QUICK), silent)


def test_a_fold_of_other_passes_is_not_taken_for_the_one_that_was_made(discs, tmp_path):
    made = train_fold(settings(discs, tmp_path, side=32, per_clip=3, **QUICK), silent)
    assert (made.run["epochs"], made.run["per_clip"]) == (2.0, 3)
    with pytest.raises(TrainingStopped, match="was planned for 2 epochs, but 6 epochs were asked for: --fresh"):
        train_fold(settings(discs, tmp_path, side=32, per_clip=3, **QUICK | {"epochs": 6.0}), silent)


def test_wrong_folds_sides_and_fits_are_all_named_at_once(discs, tmp_path):
    with pytest.raises(ValueError, match=r"fold must be from 1 to 2.*side must be from 32 to 64.*fit must be one of"):
        settings(discs, tmp_path, folds=2, fold=3, side=65, fit="letterbox")


def test_without_boxes_nothing_is_learnt_from_them_and_yet_it_is_known_where_the_policy_looked(discs, tmp_path):
    material = gather(settings(discs, tmp_path, folds=2, boxes=False), silent)
    assert not material.train.boxed.any()
    assert material.calibration.boxed.all()
    found = train_fold(settings(discs, tmp_path, boxes=False, **QUICK), silent)
    assert "boxes" not in found.run["steps_made"]
    assert 0 <= found.run["covered"]["held"] <= 1


def test_a_square_view_is_the_centred_square_and_its_boxes_move_along(tmp_path):
    picture = np.zeros((80, 120, 3), dtype=np.uint8)
    picture[30:50, 50:70] = 255
    assert np.array_equal(view_of(picture, 80, "square"), picture[:, 20:100])
    folder = tmp_path / "data" / "train"
    for name in ("a", "b"):
        (folder / name / f"{name}1").mkdir(parents=True)
        cv2.imwrite(str(folder / name / f"{name}1" / "1.png"), picture)
    (tmp_path / "data" / "frames.csv").write_text(
        "split,clip,class,frame,xmin,ymin,xmax,ymax\ntrain,a1,a,1,50,30,70,50\ntrain,b1,b,1,0,0,10,10\n"
    )
    frames = scan(tmp_path / "data", "train", ["a", "b"])
    square = load(frames, ["a", "b"], 80, silent, "square")
    assert square.boxes[0].tolist() == [30, 30, 50, 50]
    assert not square.boxed[1]  # its object is cut off
    assert load(frames, ["a", "b"], 80, silent).boxes[1].tolist() == pytest.approx([0, 0, 10, 80 / 12])


def test_the_static_opponent_draws_the_very_same_views(discs):
    classes = classes_of(discs)
    pictures = load(scan(discs, "train", classes), classes, 64)
    ours, theirs = Batches(pictures, 8, 32, 32, 5), Batches(pictures, 8, 32, 32, 5)
    ours.batch(1, 1).mixed_actions(0.6)  # what stage 1 draws besides
    mine, other = ours.batch(1, 2), theirs.batch(WholePictures.number, 2)
    assert np.array_equal(mine.views, other.views)
    assert torch.equal(mine.labels, other.labels)
    assert np.array_equal(other.whole(48).numpy()[3], glance_of(other.views[3], 48))


@pytest.mark.parametrize("side", [32, 48, 64])
def test_a_static_network_sees_the_whole_view_at_any_side(side):
    network = WholeView(Geometry("tiny", 64, 32, 3, 3), side, hidden=8, reduced=4).eval()
    logits, middle = network.see(torch.rand(2, side, side, 3) * 255)
    assert logits.shape == (2, 3)
    assert middle.shape == (2, 2)


def test_a_fold_run_is_resumed_to_the_same_records(discs, tmp_path, monkeypatch):
    def begin(folder):
        chosen = settings(discs, tmp_path / folder, checkpoint_every=2, side=48, **QUICK)
        return train_fold(chosen, silent), chosen

    whole, chosen = begin("whole")
    with open(chosen.work / "log.csv", newline="") as file:
        assert len(list(csv.DictReader(file))) == whole.run["steps_made"]["whole"]

    original = Batches.batch

    def failing(self, stage, step):
        if (stage, step) == (1, 5):
            raise KeyboardInterrupt
        return original(self, stage, step)

    monkeypatch.setattr(Batches, "batch", failing)
    with pytest.raises(KeyboardInterrupt):
        begin("broken")
    monkeypatch.undo()
    resumed, _ = begin("broken")
    assert np.array_equal(resumed.of("held", "whole").confidence, whole.of("held", "whole").confidence)


def test_places_other_than_the_policys_are_those_that_were_asked_for(discs, tmp_path):
    found = train_fold(settings(discs, tmp_path, steps=4, **QUICK), silent)
    fixed = found.of("held", "centre-and-corners").offsets
    assert fixed[:, 1:].tolist() == [[[16, 16], [0, 0], [0, 32]]] * len(fixed)
    assert [tuple(by_rule(looks)) for looks in (1, 2, 3, 6)] == [(0.5, 0.5), (0.0, 0.0), (0.0, 1.0), (0.5, 0.5)]
    anywhere = found.of("held", "anywhere").offsets[:, 1:]
    assert len({tuple(place) for place in anywhere.reshape(-1, 2).tolist()}) > 20
    corners = found.of("held", "box").offsets[:, 1]
    boxes = gather(settings(discs, tmp_path, folds=2), silent).calibration.boxes
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    assert ((corners <= middles) & (middles <= corners + 32)).all()
    by_cascade, policy = (found.of("held", way) for way in (OF_CASCADE, "policy"))
    assert np.array_equal(by_cascade.offsets, policy.offsets)
    assert not np.array_equal(by_cascade.confidence[:, 1:], policy.confidence[:, 1:])
    np.testing.assert_allclose(by_cascade.confidence[:, 0], policy.confidence[:, 0], rtol=1e-4)
    for way in ("anywhere", "centre-and-corners", "box"):
        assert np.array_equal(found.of("held", way).confidence[:, 0], found.of("held", "policy").confidence[:, 0])


def test_results_are_kept_whole_and_the_table_says_what_they_say(discs, tmp_path):
    chosen = settings(discs, tmp_path, **QUICK)
    found = train_fold(chosen, silent)
    again = load_result(chosen.work)
    assert again.run == found.run
    assert again.classes == ["blue", "green", "red"]
    assert np.array_equal(again.of("test", "policy").confidence, found.of("test", "policy").confidence)
    table = json.loads((chosen.work / "result.json").read_text())
    policy = found.of("held", "policy")
    assert table["splits"]["held"]["policy"]["accuracy"] == policy.accuracy().tolist()
    assert set(table["splits"]["held"]["policy"]["clips"]) == set(policy.clips.tolist())
    assert sum(clip["frames"] for clip in table["splits"]["held"]["policy"]["clips"].values()) == len(policy.labels)


def test_a_folder_without_results_and_one_that_is_broken_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"finished run's folder holding looks\.npz, but there is none"):
        load_result(tmp_path)
    (tmp_path / "looks.npz").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ValueError, match="could not be read"):
        load_result(tmp_path)
    one = {"held/policy/confidence": np.ones((1, 1))}
    np.savez(tmp_path / "looks.npz", run=np.array("{}"), classes=np.array(["a"]), **one)
    with pytest.raises(ValueError, match=r"could not be read: .*'said'"):
        load_result(tmp_path)


def record(correct: np.ndarray, clips: np.ndarray) -> Record:
    """Of the first of two classes, as sure of it as of the other."""
    frames, looks = correct.shape
    return Record(np.full((frames, looks), 0.9), np.where(correct, 0, 1), np.zeros((frames, looks, 2), int),
                  np.zeros(frames, int), clips)  # fmt: skip


def contender(name: str, runs: dict) -> Contender:
    return Contender(name, {run: {clip: (right, 10) for clip, right in clips.items()} for run, clips in runs.items()})


def test_only_folds_and_seeds_that_both_have_are_compared():
    ours = contender("a", {(1, 1): {"x": 0.9, "y": 0.5}, (2, 1): {"z": 1.0}})
    theirs = contender("b", {(1, 1): {"x": 0.7, "y": 0.5}, (1, 2): {"x": 0.0, "y": 0.0}})
    found = difference(ours, theirs)
    assert found.runs == 1
    assert found.clips == 2
    assert found.mean == pytest.approx(0.1)
    assert found.of_first == pytest.approx(0.7)
    assert difference(ours, contender("c", {(3, 1): {"x": 1.0}})) is None


def test_a_constant_lead_is_certain_and_one_clip_alone_makes_it_uncertain():
    clips = [f"clip-{number}" for number in range(30)]
    base = dict.fromkeys(clips, 0.5)
    steady = difference(contender("a", {(1, 1): dict.fromkeys(clips, 0.6)}), contender("b", {(1, 1): base}))
    assert steady.low == pytest.approx(0.1)
    assert steady.high == pytest.approx(0.1)
    lucky = difference(contender("a", {(1, 1): base | {"clip-0": 1.0}}), contender("b", {(1, 1): base}))
    assert lucky.mean == pytest.approx(0.5 / 30)
    assert lucky.low == pytest.approx(0)
    assert lucky.high > 0.03


def test_how_lucky_runs_were_is_in_the_interval_as_soon_as_a_clip_has_two():
    clips = [f"clip-{number}" for number in range(30)]
    base = dict.fromkeys(clips, 0.5)
    twice = {(fold, seed): base for fold in (1, 2) for seed in (1, 2)}
    ours = {run: dict.fromkeys(clips, 0.4 if run[1] == 1 else 0.8) for run in twice}
    of_all = difference(contender("a", ours), contender("b", twice))
    assert (of_all.mean, of_all.alone) == (pytest.approx(0.1), False)
    assert of_all.low == pytest.approx(-0.1)
    assert of_all.high == pytest.approx(0.3)
    assert of_all.each == pytest.approx([-0.1, 0.3, -0.1, 0.3])
    (row,) = (line for line in table("held", [of_all]) if line.startswith("| a |"))
    assert "| -0.100 to +0.300 | -0.100 to +0.300 | 30 | 4 |" in row
    # Runs of different clips are not drawn for each other: each fold has its clips in every draw.
    apart = {(1, 1): dict.fromkeys(clips[:15], 0.6), (2, 1): dict.fromkeys(clips[15:], 0.6)}
    lone = difference(contender("a", apart), contender("b", {run: dict.fromkeys(of, 0.5) for run, of in apart.items()}))
    assert (lone.low, lone.high, lone.alone) == (pytest.approx(0.1), pytest.approx(0.1), True)
    assert table("held", [lone])[-1] == "A clip is predicted by a single run: how lucky that was is in no interval."


def test_one_clip_says_nothing_of_others_and_few_say_little():
    ours, theirs = (contender(name, {(1, 1): {"x": right}}) for name, right in [("a", 0.9), ("b", 0.5)])
    found = difference(ours, theirs)
    assert (found.mean, found.low, found.high) == (pytest.approx(0.4), -1, 1)
    assert table("held", [found])[-1] == "Of 1 clips only: intervals by bootstrap over so few are too narrow."
    alone = record(np.ones((5, 1), dtype=bool), np.array(["x"] * 5))
    assert alone.interval().tolist() == [[0.0], [1.0]]


def test_drawing_many_clips_takes_little_memory_and_is_the_same_each_time():
    random, frames = np.random.default_rng(5), 30_000
    correct = random.random(frames) < 0.7
    many = record(correct[:, None], np.array([f"clip-{number}" for number in range(frames)]))
    tracemalloc.start()
    low, high = many.interval(draws=300)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60e6  # 300 draws of 30,000 clips at once are 72 MB
    error = (0.7 * 0.3 / frames) ** 0.5
    assert (high - low).item() == pytest.approx(2 * 1.645 * error, rel=0.25)
    assert np.array_equal(drawn_sums(np.arange(7), 3, 250), drawn_sums(np.arange(7), 3, 250))


def test_the_same_clips_must_have_been_predicted():
    with pytest.raises(ValueError, match="must have predicted the same clips in fold 1, seed 1, but 2 differ"):
        difference(contender("a", {(1, 1): {"x": 1.0}}), contender("b", {(1, 1): {"y": 1.0}}))


def result(kind: str, rights: list, **more) -> Result:
    run = {"kind": kind, "side": None, "image": 64, "glance": 32, "patch": 32, "steps": 2, "head": "mean",
           "boxes": True, "fit": "stretch", "fold": 1, "seed": 1, "epochs": 2.0, "batch": 8, "rate": 1.0, "folds": 2,
           "backbone": "efficientnet-lite0"} | more  # fmt: skip
    seen = record(np.array(rights, dtype=bool), np.array(["x", "y"] * 2))
    return Result(run, ["p", "q"], {"held": {"whole" if kind == "static" else "policy": seen}})


def test_a_glance_of_which_nothing_was_said_was_as_large_as_a_patch(tmp_path):
    old = result("glance-and-focus", [[1, 1]] * 4)
    del old.run["glance"]
    old.save(tmp_path)
    assert load_result(tmp_path).run["glance"] == 32


def test_networks_are_named_by_their_view_their_looks_and_how_many():
    assert named(result("glance-and-focus", [[1, 1]] * 4).run) == "glance-and-focus 64/32/2"
    assert named(result("glance-and-focus", [[1, 1]] * 4, patch=48).run) == "glance-and-focus 64/32/48/2"


def test_the_last_look_meets_the_static_networks_and_the_look_before():
    ours = result("glance-and-focus", [[1, 1], [0, 1], [0, 1], [0, 0]])
    static = result("static", [[1], [0], [1], [0]], side=64)
    found = {(one.first, one.second): one for one in comparisons([ours, static], "held")}
    last = found["glance-and-focus 64/32/2, look 2", "static 64"]
    assert (last.of_first, last.of_second) == (0.75, 0.5)
    assert found["glance-and-focus 64/32/2, look 2", "glance-and-focus 64/32/2, look 1"].mean == 0.5


def test_boxes_in_training_are_compared_with_none_and_known_places_at_the_second_look_only():
    with_boxes = result("glance-and-focus", [[1, 1, 1]] * 4, steps=3)
    without = result("glance-and-focus", [[1, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 1]], steps=3, boxes=False)
    with_boxes.records["held"]["box"] = with_boxes.records["held"]["policy"]
    found = {(one.first, one.second): one for one in comparisons([with_boxes, without], "held")}
    name = "glance-and-focus 64/32/3"
    assert found[f"{name}, look 3", f"{name} without boxes, look 3"].mean == 0.5
    assert [second for _, second in found if second.endswith("box")] == [f"{name}, look 2 box"]


def test_who_learnt_without_boxes_meets_opponents_that_had_none_either():
    without = result("glance-and-focus", [[1, 1]] * 4, boxes=False)
    statics = [result("static", [[1], [0], [1], [0]], side=64, boxes=boxes) for boxes in (True, False)]
    found = [one.second for one in comparisons([without, *statics], "held") if one.second.startswith("static")]
    assert set(found) == {"static 64 without boxes"}


def test_opponents_that_meet_nobody_are_named():
    without = result("glance-and-focus", [[1, 1]] * 4, boxes=False)
    statics = [result("static", [[1], [0], [1], [0]], side=64, boxes=boxes) for boxes in (True, False)]
    results = [without, *statics]
    assert unmatched(results, comparisons(results, "held")) == ["static 64"]


def test_runs_of_unlike_effort_and_runs_given_twice_are_refused():
    ours = result("glance-and-focus", [[1, 1]] * 4)
    with pytest.raises(
        ValueError, match=r"must differ in fold and seed only, but \['patience'\] differ: \[1\] and \[2\]"
    ):
        contenders([result("static", [[1]] * 4, side=64, patience=seed, seed=seed) for seed in (1, 2)], "held")
    with pytest.raises(ValueError, match=r"must have had the same effort, .*\(2.0, 8, 1.0, 2, .*\(3.0, 8, 1.0, 2, "):
        comparisons([ours, result("static", [[1]] * 4, side=64, epochs=3.0)], "held")
    for more in ({"bf16": True}, {"per_clip": 3}):
        with pytest.raises(ValueError, match="must have had the same effort"):
            comparisons([ours, result("static", [[1]] * 4, side=64, **more)], "held")
    assert comparisons([ours, result("static", [[1]] * 4, side=64, bf16=False, per_clip=None)], "held")
    with pytest.raises(ValueError, match=r"there must be one run of .* for fold 1 and seed 1, but are two"):
        comparisons([ours, ours], "held")


def test_from_pictures_to_a_comparison_and_thresholds_by_the_commands(discs, tmp_path, capsys):
    common = ["--data", str(discs), *TINY]
    runs = []
    for fold in ("1", "2"):
        for name, more in [("focus", []), ("static", ["--side", "64"])]:
            out = tmp_path / f"{name}-{fold}"
            runs.append(str(out))
            assert main(["fold", *common, "--out", str(out), "--fold", fold, "--epochs", "2", *more]) == 0
    report = tmp_path / "compare.json"
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- comparison -->\nold\n<!-- /comparison -->\nafter\n")
    other = tmp_path / "card.md"
    other.write_text(page.read_text())
    costs = tmp_path / "costs"
    costs.mkdir()
    for name, millis in [("focus", [2.0, 2.0, 2.0]), ("static-64", [4.0, 4.0])]:
        measured = {"stages": {"decodeMillis": 1.0, "lookMillis": millis}}
        (costs / f"{name}.json").write_text(json.dumps(measured))
    assert main(["compare", *runs, "--report", str(report), "--page", str(page), "--page", str(other),
                 "--costs", str(costs)]) == 0  # fmt: skip
    text = page.read_text()
    assert other.read_text() == text
    assert text.startswith("before\n<!-- comparison -->\n\n### clips of the held-out folds\n")
    assert text.endswith("are too narrow.\n\n<!-- /comparison -->\nafter\n")
    assert "\nold\n" not in text
    figures = json.loads(report.read_text())
    held = figures["held"]
    (as_right,) = figures["heldAtEqualAccuracy"]
    assert as_right["opponent_cost"] == 4.0
    assert as_right["right"] == next(one["of_second"] for one in held if one["second"] == "static 64 tiny")
    against = next(one for one in held if one["second"] == "static 64 tiny")
    assert (against["clips"], against["runs"]) == (12, 2)  # all training clips, each by one network
    assert "| glance-and-focus 64/32/3 tiny, look 3 | static 64 tiny |" in capsys.readouterr().out
    assert main(["calibrate", runs[0], runs[2], "--points", "4", "--out", str(tmp_path / "frontier.json")]) == 0
    assert json.loads((tmp_path / "frontier.json").read_text())["calibration"]["frames"] == 72
    bundle = tmp_path / "bundle"
    train = ["train", *common, "--out", str(bundle), "--work", str(tmp_path / "work"), "--epochs", "1", "--points", "4"]
    assert main([*train, "--looks", runs[0], runs[2]]) == 0
    calibration = json.loads((bundle / "frontier.json").read_text())["calibration"]
    assert (calibration["frames"], len(calibration["clips"])) == (72, 12)
    card = (bundle / "MODEL_CARD.md").read_text()
    assert "Trained on 72 frames of 12 clips" in card
    assert "Solved on 72 frames of 12 clips" in card
    assert str(tmp_path) not in card
    assert main([*train, "--steps", "4", "--looks", runs[0]]) == 2
    assert "must be of 4 looks, as --steps says, but have 3" in capsys.readouterr().err
    assert main([*train, "--fit", "square", "--looks", runs[0]]) == 2
    assert f"but {runs[0]} has [\"fit 'stretch' instead of 'square'\"]" in capsys.readouterr().err
    (discs / "train" / "red").rename(discs / "train" / "rose")
    assert main([*train, "--looks", runs[0]]) == 2
    assert "instead of ['blue', 'green', 'rose']" in capsys.readouterr().err
    odd = str(tmp_path / "odd")
    unlike = replace(load_result(Path(runs[2])), classes=["a", "b", "c"])
    unlike.save(Path(odd))
    assert main(["calibrate", runs[0], odd]) == 2
    assert f"{runs[0]} and {odd} differ in ['classes']" in capsys.readouterr().err
    assert main(["calibrate", runs[1]]) == 2
    assert "there must be a record of 'policy' on split 'held'" in capsys.readouterr().err
    assert main(["compare", runs[1], runs[3]]) == 2
    assert "must share a fold and a seed to be compared" in capsys.readouterr().err


def test_a_dry_run_of_a_fold_says_how_long_and_writes_nothing(discs, tmp_path):
    said = []
    assert train_fold(settings(discs, tmp_path, side=64, **QUICK), said.append, dry_run=True) is None
    assert any(line.startswith("plan: 1 whole view 9 steps of ") for line in said)
    assert not WorkFolder(tmp_path / "work").plan()


def test_without_a_test_split_there_must_be_clips_held_out(tmp_path):
    write_discs(tmp_path / "plain", "train", clips=3, frames=2)
    with pytest.raises(
        UnusableData, match=r"with --looks all clips of train/ are learnt from, and figures need .*test"
    ):
        gather(settings(tmp_path / "plain", tmp_path, looks=(tmp_path,)), silent)
