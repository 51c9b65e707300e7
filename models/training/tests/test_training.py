import csv
import json

import pytest
import torch
from conftest import write_discs
from test_pictures import TINY, settings, silent

from saccade_training.batches import Batches
from saccade_training.bundle import put_together
from saccade_training.checkpoint import WorkFolder
from saccade_training.cli import main
from saccade_training.existing import ExistingBundle
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.pictures import classes_of, load, scan
from saccade_training.runs import train
from saccade_training.stages import Boxes, Gains, MixedPatches, OwnPatches
from saccade_training.trainer import Progress, Trainer, TrainingStopped, rate

PLAN = {"steps": {"mixed": 30, "boxes": 6, "gains": 6, "own": 4},
        "secondsPerStep": {"mixed": 0.1, "boxes": 0.1, "gains": 0.1, "own": 0.1}}  # fmt: skip


class Interrupted(Batches):
    """Gives up at one batch, as an interrupted process does."""

    at = (0, 0)

    def batch(self, stage, step):
        if (stage, step) == self.at:
            raise KeyboardInterrupt
        return super().batch(stage, step)


class Poisoned(Gains):
    def loss(self, network, batch):
        loss, row = super().loss(network, batch)
        return loss * float("nan"), row


@pytest.fixture
def pictures(discs):
    classes = classes_of(discs)
    return load(scan(discs, "train", classes), classes, 64)


def trainer(pictures, folder, batches=None, identity="a", say=silent) -> Trainer:
    torch.manual_seed(1)
    network = GlanceFocus(Geometry("tiny", 64, 32, 3, 3), hidden=16, reduced=4)
    return Trainer(network, batches or Batches(pictures, 8, 32, 32, 1), WorkFolder(folder), identity, 4, say)


def curve(folder) -> list[tuple]:
    with open(folder / "log.csv", newline="") as file:
        return [(row["stage"], row["step"], row["loss"], row["look3"]) for row in csv.DictReader(file)]


def run(subject: Trainer) -> Trainer:
    for stage, steps in [(MixedPatches(), 10), (Boxes(), 6), (Gains(), 6), (OwnPatches(), 5)]:
        if not subject.done(stage):
            subject.run(stage, steps)
            subject.finish(stage)
    return subject


@pytest.mark.parametrize("at", [(1, 7), (2, 1), (3, 5), (4, 5)])
def test_an_interrupted_run_goes_on_to_the_very_same_curve(pictures, tmp_path, at):
    whole = run(trainer(pictures, tmp_path / "whole"))
    batches = Interrupted(pictures, 8, 32, 32, 1)
    batches.at = at
    with pytest.raises(KeyboardInterrupt):
        run(trainer(pictures, tmp_path / "broken", batches))
    resumed = run(trainer(pictures, tmp_path / "broken"))
    assert curve(tmp_path / "broken") == curve(tmp_path / "whole")
    assert len(curve(tmp_path / "whole")) == 27
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


def test_a_checkpoint_of_other_data_is_not_continued(pictures, tmp_path):
    first = trainer(pictures, tmp_path)
    first.run(MixedPatches(), 4)
    with pytest.raises(TrainingStopped, match="holds a run with other data or settings"):
        trainer(pictures, tmp_path, identity="b")


def test_what_is_left_of_a_plan_counts_from_the_checkpoint(pictures, tmp_path):
    stages = {"mixed": MixedPatches(), "boxes": Boxes()}
    plan = {"steps": {"mixed": 10, "boxes": 6}, "secondsPerStep": {"mixed": 2.0, "boxes": 0.5}}
    assert trainer(pictures, tmp_path).seconds_left(stages, plan) == 23
    trainer(pictures, tmp_path).run(stages["mixed"], 4)
    assert trainer(pictures, tmp_path).seconds_left(stages, plan) == 15
    first = trainer(pictures, tmp_path)
    first.run(stages["mixed"], 10)
    first.finish(stages["mixed"])
    assert trainer(pictures, tmp_path).seconds_left(stages, plan) == 3


def test_a_loss_that_is_no_number_stops_with_a_reason(pictures, tmp_path):
    with pytest.raises(TrainingStopped, match="step 1 must be finite, but it was nan"):
        trainer(pictures, tmp_path).run(Poisoned(), 3)


class Steep(Gains):
    def loss(self, network, batch):
        loss, row = super().loss(network, batch)
        return loss + (network.policy.actor.weight - network.policy.actor.weight.detach()).abs().sqrt().sum(), row


class Lost(Gains):
    def loss(self, network, batch):
        with torch.no_grad():
            network.policy.actor.bias.fill_(float("nan"))
        return super().loss(network, batch)


@pytest.mark.parametrize(("stage", "what"), [(Steep(), "the gradient"), (Lost(), "the policy's places")])
def test_what_would_spoil_the_weights_stops_before_it_does(pictures, tmp_path, stage, what):
    subject = trainer(pictures, tmp_path)
    subject.run(MixedPatches(), 4)
    with pytest.raises(TrainingStopped, match=rf"{what} .*must be finite.*start over with --fresh --rate 0\.5"):
        subject.run(stage, 4)
    assert all(value.isfinite().all() for value in WorkFolder(tmp_path).load()["network"].values())


