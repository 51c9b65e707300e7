"""Writes a bundle folder, format 1 of docs/bundle.md, complete or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from saccade_training.eye import Eye, Look
from saccade_training.frontier import Point
from saccade_training.network import Geometry
from saccade_training.onnx_files import OPSET, multiply_adds


@dataclass(frozen=True)
class Identity:
    """Who the model is, and under what terms."""

    id: str
    version: str
    description: str
    licence: str
    source: str

    def __post_init__(self):
        for name, value in vars(self).items():
            if not value.strip():
                raise ValueError(f"the bundle's {name} must not be empty")


@dataclass(frozen=True)
class Calibration:
    """Where the frontier was measured."""

    split: str
    clips: list[str]
    frames: int
    rule: str = "geometric"

    def as_json(self) -> dict:
        return {"split": self.split, "clips": self.clips, "frames": self.frames, "rule": self.rule}


def write(
    folder: Path,
    identity: Identity,
    geometry: Geometry,
    classes: list[str],
    networks: tuple[bytes, bytes],
    memory: int,
    points: list[Point],
    calibration: Calibration,
    golden: np.ndarray,
    card: str,
    fit: str = "stretch",
) -> str:
    """Builds beside `folder` and then puts it in its place. Returns the SHA-256 of the manifest."""
    if len(classes) != geometry.classes:
        raise ValueError(f"there must be {geometry.classes} class names, but there were {len(classes)}")
    glance, focus = networks
    eye = Eye(glance, focus, geometry.image, geometry.patch, geometry.steps)
    manifest = {
        "format": 1,
        "id": identity.id,
        "version": identity.version,
        "description": identity.description,
        "backbone": geometry.backbone,
        "head": geometry.head,
        "imageSize": geometry.image,
        "patchSize": geometry.patch,
        "steps": geometry.steps,
        "classes": classes,
        "view": {"fit": fit, "glance": "area", "reducedDecode": True},
        "memorySize": memory,
        "opset": OPSET,
        "graphs": {"glance": "glance.onnx", "focus": "focus.onnx"},
        "multiplyAdds": {"glance": multiply_adds(glance), "focus": multiply_adds(focus)},
        "frontier": "frontier.json",
        "golden": "golden.json",
        "licence": identity.licence,
        "source": identity.source,
    }
    return put_together(folder, manifest, {
        "glance.onnx": glance,
        "focus.onnx": focus,
        "frontier.json": frontier_file(calibration, points),
        "golden.png": png(golden),
        "golden.json": golden_file(eye.looks(golden)),
        "MODEL_CARD.md": card.encode(),
    })  # fmt: skip


def put_together(folder: Path, manifest: dict, files: dict[str, bytes]) -> str:
    """Writes the files and the manifest with their hashes beside `folder`, and then puts all in its place."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, content in files.items():
        (fresh / name).write_bytes(content)
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    written = as_json(manifest | {"files": hashes})
    (fresh / "manifest.json").write_bytes(written)
    _replace(fresh, folder)
    return hashlib.sha256(written).hexdigest()


def frontier_file(calibration: Calibration, points: list[Point]) -> bytes:
    return as_json({"format": 1, "calibration": calibration.as_json(), "points": [point.as_json() for point in points]})


def golden_file(looks: list[Look], image: str = "golden.png") -> bytes:
    return as_json({
        "image": image,
        "looks": [
            {"top": look.top, "left": look.left, "probabilities": [float(p) for p in look.probabilities]}
            for look in looks
        ],
    })  # fmt: skip


def png(picture: np.ndarray) -> bytes:
    done, encoded = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    if not done:
        raise OSError("golden.png could not be encoded")
    return encoded.tobytes()


def golden_of(eye: Eye, views) -> np.ndarray:
    """The view that best betrays a mistake: no offset near a rounding edge, rows unlike columns, looks apart."""

    def telling(view: np.ndarray) -> tuple[bool, float]:
        looks = eye.looks(view)
        products = np.array([look.action for look in looks[:-1]]) * (eye.image - eye.patch)
        places = np.array([(look.top, look.left) for look in looks[1:]])
        moves = float(np.abs(np.diff(places, axis=0)).sum(axis=1).min(initial=eye.image))
        apart = float(np.abs(places[:, 0] - places[:, 1]).min())
        return bool(np.abs(products - np.round(products)).min() > 0.02), apart + min(moves, eye.image / 8)

    return max(views, key=telling)


def _replace(fresh: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.rename(folder, old)
    os.rename(fresh, folder)
    shutil.rmtree(old, ignore_errors=True)


def as_json(value: dict) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
