"""Everything follows the network to its device. There is no GPU in tests: elsewhere.py stands in for one."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
import torch
from elsewhere import DEVICE, Elsewhere, WithElsewhere
from test_pictures import settings, silent

from saccade_training import devices, graphs, opponent
from saccade_training.batches import Batches
from saccade_training.cli import main
from saccade_training.encoders import arranged
from saccade_training.folds import train_fold
from saccade_training.material import gather
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.pictures import classes_of, load, scan
from saccade_training.runs import train
from saccade_training.stages import Boxes, Gains, MixedPatches, OwnPatches
from saccade_training.static import WholePictures, WholeView

STAGES = [MixedPatches(), Boxes(), Gains(), OwnPatches(), WholePictures()]
GEOMETRY = Geometry("tiny", 64, 32, 3, 3)
SHORT = {"epochs": 1.0, "folds": 2, "checkpoint_every": 1}
# Of plain meta tensors the warning is true; those of elsewhere.py do take what is copied to them.
pytestmark = pytest.mark.filterwarnings("ignore:.*copying from a non-meta parameter")


@contextmanager
def another_device(monkeypatch):
    """A machine whose networks are trained on DEVICE."""
    torch.__future__.set_overwrite_module_params_on_conversion(True)
    try:
        with monkeypatch.context() as patched, WithElsewhere():
            patched.setattr(devices, "chosen", lambda name: DEVICE)
            yield
    finally:
        torch.__future__.set_overwrite_module_params_on_conversion(False)


@contextmanager
def this_device(monkeypatch):
    yield


def network_for(stage, geometry=GEOMETRY) -> torch.nn.Module:
    torch.manual_seed(1)
    whole = isinstance(stage, WholePictures)
    return WholeView(geometry, 64, False) if whole else GlanceFocus(geometry, False, hidden=16, reduced=4)


def gradients(stage, network, pictures, device) -> dict[str, np.ndarray]:
    network = arranged(network, bf16=False).to(device)
    stage.mode(network)
    loss, row = stage.loss(network, Batches(pictures, 4, 32, 32, 1, device).batch(stage.number, 1))
    loss.backward()
    found = {name: devices.as_array(p.grad) for name, p in network.named_parameters() if p.grad is not None}
    return found | {name: np.array(value) for name, value in row.items()}


@pytest.fixture
def pictures(discs):
    classes = classes_of(discs)
    return load(scan(discs, "train", classes), classes, 64)


@pytest.mark.parametrize("head", ["mean", "cascade", "gru"])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_step_on_another_device_leaves_no_tensor_behind_and_gives_the_same(pictures, monkeypatch, stage, head):
    geometry = replace(GEOMETRY, head=head)
    here = gradients(stage, network_for(stage, geometry), pictures, devices.CPU)
    with another_device(monkeypatch):
        there = gradients(stage, network_for(stage, geometry), pictures, DEVICE)
    assert here.keys() == there.keys()
    for name, value in here.items():
        assert np.array_equal(value, there[name]), name


@pytest.mark.parametrize("backbone", ["efficientnet-lite0", "mobilenet-v3-large", "resnet50"])
def test_every_encoder_goes_to_the_device_whole(monkeypatch, backbone):
    with another_device(monkeypatch), torch.no_grad():
        network = GlanceFocus(Geometry(backbone, 64, 32, 2, 3), pretrained=False).eval().to(DEVICE)
        feature, seen = network.glance(torch.zeros(1, 32, 32, 3, dtype=torch.uint8).to(DEVICE))
        assert isinstance(network.classify([feature]), Elsewhere)
        assert isinstance(seen, Elsewhere)


def test_bfloat16_is_that_of_the_networks_device(monkeypatch):
    asked = []

    @contextmanager
    def autocast(device, kind):
        asked.append((device, kind))
        yield

    monkeypatch.setattr(torch, "autocast", autocast)
    with another_device(monkeypatch):
        network = arranged(network_for(MixedPatches()), bf16=True).to(DEVICE)
        network.train().glance(torch.zeros(2, 32, 32, 3).to(DEVICE))
    assert asked == [("meta", torch.bfloat16)]


def curve(folder) -> list[dict]:
    with open(folder / "log.csv", newline="") as file:
        return list(csv.DictReader(file))


def interrupted_at(monkeypatch, stage: int, step: int):
    make = Batches.batch

    def batch(self, *place):
        if place == (stage, step):
            raise KeyboardInterrupt
        return make(self, *place)

    monkeypatch.setattr(Batches, "batch", batch)


@pytest.mark.parametrize(("side", "stops"), [(None, [(1, 3), (3, 2)]), (64, [(1, 2), (1, 4)])])
def test_a_run_goes_on_on_another_device_to_the_very_same_end(discs, tmp_path, monkeypatch, side, stops):
    whole = settings(discs, tmp_path / "whole", side=side, **SHORT)
    wanted = train_fold(whole, silent)
    broken, kept = settings(discs, tmp_path / "broken", side=side, **SHORT), []
    for machine, stop in zip((another_device, this_device), stops):
        with machine(monkeypatch), monkeypatch.context() as patched:
            interrupted_at(patched, *stop)
            with pytest.raises(KeyboardInterrupt):
                train_fold(broken, silent)
        kept.append(torch.load(broken.work / "checkpoint.pt", weights_only=True))  # no map_location: all of the CPU
        assert all(value.device == devices.CPU for value in kept[-1]["network"].values())
    assert [(state["stage"], state["step"] + 1) for state in kept] == stops
    with another_device(monkeypatch):
        found = train_fold(broken, silent)
    assert curve(broken.work) == curve(whole.work)
    for split, ways in wanted.records.items():
        for way, record in ways.items():
            assert np.array_equal(found.of(split, way).confidence, record.confidence), (split, way)


def test_a_network_from_another_device_is_exported_on_the_cpu(discs, tmp_path, monkeypatch):
    focus, whole = network_for(MixedPatches()), network_for(WholePictures())
    wanted = graphs.export(focus), opponent.export(whole)
    with another_device(monkeypatch):
        focus, whole = focus.to(DEVICE), whole.to(DEVICE)
    assert devices.device_of(focus) == DEVICE
    assert (graphs.export(focus), opponent.export(whole)) == wanted


def test_whether_stage_3_is_kept_is_decided_on_the_device(discs, tmp_path, monkeypatch):
    monkeypatch.setattr("saccade_training.runs.finish", lambda settings, network, *rest: network)
    chosen = settings(discs, tmp_path, epochs=1.0)
    said = []
    with another_device(monkeypatch):
        network = train(chosen, said.append)
        assert devices.device_of(network) == DEVICE
    assert said[0] == "device: meta"
    assert any(line.startswith("stage 3 ") for line in said)


def test_the_device_is_no_part_of_what_a_run_is(discs, tmp_path):
    names = {gather(settings(discs, tmp_path, device=device), silent).identity for device in devices.CHOICES}
    assert len(names) == 1


def test_a_gpu_is_taken_where_there_is_one_and_missed_in_words(discs, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    assert devices.chosen("auto") == devices.chosen("cpu") == devices.CPU
    given = ["train", "--data", str(discs), "--out", str(tmp_path / "b"), "--work", str(tmp_path / "w"), "--device"]
    assert main([*given, "cuda"]) == 2
    assert f"needs a GPU that PyTorch can use, but PyTorch {torch.__version__}, made " in capsys.readouterr().err
    assert main([*given, "tpu"]) == 2
    assert "device must be one of ['auto', 'cpu', 'cuda'], but was 'tpu'" in capsys.readouterr().err
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 1)
    assert devices.chosen("auto") == devices.chosen("cuda") == torch.device("cuda:1")
    assert devices.chosen("cpu") == devices.CPU
