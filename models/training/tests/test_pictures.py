import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from saccade_training.augment import Augmenter
from saccade_training.batches import Batches
from saccade_training.cli import main
from saccade_training.commands import HOME
from saccade_training.known_data import KNOWN, words_of
from saccade_training.material import gather
from saccade_training.pictures import Frame, UnusableData, calibration_clips, classes_of, clip_name, load, scan
from saccade_training.progress import Count
from saccade_training.settings import Settings


def silent(line: str) -> None:
    """Says nothing."""


# The same as options of a command.
TINY = ["--encoder", "tiny", "--image", "64", "--patch", "32", "--steps", "3", "--batch", "8"]


def settings(root, tmp_path, **more) -> Settings:
    return Settings(
        data=root,
        out=tmp_path / "bundle",
        work=tmp_path / "work",
        backbone="tiny",
        image=64,
        batch=8,
        id="discs",
        description="discs",
        licence="none",
        source="drawn",
        **{"patch": 32, "steps": 3} | more,
    )


def test_no_clip_is_in_two_splits(discs, tmp_path):
    material = gather(settings(discs, tmp_path), silent)
    train, held, test = (set(part.clips.tolist()) for part in (material.train, material.calibration, material.test))
    assert not train & held
    assert not (train | held) & test
    assert len(held) == 3  # one of four in each class
    assert len(train) == 9


def test_clips_of_the_same_name_in_two_classes_are_two_clips(discs):
    for name in ("red", "green"):
        (discs / "train" / name / f"train-{name}-0").rename(discs / "train" / name / "first")
    (discs / "train" / "red" / "first" / "000050.png").rename(discs / "train" / "red" / "loose.png")
    classes = classes_of(discs)
    clips = {frame.clip for frame in scan(discs, "train", classes)}
    assert {"red/first", "green/first", "red/loose"} <= clips


def test_classes_with_two_clips_lose_none():
    frames = [
        Frame(Path(f"{number}.jpg"), label, f"{label}-{clip}", None)
        for label, clips in enumerate([2, 3, 25])
        for clip in range(clips)
        for number in range(20 + clip)
    ]
    held = calibration_clips(frames, seed=1)
    assert [sum(clip.startswith(f"{label}-") for clip in held) for label in range(3)] == [0, 1, 2]
    assert held == calibration_clips(frames, seed=1)


def test_a_clip_in_train_and_test_is_refused(discs, tmp_path):
    (discs / "test" / "red" / "test-red-0").rename(discs / "test" / "red" / "train-red-0")
    with pytest.raises(UnusableData, match=r"in both: \['red/train-red-0'\]"):
        gather(settings(discs, tmp_path), silent)


def test_loose_pictures_may_have_the_same_numbers_in_both_splits_but_not_the_same_bytes(tmp_path):
    for split, shade in (("train", 50), ("test", 200)):
        for label, name in enumerate(("closed", "open")):
            folder = tmp_path / "doors" / split / name
            folder.mkdir(parents=True)
            for number in range(1, 5):
                picture = np.full((64, 64, 3), shade + 5 * number + 25 * label, dtype=np.uint8)
                cv2.imwrite(str(folder / f"{number:04d}.png"), picture)
    chosen = settings(tmp_path / "doors", tmp_path)
    material = gather(chosen, silent)
    assert len(material.test) == 8
    assert len(material.train) + len(material.calibration) == 8
    doors = tmp_path / "doors"
    shutil.copy(doors / "train" / "open" / "0002.png", doors / "test" / "open" / "0002.png")
    with pytest.raises(UnusableData, match=r"in both: \['open/0002'\]"):
        gather(chosen, silent)


def test_no_clip_of_one_class_is_taken_for_one_of_another():
    classes = ["1", "10", "bolt", "bolt_washer"]
    named = [clip_name(classes, name, clip) for name in classes for clip in ("10", "1", "bolt_washer-7", "1/10")]
    assert len(set(named)) == len(named)
    assert clip_name(classes, "10", "10") == "10"
    assert clip_name(classes, "1", "10") == "1/10"
    assert clip_name(classes, "bolt_washer", "bolt_washer-7") == "bolt_washer-7"
    assert clip_name(classes, "bolt", "bolt-7") == "bolt-7"
    assert clip_name(["red", "green"], "red", "red/first") == "red/red/first"  # "red/first" is clip "first"