def test_a_disk_that_is_full_is_told_and_what_it_cut_off_is_made_again(pictures, tmp_path, monkeypatch):
    def full(state, path):
        path.write_bytes(b"half")
        raise RuntimeError("[enforce fail at inline_container.cc:664] . unexpected pos 64 vs 0")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match=f"no checkpoint could be written to {tmp_path}: .*unexpected pos"):
        trainer(pictures, tmp_path).run(MixedPatches(), 4)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["log.csv"]
    trainer(pictures, tmp_path / "cut").run(MixedPatches(), 4)
    with open(tmp_path / "cut" / "log.csv", "a") as log:
        log.write("1,")
    said = []
    again = trainer(pictures, tmp_path / "cut", say=said.append)
    again.run(MixedPatches(), 6)
    assert said[0] == f"resuming stage 1 mixed patches after step 4 from {tmp_path / 'cut'}"
    assert [step for _, step, _, _ in curve(tmp_path / "cut")] == ["1", "2", "3", "4", "5", "6"]


def test_no_cores_and_an_unwritable_folder_are_told_in_a_line(discs, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    command = ["train", "--data", str(discs), "--out", str(tmp_path / "b"), *TINY]
    command += ["--work", str(tmp_path / "file" / "w")]
    assert main([*command, "--threads", "0"]) == 2
    assert "--threads must be at least 1, but was 0" in capsys.readouterr().err
    assert main(command) == 2
    assert "Not a directory" in capsys.readouterr().err


def test_the_policy_stages_leave_encoders_and_heads_alone(pictures, tmp_path):
    subject = trainer(pictures, tmp_path)
    before = {name: value.clone() for name, value in subject.network.state_dict().items()}
    subject.run(Boxes(), 3)
    subject.finish(Boxes())
    subject.run(Gains(), 3)
    after = subject.network.state_dict()
    changed = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"policy"}


def test_what_is_left_is_told_by_the_pace_of_now_and_not_of_the_plan(monkeypatch):
    said, clock = [], iter([0.0, 40.0])
    monkeypatch.setattr("saccade_training.trainer.time.monotonic", lambda: next(clock))
    progress = Progress(said.append)
    progress.start(0)
    progress.step(MixedPatches(), 20, 50, 300.0, {"loss": 1.0})  # 2 s a step: 30 are left, and as if 300 after them
    assert "2000 ms a step, about 11 min left" in said[0]


def test_the_rate_rises_shortly_and_then_falls_to_nothing():
    rates = [rate(step, 100) for step in range(1, 101)]
    assert rates[4] == 1.0
    assert rates[:5] == sorted(rates[:5])
    assert rates[4:] == sorted(rates[4:], reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-9)


def test_a_folder_becomes_a_bundle_that_has_learnt_something(discs, tmp_path):
    chosen = settings(discs, tmp_path, points=6)
    WorkFolder(chosen.work).save_plan(PLAN | {"steps": PLAN["steps"] | {"mixed": 150}})
    train(chosen, silent)
    frontier = json.loads((chosen.out / "frontier.json").read_text())
    assert frontier["calibration"]["frames"] == 18
    assert frontier["points"][-1]["accuracy"] > 0.6  # chance is a third
    card = (chosen.out / "MODEL_CARD.md").read_text()
    assert "24 frames of 6 clips" in card
    assert "| red | 3 | 2 | 8 |" in card
    digest = (chosen.out / "manifest.json").read_text()
    train(chosen, silent)  # all stages are done: only the bundle is written again
    assert (chosen.out / "manifest.json").read_text() == digest


def test_a_run_is_not_lengthened_nor_given_a_stage_without_saying_so(discs, tmp_path):
    chosen = settings(discs, tmp_path, minutes=1.5)
    plan = {"minutes": 1.5, "epochs": None} | PLAN
    plan["secondsPerStep"] = {name: 0.1 for name in ("mixed", "boxes", "gains")}
    WorkFolder(chosen.work).save_plan(plan)
    with pytest.raises(TrainingStopped, match=r"planned for 1\.5 minutes, but 45 minutes were asked for: --fresh"):
        train(settings(discs, tmp_path), silent)
    with pytest.raises(TrainingStopped, match="planned without stage 3 own patches: leave it out again, or start over"):
        train(chosen, silent)


def test_leaving_stage_3_out_of_a_run_that_has_had_it_is_as_if_it_had_never_been(discs, tmp_path):
    def bundle(name: str, skipped: bool, said=silent) -> dict[str, bytes]:
        chosen = settings(discs, tmp_path / name, points=4, skip_own_patches=skipped)
        if not chosen.work.exists():
            WorkFolder(chosen.work).save_plan(PLAN)
        train(chosen, said)
        return {path.name: path.read_bytes() for path in chosen.out.glob("*.onnx")}

    said, never = [], bundle("never", skipped=True)
    bundle("had", skipped=False)
    assert bundle("had", skipped=True, said=said.append) == never
    assert "stage 3 was begun and is left out: back to what was before it" in said
    assert "not run" in (settings(discs, tmp_path / "had").out / "MODEL_CARD.md").read_text()


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_a_cut_checkpoint_is_named_with_the_way_out(pictures, tmp_path, kept):
    run(trainer(pictures, tmp_path))
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[: int(kept * path.stat().st_size)])
    with pytest.raises(OSError, match=r"checkpoint\.pt is not a whole checkpoint .*: start over with --fresh"):
        trainer(pictures, tmp_path)


