"""From a checkpoint to a bundle: frontier, costs, manifest, and the command's complaints."""

import hashlib
import json

import numpy as np
import pytest
import torch
from checkpoints import CASCADING, RECURRENT, pictures, save_published, save_trained, small_network, stored
from PIL import Image
from reference_run import options
from upstream import flops

from saccade_training.cli import main
from saccade_training.published.checkpoint import UnusableCheckpoint
from saccade_training.published.importing import import_checkpoint
from saccade_training.published.operating import stored_adds, stored_operating
from saccade_training.published.seeing import read_view, view_of

CLASSES = ["ant", "bee", "cat", "dog", "elk"]


@pytest.fixture(scope="module")
def cascading():
    return small_network(CASCADING, 32, 3)


@pytest.fixture(scope="module")
def beside(cascading):
    return everything_beside(cascading)


def everything_beside(network) -> dict:
    """What the authors store, measured on random pictures whose truth is the last look's answer."""
    looks = [network.looks(picture) for picture in pictures(60, 2, 40, 120)]
    labels = np.array([[look.probabilities.argmax() for look in of_one] for of_one in looks])
    confidences = np.array([[look.probabilities.max() for look in of_one] for of_one in looks])
    return stored(network, confidences, labels == labels[:, -1:])


@pytest.fixture
def classes(tmp_path):
    path = tmp_path / "classes.txt"
    path.write_text("\n".join(CLASSES) + "\n")
    return path


def imported(path, tmp_path, known=CASCADING, **more):
    said = []
    out = import_checkpoint(options(path, tmp_path / "bundle", **more), said.append, known)
    return json.loads((out / "manifest.json").read_text()), json.loads((out / "frontier.json").read_text()), said, out


def test_a_published_checkpoint_says_itself_what_it_is(cascading, beside, classes, tmp_path):
    path = save_published(tmp_path / "a.pth.tar", cascading, beside)
    manifest, frontier, said, out = imported(path, tmp_path, classes=classes)
    assert manifest["view"] == {
        "fit": "crop", "resize": 73, "filter": "bicubic", "glance": "bicubic", "reducedDecode": False,
    }  # fmt: skip
    assert (manifest["backbone"], manifest["patchSize"], manifest["steps"]) == ("small-mobile", 32, 3)
    assert manifest["classes"] == CLASSES
    assert manifest["graphs"] == {"glance": "look.onnx", "focus": "look.onnx"}
    assert not any("warning" in line for line in said)
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert set(manifest["files"]) | {"manifest.json"} == {path.name for path in out.iterdir()}
    until = flops(cascading)
    assert manifest["multiplyAdds"]["focus"] == pytest.approx((until[2] - until[0]) / 2)
    # The glance also asks the policy where to look next, which upstream counts with the second look.
    assert manifest["multiplyAdds"]["glance"] > until[0]
    assert frontier["points"][0]["meanLooks"] == 1
    assert frontier["points"][-1]["meanLooks"] == 3


def test_stored_thresholds_become_a_frontier_of_the_stored_costs_and_accuracies(cascading, beside):
    until, complaint = stored_adds(beside, np.diff(flops(cascading), prepend=0))
    assert complaint is None
    points = stored_operating(beside, until, 3).points
    costs, accuracies = beside["budgeted_batch_classification"]
    rows = [tuple(row[:-1].tolist()) for row in beside["dynamic_threshold"].clamp(0, 2)]
    inner = points[1:-1]
    assert len(inner) > 20
    for point in inner:
        row = rows.index(point.thresholds)
        assert point.mean_cost(np.diff(until, prepend=0)) == pytest.approx(costs[row], rel=1e-6)
        assert point.accuracy == pytest.approx(accuracies[row] / 100)
    assert points[0].accuracy == pytest.approx(beside["anytime_classification"][0] / 100)
    assert points[-1].exit_shares == (0, 0, 1)
    looks = [point.mean_looks for point in points]
    assert looks == sorted(set(looks))
    assert all(threshold in (2.0,) or threshold <= 1 for point in points for threshold in point.thresholds)


def test_costs_stored_in_millions_or_billions_are_known_as_such():
    recomputed = np.array([43.06e6, 45.08e6, 46.37e6])
    for unit in (1, 1e6, 1e9):
        found, complaint = stored_adds({"flops": (recomputed.cumsum() / unit).tolist()}, recomputed)
        assert found == pytest.approx(recomputed.cumsum())
        assert complaint is None


def test_costs_half_a_percent_off_are_said_with_both_figures(cascading, beside, tmp_path):
    off = [value * factor for value, factor in zip(beside["flops"], (1.0, 1.004, 1.02))]
    path = save_published(tmp_path / "a.pth.tar", cascading, beside | {"flops": off})
    _, _, said, out = imported(path, tmp_path)
    (warning,) = [line for line in said if line.startswith("warning")]
    ours, theirs = beside["flops"][2] / 1e6, off[2] / 1e6
    assert f"says {theirs:.2f} M multiply-adds after look 3, but the network makes {ours:.2f} M (+2.0 %)" in warning
    assert warning.removeprefix("warning: ") in (out / "MODEL_CARD.md").read_text()


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("flops", [1.0, 2.0, "x"], "flops must be 3 numbers"),
        ("dynamic_threshold", torch.zeros(39, 5), "dynamic_threshold must be some x 3 numbers"),
        ("anytime_classification", [50.0, float("nan"), 1.0], "anytime_classification must be 3 numbers"),
        ("anytime_classification", [50.0, 101.0, 1.0], "accuracies must be within 0 and 100 %"),
        ("budgeted_batch_classification", [[1.0] * 39], "budgeted_batch_classification must be 2 x 39 numbers"),
        ("budgeted_batch_classification", [[1.0] * 39, [50.0] * 39], "must have mean costs within"),
    ],
)
def test_stored_figures_that_cannot_be_are_refused(name, value, complaint, cascading, beside, tmp_path):
    path = save_published(tmp_path / "a.pth.tar", cascading, beside | {name: value})
    with pytest.raises(UnusableCheckpoint, match=complaint):
        imported(path, tmp_path)