def test_boxes_may_name_files_with_their_ending_and_rows_without_a_picture_are_told(discs):
    table = discs / "frames.csv"
    rows = [line.split(",") for line in table.read_text().splitlines()]
    with_endings = [",".join([*row[:3], f"{int(row[3]):06d}.PNG", *row[4:]]) for row in rows[1:]]
    gone = "train,lost-clip,red,7,1,1,2,2"
    table.write_text("\n".join([",".join(rows[0]), *with_endings, gone]) + "\n")
    said = []
    frames = scan(discs, "train", classes_of(discs), say=said.append)
    assert all(frame.box for frame in frames)
    assert said == [f"{table}: 1 of 73 rows of split 'train' match no picture, red/lost-clip/7 among them"]
    scan(discs, "train", classes_of(discs), per_clip=2, say=said.append)
    assert len(said) == 2  # pictures that are passed over are there all the same
    table.write_text(table.read_text() + "train,c,red,8,1,,2,2\n")
    with pytest.raises(UnusableData, match=r"frames\.csv, line \d+: there must be a frame and numbers .*'8', '1', ''"):
        scan(discs, "test", classes_of(discs))


def test_boxes_that_are_none_are_refused_and_those_that_reach_out_are_counted(discs):
    table = discs / "frames.csv"
    lines = table.read_text().splitlines()
    *row, left, top, right, bottom = lines[1].split(",")
    table.write_text("\n".join([lines[0], ",".join([*row, right, top, left, bottom]), *lines[2:]]))
    with pytest.raises(UnusableData, match=r"frames\.csv, line 2: xmin must be less than xmax .* but they are \['"):
        scan(discs, "train", classes_of(discs))
    table.write_text("\n".join([lines[0], ",".join([*row, left, top, "900", bottom]), *lines[2:]]))
    said = []
    load(scan(discs, "train", classes_of(discs)), classes_of(discs), 64, said.append)
    assert said == ["1 boxes of frames.csv reach out of their pictures: are they xmin, ymin, xmax, ymax in pixels?"]


def spoil(folder: Path) -> None:
    """Pictures that none can read any more."""
    for path in folder.rglob("*.png"):
        path.write_bytes(b"\x89PNG nothing")


def held_clips(root, tmp_path, name: str) -> set[str]:
    """Numbers of the clips of a class that are held out."""
    clips = gather(settings(root, tmp_path), silent).calibration.clips.tolist()
    return {clip.rsplit("-", 1)[1] for clip in clips if clip.startswith(f"{name}/")}


def test_an_empty_test_folder_and_a_class_that_is_held_out_whole_are_named(discs, tmp_path):
    for path in (discs / "test").rglob("*.png"):
        path.unlink()
    with pytest.raises(UnusableData, match=r"test must hold pictures or not be there, but holds none"):
        gather(settings(discs, tmp_path), silent)
    (discs / "test").rename(discs / "later")
    held = held_clips(discs, tmp_path, "red")
    assert len(held) == 1
    for clip in {"0", "1", "2", "3"} - held:
        spoil(discs / "train" / "red" / f"train-red-{clip}")
    with pytest.raises(UnusableData, match="still have readable pictures to learn from, but these have none: red"):
        gather(settings(discs, tmp_path), silent)


def test_only_a_model_of_the_very_data_gets_their_licence(tmp_path):
    for known in KNOWN:
        for name in known.classes.split():
            (tmp_path / known.folder / "train" / name).mkdir(parents=True)
        assert words_of(tmp_path / known.folder, "doors") == (known.description, known.licence, known.source)
    mine = tmp_path / "mine" / "runway"
    (mine / "train" / "open").mkdir(parents=True)
    assert words_of(mine, "runway") == ("runway, trained on runway", "not stated", "runway")
    (tmp_path / "imagenette").rename(tmp_path / "photos")
    assert words_of(tmp_path / "photos", "imagenette")[1] == "not stated"


