"""From a picture to what the network sees: the very OpenCV calls that the runtime makes, see docs/bundle.md."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

# The loop over samples is the only parallelism wanted: training is told how many cores it may use.
cv2.setNumThreads(1)

FITS = ("stretch", "square")
REDUCED = {1: cv2.IMREAD_COLOR, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4,
           8: cv2.IMREAD_REDUCED_COLOR_8}  # fmt: skip


def cut_of(height: int, width: int, fit: str) -> tuple[int, int, int, int]:
    """(top, left, height, width) of what is looked at: all of the picture, or its centred largest square."""
    if fit == "stretch":
        return 0, 0, height, width
    side = min(height, width)
    return (height - side) // 2, (width - side) // 2, side, side


def view_of(picture: np.ndarray, size: int, fit: str = "stretch") -> np.ndarray:
    """The S x S view of an RGB picture, on 8-bit values."""
    top, left, height, width = cut_of(*picture.shape[:2], fit)
    picture = picture[top : top + height, left : left + width]
    if (height, width) == (size, size):
        return picture
    shrinks_by_two = height >= 2 * size or width >= 2 * size
    return cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA if shrinks_by_two else cv2.INTER_LINEAR)


def glance_of(view: np.ndarray, patch: int) -> np.ndarray:
    """The whole view at P x P, by area averaging, on 8-bit values."""
    return view if len(view) == patch else cv2.resize(view, (patch, patch), interpolation=cv2.INTER_AREA)


class OutsideTheView(ValueError):
    """A place to look at that is none."""


def offsets_of(action: np.ndarray, size: int, patch: int) -> np.ndarray:
    """(top, left) of each patch: action[..., 0] is the row. The product is float32, as in the runtime."""
    actions = np.asarray(action, dtype=np.float32)
    if actions.size and not (actions.min() >= 0 and actions.max() <= 1):
        raise OutsideTheView(f"an action must be within [0, 1], but one was {actions.min()} to {actions.max()}")
    return np.floor(actions * np.float32(size - patch)).astype(np.int64)


def patch_of(view: np.ndarray, top: int, left: int, patch: int) -> np.ndarray:
    """The P x P slice at row `top` and column `left`: no interpolation, no padding."""
    size = view.shape[0]
    if not (0 <= top <= size - patch and 0 <= left <= size - patch):
        raise ValueError(f"a patch of {patch} at row {top}, column {left} is outside a view of {size}")
    return view[top : top + patch, left : left + patch]


def action_towards(centre: np.ndarray, size: int, patch: int) -> np.ndarray:
    """The action whose patch has its middle nearest to (row, column) `centre`."""
    return np.clip((np.asarray(centre, dtype=np.float32) - patch / 2) / (size - patch), 0, 1).astype(np.float32)


@dataclass(frozen=True)
class Decoded:
    """An 8-bit RGB picture, upright, perhaps decoded at a fraction; `height` and `width` are those of the whole."""

    pixels: np.ndarray
    height: int
    width: int


def read_picture(path, least_side: int | None = None) -> Decoded | None:
    """The picture with its EXIF orientation applied, or None when the file is not a readable picture.

    With `least_side` a JPEG is decoded at 1/8, 1/4 or 1/2 as long as no side gets shorter than that, as the runtime
    does for bundles with `reducedDecode`.
    """
    try:
        encoded = Path(path).read_bytes()
    except OSError:
        return None
    header = _header(encoded)
    if header is None:
        return None
    width, height, is_jpeg = header
    reduction = _reduction(min(width, height), least_side) if is_jpeg and least_side is not None else 1
    try:
        decoded = cv2.imdecode(np.frombuffer(encoded, np.uint8), REDUCED[reduction])
    except cv2.error:  # said of sizes that it does not take
        return None
    if decoded is None:
        return None
    rows, columns = decoded.shape[:2]
    if reduction == 1:
        height, width = rows, columns
    elif (rows, columns) != (-(-height // reduction), -(-width // reduction)):  # the orientation swapped the sides
        height, width = width, height
    return Decoded(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), height, width)


def _header(encoded: bytes) -> tuple[int, int, bool] | None:
    """Width and height that a picture declares, and whether it is a JPEG; None for what is no picture, or half a JPEG.

    OpenCV makes up the rest of a JPEG that was cut, which the runtime refuses: its end is looked for behind the header.
    """
    try:
        with Image.open(io.BytesIO(encoded)) as picture:
            is_jpeg = picture.format in ("JPEG", "MPO")  # MPO: the JPEG of a phone, with another one behind it
            if is_jpeg and b"\xff\xd9" not in picture.fp.read():
                return None
            return *picture.size, is_jpeg
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _reduction(least: int, wanted: int) -> int:
    """The reduction that the runtime chooses for a JPEG whose shorter side is `least`."""
    return next((by for by in (8, 4, 2) if -(-least // by) >= wanted), 1)