def test_a_file_of_the_training_script_needs_to_be_told_what_it_is_and_pictures(cascading, classes, tmp_path):
    path = save_trained(tmp_path / "a.pth.tar", cascading)
    with pytest.raises(UnusableCheckpoint, match=r"does not say its backbone, .*: give --backbone"):
        imported(path, tmp_path)
    told = {"backbone": "small-mobile", "patch": 32, "steps": 3}
    with pytest.raises(UnusableCheckpoint, match=r"stores no thresholds, .*: give --data"):
        imported(path, tmp_path, **told)
    with pytest.raises(ValueError, match="--data needs --classes"):
        imported(path, tmp_path, **told, data=tmp_path)
    assert not (tmp_path / "bundle").exists()


def test_thresholds_are_solved_on_pictures_and_unreadable_ones_are_named(cascading, classes, tmp_path):
    path = save_trained(tmp_path / "a.pth.tar", cascading)
    data = tmp_path / "data"
    for number, picture in enumerate(pictures(40, 8, 40, 120)):
        label = cascading.looks(picture)[-1].probabilities.argmax()
        (data / CLASSES[label]).mkdir(parents=True, exist_ok=True)
        picture.save(data / CLASSES[label] / f"{number}.png")
    broken = data / next(data.iterdir()).name / "broken.jpg"
    broken.write_bytes(b"no picture")
    told = {"backbone": "small-mobile", "patch": 32, "steps": 3, "classes": classes, "data": data}
    _, frontier, said, _ = imported(path, tmp_path, **told)
    assert f"skipped, not a readable picture: {broken}" in said
    assert frontier["calibration"]["frames"] == 40
    assert len(frontier["calibration"]["clips"]) == 40
    assert all(clip.split("/")[0] in CLASSES for clip in frontier["calibration"]["clips"])
    assert frontier["points"][-1]["accuracy"] == 1.0  # the truth is what the last look says
    assert 0 < frontier["points"][0]["accuracy"] < 1
    (data / "fox").mkdir()
    with pytest.raises(ValueError, match=r"by the names of --classes, but holds \['fox'\]"):
        imported(path, tmp_path, **told)


def test_a_picture_on_its_side_is_set_upright_and_one_far_too_large_is_left_out(tmp_path, monkeypatch):
    upright = pictures(1, 4, 90, 120)[0]
    exif = Image.Exif()
    exif[0x0112] = 8  # to be turned by a quarter, anticlockwise
    upright.transpose(Image.Transpose.ROTATE_270).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(read_view(tmp_path / "a.png", CASCADING), view_of(upright, CASCADING))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert read_view(tmp_path / "a.png", CASCADING) is None


def test_steps_that_are_not_the_files_are_refused(cascading, beside, tmp_path):
    path = save_published(tmp_path / "a.pth.tar", cascading, beside)
    with pytest.raises(UnusableCheckpoint, match="says that its steps are 3, but they were to be 4"):
        imported(path, tmp_path, steps=4)


def test_class_names_must_be_as_many_as_the_outputs_and_each_once(cascading, beside, tmp_path):
    path = save_published(tmp_path / "a.pth.tar", cascading, beside)
    names = tmp_path / "names.txt"
    names.write_text("crane\ncrane\n\nmaillot\nape\nbat\n")
    with pytest.raises(ValueError, match="must name each class once, but names crane more than once"):
        imported(path, tmp_path, classes=names)
    names.write_text("crane\n")
    with pytest.raises(ValueError, match="must have 5 lines, one per class, but has 1"):
        imported(path, tmp_path, classes=names)


def test_the_golden_picture_is_one_that_no_resizing_changes_and_its_looks_are_the_graphs(tmp_path):
    network = small_network(RECURRENT, 32, 4)
    path = save_published(tmp_path / "a.pth.tar", network, everything_beside(network))
    _, _, _, out = imported(path, tmp_path, known=RECURRENT)
    with Image.open(out / "golden.png") as picture:
        assert picture.size == (72, 72)
        view = view_of(picture, RECURRENT)
        looks = network.looks(picture)
    assert np.array_equal(view, read_view(out / "golden.png", RECURRENT))
    golden = json.loads((out / "golden.json").read_text())["looks"]
    assert [(look["top"], look["left"]) for look in golden] == [(look.top, look.left) for look in looks]
    for found, wanted in zip(golden, looks):
        assert found["probabilities"] == pytest.approx(wanted.probabilities.tolist(), abs=1e-4)


def test_the_command_says_what_is_wrong_and_writes_nothing(cascading, tmp_path, capsys):
    path = save_trained(tmp_path / "a.pth.tar", cascading)
    out = tmp_path / "bundle"
    told = ["import", str(path), "--out", str(out), "--patch", "96", "--steps", "3", "--backbone"]
    assert main([*told, "resnet101"]) == 2
    assert "the backbone must be one of resnet50, " in capsys.readouterr().err
    assert main([*told, "resnet50"]) == 2
    assert "must hold conv1.weight to be of resnet50" in capsys.readouterr().err
    path.write_bytes(path.read_bytes()[:1000])
    assert main([*told, "resnet50"]) == 2
    assert "is the download complete?" in capsys.readouterr().err
    assert not out.exists()
