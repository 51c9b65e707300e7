"""Variations of a training view: the object on another clip's ground, moved, turned, scaled and lit differently."""

from __future__ import annotations

import cv2
import numpy as np

from saccade_training.pictures import Pictures


class Augmenter:
    """Makes a varied view and the box that goes with it. All chance comes from the generator passed in."""

    def __init__(self, pictures: Pictures, paste_share: float = 0.35):
        self._pictures, self._size = pictures, pictures.views.shape[1]
        self._paste_share = paste_share
        self._grounds = np.flatnonzero(pictures.boxed)
        self._many_clips = len(set(pictures.clips[self._grounds])) > 1

    def vary(self, index: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        view, box = self._pictures.views[index], self._pictures.boxes[index]
        if self._many_clips and not np.isnan(box[0]) and random.random() < self._paste_share:
            view, box = self._on_other_ground(index, random)
        view, box = _warped(view, box, random)
        return _lit(view, random), box

    def _on_other_ground(self, index: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Backgrounds tell classes apart when each class was filmed in few places; pasting takes that clue away."""
        pictures, size = self._pictures, self._size
        view, box = pictures.views[index], pictures.boxes[index]
        cut = _slices(_grown(box, 0.2, 3), size)
        height, width = cut[0].stop - cut[0].start, cut[1].stop - cut[1].start
        if max(height, width) > 0.6 * size:
            return view, box
        for _ in range(4):
            other = int(random.choice(self._grounds))
            ground = None if pictures.clips[other] == pictures.clips[index] else _without_object(
                pictures.views[other], pictures.boxes[other], random)  # fmt: skip
            if ground is not None:
                break
        else:
            return view, box
        scale = min(float(np.exp(random.uniform(np.log(0.7), np.log(1.5)))), 0.7 * size / max(height, width))
        height, width = max(4, round(height * scale)), max(4, round(width * scale))
        piece = cv2.resize(view[cut], (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        top, left = int(random.integers(0, size - height + 1)), int(random.integers(0, size - width + 1))
        _blend(ground, piece, top, left)
        moved = (box - np.array([cut[0].start, cut[1].start] * 2)) * scale + np.array([top, left] * 2)
        return ground, moved.astype(np.float32)


def _grown(box: np.ndarray, share: float, pixels: float) -> np.ndarray:
    margin = share * max(box[2] - box[0], box[3] - box[1]) + pixels
    return box + np.array([-margin, -margin, margin, margin])


def _slices(box: np.ndarray, size: int) -> tuple[slice, slice]:
    top, left, bottom, right = np.clip(box.round().astype(int), 0, size)
    return slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))


def _blend(ground: np.ndarray, piece: np.ndarray, top: int, left: int) -> None:
    """Puts `piece` in, its rim fading over a tenth of its smaller side."""
    height, width = piece.shape[:2]
    rim = max(2, min(height, width) // 10)
    rows = np.minimum(np.arange(height) + 1, np.arange(height)[::-1] + 1) / rim
    columns = np.minimum(np.arange(width) + 1, np.arange(width)[::-1] + 1) / rim
    weight = np.clip(np.minimum(rows[:, None], columns[None, :]), 0, 1)[..., None].astype(np.float32)
    target = ground[top : top + height, left : left + width]
    target[:] = (weight * piece + (1 - weight) * target).astype(np.uint8)


def _without_object(view: np.ndarray, box: np.ndarray, random: np.random.Generator) -> np.ndarray | None:
    """The ground with its own object covered by ground from beside it, or None when there is no room beside it."""
    size = view.shape[0]
    cut = _slices(_grown(box, 0.1, 4), size)
    height, width = cut[0].stop - cut[0].start, cut[1].stop - cut[1].start
    for down, right in random.permutation([(-height, 0), (height, 0), (0, -width), (0, width)]):
        top, left = cut[0].start + int(down), cut[1].start + int(right)
        if 0 <= top <= size - height and 0 <= left <= size - width:
            ground = view.copy()
            _blend(ground, view[top : top + height, left : left + width], cut[0].start, cut[1].start)
            return ground
    return None


def _warped(view: np.ndarray, box: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Mirrored, turned up to 20 degrees, scaled and moved; an object's middle stays inside the view."""
    size = view.shape[0]
    scale, stretch = np.exp(random.uniform(np.log(0.75), np.log(1.45))), np.exp(random.uniform(-0.1, 0.1))
    angle, mirror = np.deg2rad(random.uniform(-20, 20)), -1.0 if random.random() < 0.5 else 1.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = scale * turn @ np.diag([mirror * stretch, 1 / stretch])
    middle = np.full(2, size / 2)
    shift = middle - linear @ middle + random.uniform(-0.15, 0.15, 2) * size
    if not np.isnan(box[0]):
        centre = linear @ np.array([box[1] + box[3], box[0] + box[2]]) / 2 + shift
        shift += np.clip(centre, 0.06 * size, 0.94 * size) - centre
    matrix = np.column_stack([linear, shift])
    warped = cv2.warpAffine(view, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    if np.isnan(box[0]):
        return warped, box
    corners = np.array([[box[1], box[3], box[1], box[3]], [box[0], box[0], box[2], box[2]]])
    x, y = linear @ corners + shift[:, None]
    return warped, np.clip([y.min(), x.min(), y.max(), x.max()], 0, size).astype(np.float32)


def _lit(view: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Other brightness, contrast, gamma, colour cast; sometimes grey, blurred or noisy."""
    ramp = np.linspace(0, 1, 256)
    gamma, contrast, brightness = (
        np.exp(random.uniform(-0.35, 0.35)),
        random.uniform(0.7, 1.3),
        random.uniform(-0.15, 0.15),
    )
    cast = random.uniform(0.9, 1.1, 3)
    curve = ((ramp**gamma)[:, None] * cast - 0.5) * contrast + 0.5 + brightness
    table = (np.clip(curve, 0, 1) * 255).astype(np.uint8)[:, None, :]
    lit = cv2.LUT(view, table)
    chance = random.random()
    if chance < 0.15:
        grey = cv2.cvtColor(cv2.cvtColor(lit, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        lit = cv2.addWeighted(lit, 0.3, grey, 0.7, 0)
    elif chance < 0.3:
        lit = cv2.GaussianBlur(lit, (3, 3), 0)
    elif chance < 0.4:
        grain = random.integers(-12, 13, lit.shape, dtype=np.int16)
        lit = np.clip(lit + grain, 0, 255).astype(np.uint8)
    return lit
