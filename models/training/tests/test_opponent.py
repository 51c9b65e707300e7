"""The static opponent as a bundle that the runtime measures."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from test_pictures import TINY

from saccade_training.cli import main
from saccade_training.existing import ExistingBundle
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.onnx_files import session
from saccade_training.views import glance_of, view_of

COMMON = [*TINY, "--epochs", "1"]


@pytest.mark.parametrize("side", [64, 32])
def test_the_opponent_is_a_bundle_that_exits_after_the_whole_view(discs, tmp_path, side):
    out = tmp_path / "opponent"
    given = ["train", "--data", str(discs), "--out", str(out), "--work", str(tmp_path / "work"), *COMMON]
    assert main([*given, "--side", str(side), "--fit", "square"]) == 0

    manifest = json.loads((out / "manifest.json").read_text())
    assert (manifest["imageSize"], manifest["patchSize"], manifest["steps"]) == (64, side, 2)
    assert manifest["view"]["fit"] == "square"
    assert manifest["multiplyAdds"]["glance"] == manifest["multiplyAdds"]["focus"]
    points = json.loads((out / "frontier.json").read_text())["points"]
    assert [(point["thresholds"], point["exitShares"], point["meanLooks"]) for point in points] == [
        ([0.0], [1.0, 0.0], 1),
        ([2.0], [0.0, 1.0], manifest["steps"]),
    ]
    assert f"whole view at {side} x {side}, once" in (out / "MODEL_CARD.md").read_text()


def test_its_graph_answers_on_what_it_was_trained_on(discs, tmp_path):
    out = tmp_path / "opponent"
    given = ["train", "--data", str(discs), "--out", str(out), "--work", str(tmp_path / "work"), *COMMON]
    assert main([*given[:-1], "40", "--side", "64"]) == 0

    runs, right = session(ExistingBundle.read(out).graph("glance")), []
    classes = json.loads((out / "manifest.json").read_text())["classes"]
    for picture in sorted((discs / "test").rglob("*.png")):
        view = glance_of(view_of(cv2.cvtColor(cv2.imread(str(picture)), cv2.COLOR_BGR2RGB), 64), 64)
        said = runs.run(None, {"view": view[None].astype(np.float32)})[0]
        right.append(classes[int(said.argmax())] == picture.parent.parent.name)
    assert np.mean(right) > 0.6  # one in three by chance
    again = session(ExistingBundle.read(out).graph("focus"))
    patch = np.zeros((1, 64, 64, 3), np.float32)
    assert np.array_equal(again.run(None, {"view": patch, "memory": said})[0], said)


def test_what_makes_no_sense_for_one_look_is_refused(discs, tmp_path, capsys):
    given = [
        "train",
        "--data",
        str(discs),
        "--out",
        str(tmp_path / "bundle"),
        "--work",
        str(tmp_path / "work"),
        *COMMON,
    ]
    assert main([*given, "--side", "64", "--cost", "looks=1,1"]) == 2
    assert "a network of one look has none" in capsys.readouterr().err
    assert main([*given, "--side", "65"]) == 2
    assert "side must be from 32 to 64" in capsys.readouterr().err
    with pytest.raises(ValueError, match="the patch must be smaller than the view of 64, but was as large"):
        GlanceFocus(Geometry("tiny", 64, 64, 2, 3), pretrained=False)
