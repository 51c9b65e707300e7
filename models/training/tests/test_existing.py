"""Bundles that exist: checked, quantised, given another frontier."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto
from test_calibration import recorded

from saccade_training import toy
from saccade_training.cli import main
from saccade_training.existing import ExistingBundle


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    toy.write_tiny(folder, pictures=60)
    card = folder / "MODEL_CARD.md"
    old = ExistingBundle.read(folder)
    evaluated = card.read_bytes() + b"\n<!-- evaluation -->\n| figures |\n<!-- /evaluation -->\n\n## Limits\n"
    old.with_files({"MODEL_CARD.md": evaluated, "evaluation.json": b"{}"}).write(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_bundle_is_written_as_it_was_read(tiny, tmp_path):
    ExistingBundle.read(tiny).write(tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(tiny)


def test_files_that_differ_are_named(tiny, tmp_path):
    ExistingBundle.read(tiny).write(tmp_path / "copy")
    (tmp_path / "copy" / "focus.onnx").write_bytes(b"no graph")
    (tmp_path / "copy" / "golden.png").unlink()
    with pytest.raises(ValueError, match=r"these differ: \['focus.onnx', 'golden.png'\]"):
        ExistingBundle.read(tmp_path / "copy")
    with pytest.raises(ValueError, match=r"must be a bundle's folder"):
        ExistingBundle.read(tmp_path)


def test_a_frontier_of_ones_own_goes_into_a_copy_which_loses_the_figures_of_the_old_one(tiny, tmp_path):
    looks = recorded(frames=300, looks=3)
    rows = [
        ",".join([clip, *(f"{confidence[i]:.7f},{int(correct[i])}" for i in range(3))])
        for clip, confidence, correct in zip(looks.clips, looks.confidence, looks.correct)
    ]
    table = tmp_path / "looks.csv"
    table.write_text("\n".join(["clip,confidence1,correct1,confidence2,correct2,confidence3,correct3", *rows]))
    before = contents(tiny)
    assert main(["calibrate", str(table), "--bundle", str(tiny), "--to", str(tmp_path / "here")]) == 0
    assert contents(tiny) == before
    fresh = ExistingBundle.read(tmp_path / "here")
    calibration = json.loads(fresh.files["frontier.json"])["calibration"]
    assert calibration["split"] == "recorded"
    assert calibration["clips"] == sorted(set(looks.clips.tolist()))
    assert "evaluation.json" not in fresh.files
    card = fresh.files["MODEL_CARD.md"].decode()
    assert "figures" not in card
    assert "Not evaluated since it was changed." in card
    assert card.endswith("## Limits\n")
    assert main(["calibrate", str(table), "--to", str(tmp_path / "there")]) == 2


def test_a_comparison_goes_into_the_card_before_its_limits_and_replaces_the_one_before(tiny, tmp_path):
    bundle = ExistingBundle.read(tiny)
    bundle.with_comparison("| old |").write(tmp_path / "old")
    ExistingBundle.read(tmp_path / "old").with_comparison("| new |").write(tmp_path / "new")
    card = ExistingBundle.read(tmp_path / "new").files["MODEL_CARD.md"].decode()
    before, after = card.split("<!-- comparison -->\n\n| new |\n\n<!-- /comparison -->\n\n")
    assert before.startswith(bundle.files["MODEL_CARD.md"].decode().split("## Limits")[0])
    assert after == "## Limits\n"
    assert "| old |" not in card


def test_a_quantised_bundle_multiplies_bytes_and_sees_nearly_the_same(tiny, discs, tmp_path, capsys):
    out = tmp_path / "int8"
    assert main(["quantise", "--bundle", str(tiny), "--data", str(discs), "--out", str(out), "--frames", "40"]) == 0
    old, new = ExistingBundle.read(tiny), ExistingBundle.read(out)
    wanted = json.loads(new.files["golden.json"])["looks"]
    looks = new.eye().looks(new.golden_view())
    assert [(look.top, look.left) for look in looks] == [(look["top"], look["left"]) for look in wanted]
    np.testing.assert_allclose([look.probabilities for look in looks], [w["probabilities"] for w in wanted], atol=1e-5)
    assert new.manifest["version"] == "1.0.0-int8"
    assert new.files["frontier.json"] == old.files["frontier.json"]
    for role in ("glance", "focus"):
        graph = onnx.load_from_string(new.graph(role)).graph
        kinds = {tensor.name: tensor.data_type for tensor in graph.initializer}
        made_from = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "DequantizeLinear"}
        weights = [kinds[made_from.get(node.input[1], node.input[1])] for node in graph.node if node.op_type == "Conv"]
        assert weights[0] == TensorProto.FLOAT
        assert weights.count(TensorProto.INT8) == len(weights) - 2  # the first one, and the policy's
        gemms = [node for node in graph.node if node.op_type == "Gemm"]
        assert all(kinds[node.input[1]] == TensorProto.FLOAT for node in gemms)
    views = toy.textured_pictures(40, 64, 9)
    said = [np.array([bundle.eye().looks(view)[0].probabilities for view in views]) for bundle in (old, new)]
    difference = np.abs(said[0] - said[1]).mean()
    assert 0 < difference < 0.03
    assert (said[0].argmax(axis=1) == said[1].argmax(axis=1)).mean() >= 0.9
    assert "graphs of" in capsys.readouterr().out


def test_a_bundle_is_never_quantised_onto_itself(tiny, discs, capsys):
    assert main(["quantise", "--bundle", str(tiny), "--data", str(discs), "--out", str(tiny)]) == 2
    assert "must be another folder" in capsys.readouterr().err
    assert main(["quantise", "--bundle", str(tiny), "--data", str(tiny), "--out", str(discs / "o")]) == 2
    assert "must hold a folder train/" in capsys.readouterr().err