def test_pictures_without_boxes_train_too(tmp_path):
    root = tmp_path / "plain"
    write_discs(root, "train", clips=3, frames=3, boxes=False)
    chosen = settings(root, tmp_path, points=4)
    WorkFolder(chosen.work).save_plan(PLAN)
    said = []
    train(chosen, said.append)
    assert (chosen.out / "manifest.json").is_file()
    assert not any("2 policy on boxes" in line for line in said)
    card = (chosen.out / "MODEL_CARD.md").read_text()
    assert "there is no test split" in card
    assert "were chosen on the very clips that the figures above are of" in card
    assert "mean looks, held out" not in card
    assert "Of 3 clips only: intervals by bootstrap over so few are too narrow." in card
    assert "patches anywhere: 30 steps" in card
    assert "pasted" not in card
    assert "Few physical objects" in card


def test_a_glance_may_be_smaller_than_the_patches(discs, tmp_path):
    chosen = settings(discs, tmp_path, patch=48, glance=32, steps=2, points=4, epochs=1)
    train(chosen, silent)
    made = ExistingBundle.read(chosen.out)
    assert (made.manifest["imageSize"], made.manifest["glanceSize"], made.manifest["patchSize"]) == (64, 32, 48)
    golden = json.loads(made.files["golden.json"])["looks"]
    looks = made.eye().looks(made.golden_view())
    assert [(look["top"], look["left"]) for look in golden] == [(look.top, look.left) for look in looks]
    assert "glance of 32 x 32, patches of 48 x 48, at most 2 looks" in made.files["MODEL_CARD.md"].decode()


def test_a_dry_run_plans_and_writes_nothing(discs, tmp_path):
    chosen = settings(discs, tmp_path, epochs=2)
    said = []
    assert train(chosen, said.append, dry_run=True) is None
    assert any("1 mixed patches 14 steps" in line for line in said)
    assert not chosen.out.exists()
    assert not list(chosen.work.glob("*.json"))


def test_a_folder_that_is_no_bundle_is_never_replaced(discs, tmp_path, capsys):
    work = WorkFolder(tmp_path / "work")
    work.save_plan(PLAN)
    (work.folder / "mine.csv").write_text("a,b")
    out = ["--out", str(discs), "--work", str(work.folder), "--fresh"]
    assert main(["train", "--data", str(discs), *out, "--encoder", "tiny"]) == 2
    assert "must be new, empty or an older bundle" in capsys.readouterr().err
    assert work.plan() == PLAN  # told before anything was forgotten
    with pytest.raises(ValueError, match=r"holds other files and no bundle's manifest\.json"):
        put_together(discs, {}, {"a": b"1"})
    (discs / "manifest.json").write_text('{"name": "my site"}')
    with pytest.raises(ValueError, match="nothing was touched"):
        put_together(discs, {}, {"a": b"1"})
    assert (discs / "train" / "red").is_dir()


def test_a_dry_run_of_a_fresh_start_plans_anew_and_forgets_nothing(discs, tmp_path, capsys):
    work = WorkFolder(tmp_path / "work")
    work.save_plan(PLAN | {"minutes": 3.0, "epochs": None})
    command = ["train", "--data", str(discs), "--out", str(tmp_path / "b"), *TINY]
    command += ["--work", str(work.folder), "--epochs", "1", "--dry-run"]
    assert main(command) == 2
    assert "planned for 3 minutes, but 1 epochs were asked for: --fresh" in capsys.readouterr().err
    assert main([*command, "--fresh"]) == 0
    assert "plan: 1 mixed patches 7 steps" in capsys.readouterr().out
    assert work.plan()["minutes"] == 3.0


def test_replacing_a_bundle_and_starting_over_leave_the_neighbours_alone(tmp_path):
    for name in ("b.new", "b.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").write_text(name)
    put_together(tmp_path / "b", {}, {"a": b"1"})
    put_together(tmp_path / "b", {}, {"c": b"2"})
    assert {path.name for path in (tmp_path / "b").iterdir()} == {"c", "manifest.json"}
    assert (tmp_path / "b").stat().st_mode & 0o777 == (tmp_path / "b.old").stat().st_mode & 0o777
    work = WorkFolder(tmp_path / "b.new")
    work.save_plan(PLAN)
    (tmp_path / "b.new" / "people.csv").write_text("a,b")
    work.clear()
    assert {path.name for path in tmp_path.iterdir()} == {"b", "b.new", "b.old"}
    assert {path.name for path in work.folder.iterdir()} == {"mine", "people.csv"}