def test_the_shipped_model_is_of_data_that_are_known():
    manifest = json.loads((HOME / "models" / "bundles" / "runway" / "manifest.json").read_text())
    known = next(known for known in KNOWN if known.classes.split() == manifest["classes"])
    assert (manifest["licence"], manifest["source"]) == (known.licence, known.source)


def test_a_long_count_says_now_and_then_how_far_it_is(monkeypatch):
    clock, said = iter([0.0, 10.0, 20.0, 30.0]), []
    monkeypatch.setattr("saccade_training.progress.time.monotonic", lambda: next(clock))
    count = Count("reading pictures", 60, said.append)
    for _ in range(3):
        count.one()
    assert said == ["reading pictures: 2 of 60, 0.1 a second, about 10 min left"]


def test_corrupt_pictures_are_named_and_left_out(discs):
    classes = classes_of(discs)
    frames = scan(discs, "train", classes)
    frames[5].path.write_bytes(b"\x89PNG nothing")
    said = []
    pictures = load(frames, classes, 64, said.append)
    assert len(pictures) == len(frames) - 1
    assert str(frames[5].path) in said[0]
    assert said[1] == f"skipped 1 of {len(frames)} pictures that could not be read"


def test_classes_without_a_readable_picture_are_named_counted_and_left_out(discs, tmp_path):
    plain = gather(settings(discs, tmp_path), silent)
    (discs / "train" / "amber").mkdir()
    (discs / "train" / "cyan").mkdir()
    (discs / "train" / "cyan" / "notes.txt").write_text("none yet")
    (discs / "test" / "violet").mkdir()
    with_empty = gather(settings(discs, tmp_path), silent)
    assert with_empty.train.classes == ["blue", "green", "red"]
    assert with_empty.identity == plain.identity
    spoil(discs / "train" / "blue")
    said = []
    material = gather(settings(discs, tmp_path), said.append)
    assert (
        f"skipped 3 of 5 class folders of {discs / 'train'} without a readable picture: "
        "amber, blue (24 that cannot be read), cyan" in said
    )
    assert (
        f"skipped 2 class folders of {discs / 'test'} that nothing was learnt of: "
        "blue (8 pictures), violet (0 pictures)" in said
    )
    for part in (material.train, material.calibration, material.test):
        assert part.classes == ["green", "red"]
        assert [clip.split("-")[1] for clip in part.clips] == [part.classes[label] for label in part.labels]
    assert material.identity != plain.identity  # a network of three classes is another one
    spoil(discs / "train" / "red")
    with pytest.raises(UnusableData, match=r"at least 2 class folders .*: \['green'\]; without any: amber, blue"):
        gather(settings(discs, tmp_path), silent)


def test_a_class_that_lost_its_pictures_leaves_no_output_in_the_bundle(discs, tmp_path, capsys):
    spoil(discs / "train" / "green")
    out = tmp_path / "bundle"
    given = ["train", "--data", str(discs), "--out", str(out), "--work", str(tmp_path / "work"), *TINY]
    assert main([*given, "--epochs", "1", "--points", "4"]) == 0
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["classes"] == ["blue", "red"]
    looks = json.loads((out / "golden.json").read_text())["looks"]
    assert {len(look["probabilities"]) for look in looks} == {2}
    assert "green (24 that cannot be read)" in capsys.readouterr().out


def test_classes_of_one_split_only(discs, tmp_path):
    shutil.rmtree(discs / "test" / "red")
    spoil(discs / "test" / "blue")
    said = []
    assert set(gather(settings(discs, tmp_path), said.append).test.labels) == {1}
    assert "test: no readable picture of 2 of 3 classes: blue, red" in said
    shutil.copytree(discs / "test" / "green", discs / "test" / "violet")
    with pytest.raises(UnusableData, match=r"must hold the classes of train/ only, but also holds \['violet'\]"):
        gather(settings(discs, tmp_path), silent)


