import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from saccade_training.network import Geometry, GlanceFocus
from saccade_training.views import action_towards, glance_of, offsets_of, patch_of, read_picture, view_of


def test_the_first_number_of_an_action_is_the_row():
    view = np.zeros((64, 64, 3), dtype=np.uint8)
    view[40:, :20] = 255  # below, at the left
    top, left = offsets_of(np.array([1.0, 0.0]), 64, 32)
    assert (top, left) == (32, 0)
    assert patch_of(view, top, left, 32)[8:, :20].min() == 255
    assert patch_of(view, left, top, 32).max() == 0


@pytest.mark.parametrize(
    ("action", "offsets"),
    [
        ((0.5, 0.25), (64, 32)),
        ((0.999999, 0.0078125), (127, 1)),
        ((0.0078124, 0.0078126), (0, 1)),
        ((1.0, 1.0), (128, 128)),
    ],
)
def test_offsets_are_floors_of_float32_products(action, offsets):
    assert tuple(offsets_of(np.array(action), 224, 96)) == offsets


def test_actions_and_patches_outside_are_refused():
    with pytest.raises(ValueError, match=r"within \[0, 1\], but one was -0.1"):
        offsets_of(np.array([-0.1, 0.5]), 64, 32)
    with pytest.raises(ValueError, match="row 40, column 0 is outside a view of 64"):
        patch_of(np.zeros((64, 64, 3), dtype=np.uint8), 40, 0, 32)


def test_the_action_towards_a_point_centres_the_patch_on_it():
    top, left = offsets_of(action_towards(np.array([100.0, 200.0]), 288, 96), 288, 96)
    assert abs(top + 48 - 100) <= 1
    assert abs(left + 48 - 200) <= 1
    assert tuple(action_towards(np.array([0.0, 288.0]), 288, 96)) == (0.0, 1.0)


def test_a_view_is_averaged_only_when_it_shrinks_by_two():
    picture = np.random.default_rng(1).integers(0, 256, (200, 120, 3), dtype=np.uint8)
    assert np.array_equal(view_of(picture, 100), cv2.resize(picture, (100, 100), interpolation=cv2.INTER_AREA))
    assert np.array_equal(view_of(picture, 101), cv2.resize(picture, (101, 101), interpolation=cv2.INTER_LINEAR))
    assert np.array_equal(view_of(picture[:100, :100], 100), picture[:100, :100])


def test_a_glance_is_the_mean_of_each_square():
    view = np.random.default_rng(2).integers(0, 256, (288, 288, 3), dtype=np.uint8)
    means = view.reshape(96, 3, 96, 3, 3).mean(axis=(1, 3))
    assert np.abs(glance_of(view, 96) - means).max() <= 0.5 + 1e-6


def test_the_policy_stays_inside_the_view_whatever_it_sees():
    torch.manual_seed(1)
    network = GlanceFocus(Geometry("tiny", 64, 32, 3, 4), hidden=16, reduced=4)
    state = network.policy.start(8)
    for scale in (1.0, 1e3, 1e6):
        action, state = network.policy(torch.randn(8, network.features, 4, 4) * scale, state)
        assert action.min() >= 0
        assert action.max() <= 1
        offsets_of(action.detach().numpy(), 64, 32)


def photo(height: int, width: int) -> np.ndarray:
    """Smooth, as a photo is at full size."""
    coarse = np.random.default_rng(8).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize(
    ("height", "width", "decoded"),
    [(1024, 1600, (256, 400)), (1025, 1601, (257, 401)), (510, 800, (510, 800)), (2048, 2600, (256, 325))],
)
def test_a_large_jpeg_is_decoded_at_a_fraction_by_the_runtimes_rule(tmp_path, height, width, decoded):
    path = tmp_path / "a.jpg"
    cv2.imwrite(str(path), photo(height, width), [cv2.IMWRITE_JPEG_QUALITY, 95])
    found = read_picture(path, 256)
    assert found.pixels.shape[:2] == decoded
    assert (found.height, found.width) == (height, width)
    whole = read_picture(path)
    assert whole.pixels.shape[:2] == (height, width)
    wanted = cv2.resize(whole.pixels, (256, 256), interpolation=cv2.INTER_AREA)
    off = np.abs(view_of(found.pixels, 256).astype(int) - wanted)
    assert off.mean() < 2.5
    assert off.max() < 25


def test_a_picture_on_its_side_is_set_upright_at_a_fraction_too(tmp_path):
    path, upright = tmp_path / "a.jpg", photo(1025, 601)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    lying = np.ascontiguousarray(np.rot90(upright)[..., ::-1])
    Image.fromarray(lying).save(path, quality=95, exif=exif)
    found = read_picture(path, 256)
    assert found.pixels.shape[:2] == (513, 301)
    assert (found.height, found.width) == (1025, 601)
    wanted = cv2.resize(upright[..., ::-1], (301, 513), interpolation=cv2.INTER_AREA)
    assert np.abs(found.pixels.astype(int) - wanted).mean() < 2


def test_only_a_jpeg_is_decoded_at_a_fraction_whatever_its_name_says(tmp_path):
    cv2.imwrite(str(tmp_path / "a.png"), photo(600, 600))
    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.png").read_bytes())
    assert read_picture(tmp_path / "b.jpg", 64).pixels.shape == (600, 600, 3)
    (tmp_path / "c.jpg").write_bytes(b"no picture")
    assert read_picture(tmp_path / "c.jpg", 64) is None


@pytest.mark.parametrize("least_side", [None, 64])
def test_half_a_jpeg_is_none_whatever_ends_the_preview_within_it(tmp_path, least_side):
    preview, path = cv2.imencode(".jpg", photo(32, 32))[1].tobytes(), tmp_path / "a.jpg"
    bare = cv2.imencode(".jpg", photo(480, 640))[1].tobytes()
    whole = bare[:2] + b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview + bare[2:]
    path.write_bytes(whole)
    assert read_picture(path, least_side) is not None
    path.write_bytes(whole[: len(whole) // 2])
    assert read_picture(path, least_side) is None


@pytest.mark.parametrize("ending", [".jpg", ".png"])
def test_a_picture_that_declares_more_than_can_be_read_is_none(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    cv2.imwrite(str(path), photo(40, 40))
    of_side, most = (2, 65_535) if ending == ".jpg" else (4, 10**6)
    sides = (40).to_bytes(of_side, "big") * 2
    data = path.read_bytes()
    assert sides in data
    path.write_bytes(data.replace(sides, most.to_bytes(of_side, "big") * 2, 1))
    assert read_picture(path, 64) is None
    assert read_picture(path) is None
