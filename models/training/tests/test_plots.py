"""The picture of a log, read back."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from test_pictures import settings

from saccade_training.checkpoint import WorkFolder
from saccade_training.cli import main
from saccade_training.folds import train_fold
from saccade_training.plots import NAMES, WHOLE, draw
from saccade_training.stages import Boxes, Gains, MixedPatches, OwnPatches
from saccade_training.static import WholePictures

SVG = "{http://www.w3.org/2000/svg}"


def curves(picture: Path) -> dict[str, np.ndarray]:
    """Points [N, 2] of each curve, in the picture's own units, y downwards."""
    found = {}
    for group in ElementTree.parse(picture).iter(f"{SVG}g"):
        if group.get("id", "").startswith("stage"):
            path = group.find(f"{SVG}path").get("d")
            found[group.get("id")] = np.array(re.findall(r"[ML] (\S+) (\S+)", path), dtype=float)
    return found


def text(picture: Path) -> str:
    return "\n".join(ElementTree.parse(picture).getroot().itertext())


def log(folder: Path, rows: list[dict]) -> None:
    with open(folder / "log.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, ["stage", "step", "loss", "lr", "look1", "look2", "distance"])
        writer.writeheader()
        writer.writerows(rows)


def test_every_column_is_a_curve_of_the_logs_values(tmp_path):
    random = np.random.default_rng(4)
    rows = [
        {"stage": stage, "step": step, "loss": random.random() * 3, "lr": 0.1, "look1": random.random(),
         "look2": random.random()} | ({"distance": random.random()} if stage < 3 else {})
        for stage in (1, 3) for step in range(1, 61)
    ]  # fmt: skip
    log(tmp_path, rows)
    found = curves(draw(tmp_path))
    assert found.keys() == {f"stage{stage}-{name}" for stage in (1, 3) for name in ("loss", "look1", "look2")} | {
        "stage1-distance"
    }
    for name, points in found.items():
        stage, column = name.removeprefix("stage").split("-")
        wanted = np.array([[row["step"], row[column]] for row in rows if row["stage"] == int(stage)])
        assert len(points) == 60
        for axis, sign in ((0, 1), (1, -1)):
            assert np.corrcoef(points[:, axis], wanted[:, axis])[0, 1] == pytest.approx(sign, abs=1e-6), name
    # all looks of a stage are on one scale: a share is as high in either curve
    pooled = np.concatenate([found["stage1-look1"][:, 1], found["stage1-look2"][:, 1]])
    shares = [row[name] for name in ("look1", "look2") for row in rows if row["stage"] == 1]
    assert np.corrcoef(pooled, shares)[0, 1] == pytest.approx(-1, abs=1e-6)
    assert "1 mixed patches: loss" in text(tmp_path / "log.svg")
    assert "2 policy gradient: loss" in text(tmp_path / "log.svg")
    before = (tmp_path / "log.svg").read_bytes()
    assert draw(tmp_path).read_bytes() == before


def test_a_long_curve_is_of_means_which_is_said(tmp_path):
    log(tmp_path, [{"stage": 1, "step": step, "loss": step % 3, "look1": 0.5} for step in range(1, 1001)])
    points = curves(draw(tmp_path))["stage1-loss"]
    assert len(points) == 334
    assert np.ptp(points[:-1, 1]) < 1e-3  # 1, 2, 0 is 1 on average, all along
    assert "each point is the mean of 3" in text(tmp_path / "log.svg")
    assert "1 whole view: loss" in text(tmp_path / "log.svg")


def test_stages_are_called_what_training_calls_them():
    assert {stage.number: stage.name for stage in (MixedPatches, Boxes, Gains, OwnPatches)} == NAMES
    assert (WholePictures.number, WholePictures.name) == (1, WHOLE)


def test_a_run_leaves_its_curves_and_a_fresh_start_forgets_them(discs, tmp_path):
    chosen, said = settings(discs, tmp_path, epochs=1.0, folds=2), []
    train_fold(chosen, said.append)
    assert said.count(f"curves: {chosen.work / 'log.svg'}") == 3  # after each stage
    stages = {name.split("-")[0] for name in curves(chosen.work / "log.svg")}
    assert stages == {"stage1", "stage2", "stage3"}
    WorkFolder(chosen.work).clear()
    assert not list(chosen.work.iterdir())


def test_training_goes_on_where_no_picture_can_be_drawn(discs, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    chosen, said = settings(discs, tmp_path, epochs=1.0, folds=2, side=64), []
    assert train_fold(chosen, said.append) is not None
    assert any(line.startswith("no picture of the log could be drawn: ") for line in said)
    assert not (chosen.work / "log.svg").exists()


def test_the_command_draws_any_folder_and_names_what_it_cannot(tmp_path, capsys):
    assert main(["plot", str(tmp_path)]) == 2
    assert "must be a run's folder holding log.csv, but there is none" in capsys.readouterr().err
    (tmp_path / "log.csv").write_text("a,b\n1,2\n")
    assert main(["plot", str(tmp_path)]) == 2
    assert "must have the columns stage, step and loss, but has ['a', 'b']" in capsys.readouterr().err
    (tmp_path / "log.csv").write_text("stage,step,loss\n")
    assert main(["plot", str(tmp_path)]) == 2
    assert "must hold a row per step, but holds none" in capsys.readouterr().err
    (tmp_path / "log.csv").write_text("stage,step,loss,lr,look1\n1,1,2.5,0.1,0.5\n1,2,2.0,0.1,0.75\n1,")
    assert main(["plot", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"wrote {tmp_path / 'log.svg'}\n"
    assert len(curves(tmp_path / "log.svg")["stage1-look1"]) == 2


def test_matplotlib_is_loaded_for_drawing_only():
    asks = "import sys; from saccade_training import commands, plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], cwd=Path(__file__).parents[1]).returncode == 0