def test_val_stands_in_for_test_and_is_named_where_it_is_not_used(discs, tmp_path):
    shutil.copytree(discs / "test", discs / "val")
    said = []
    gather(settings(discs, tmp_path), said.append)
    assert f"{discs / 'val'} is not used: {discs / 'test'} is what is reported on" in said
    wanted = gather(settings(discs, tmp_path), silent).test
    shutil.rmtree(discs / "test")
    table = discs / "frames.csv"
    table.write_text(table.read_text().replace("\ntest,", "\nval,"))
    material = gather(settings(discs, tmp_path), said.append)
    assert any(line.startswith(f"there is no {discs / 'test'}: {discs / 'val'} is taken") for line in said)
    assert np.array_equal(material.test.views, wanted.views)
    assert np.array_equal(material.test.boxes, wanted.boxes)
    (discs / "val" / "red" / "test-red-0").rename(discs / "val" / "red" / "train-red-0")
    with pytest.raises(UnusableData, match=r"in train/ or in val/, but these are in both: \['red/train-red-0'\]"):
        gather(settings(discs, tmp_path), silent)


def test_a_folder_without_train_is_refused(tmp_path):
    with pytest.raises(UnusableData, match="must hold a folder train/"):
        classes_of(tmp_path)


def test_class_folders_may_stand_by_themselves(discs, tmp_path):
    divided = gather(settings(discs, tmp_path), silent)
    (discs / "train").rename(tmp_path / "plain")
    plain = gather(settings(tmp_path / "plain", tmp_path), silent)
    assert plain.test is None
    assert np.array_equal(plain.train.views, divided.train.views)
    assert np.array_equal(plain.calibration.clips, divided.calibration.clips)
    with pytest.raises(UnusableData, match=r"must hold a folder train/ .* and neither test/ nor val/"):
        classes_of(discs)  # which still has its test/


def test_files_that_are_not_learnt_from_are_counted(discs):
    for name in ("notes.txt", "scan.tif", ".hidden"):
        (discs / "train" / "red" / "train-red-0" / name).write_bytes(b"")
    said = []
    classes_of(discs, said.append)
    (line,) = said
    assert line.startswith(f"ignored 2 files in {discs / 'train'} that do not end in .jpeg, .jpg, .png, .webp, ")
    assert line.endswith("notes.txt among them")


def test_views_that_cannot_fit_into_memory_are_refused_before_they_are_read(discs):
    classes = classes_of(discs)
    frames = scan(discs, "train", classes)
    with pytest.raises(UnusableData, match=r"72 views of 1000000 x 1000000 take 216000.0 GB .* this machine has"):
        load(frames, classes, 1_000_000)


def test_boxes_are_in_view_pixels_and_move_with_the_picture(discs):
    classes = classes_of(discs)
    pictures = load(scan(discs, "train", classes), classes, 64)
    assert pictures.boxed.all()
    augmenter, random = Augmenter(pictures), np.random.default_rng(11)
    for index in range(0, len(pictures), 3):
        view, box = augmenter.vary(index, random)
        top, left, bottom, right = box
        row, column = int((top + bottom) / 2), int((left + right) / 2)
        middle = view[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].reshape(-1, 3).astype(int)
        ground = np.median(view.reshape(-1, 3), axis=0)
        assert np.abs(middle.mean(axis=0) - ground).max() > 14, (
            "the disc stands out from the ground in the middle of its box"
        )


def test_batch_n_depends_on_seed_stage_and_n_alone(discs):
    classes = classes_of(discs)
    pictures = load(scan(discs, "train", classes), classes, 64)
    one, other = Batches(pictures, 6, 32, 32, seed=2), Batches(pictures, 6, 32, 32, seed=2)
    one.batch(1, 1)
    assert np.array_equal(one.batch(1, 2).views, other.batch(1, 2).views)
    assert not np.array_equal(one.batch(1, 2).views, one.batch(2, 2).views)


def test_near_patches_hold_the_middle_of_the_object(discs):
    classes = classes_of(discs)
    pictures = load(scan(discs, "train", classes), classes, 64)
    batch = Batches(pictures, 32, 32, 32, seed=2).batch(1, 1)
    difference = np.abs(batch.mixed_actions(1.0) - batch.towards.numpy())
    assert difference.max() <= 32 / 3 / 32 + 1e-6
