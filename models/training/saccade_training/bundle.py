"""Writes a bundle folder, format 1 of docs/bundle.md, complete or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
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
    eye, (glance, focus) = Eye.of(networks, geometry), networks
    manifest = {
        "format": 1,
        "id": identity.id,
        "version": identity.version,
        "description": identity.description,
        "backbone": geometry.backbone,
        "head": geometry.head,
        "imageSize": geometry.image,
        "glanceSize": geometry.glance,
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


def check_place(folder: Path) -> None:
    """A bundle may be replaced by another one; any other folder with something in it is somebody's, and is refused."""
    if folder.is_dir():
        if not any(folder.iterdir()) or _is_bundle(folder):
            return
        raise ValueError(
            f"{folder}, where the bundle goes, must be new, empty or an older bundle, "
            "but holds other files and no bundle's manifest.json: nothing was touched, choose another --out"
        )
    if folder.exists() or folder.is_symlink():
        raise ValueError(f"{folder}, where the bundle goes, must be a folder or not be there, but is a file")


def _is_bundle(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and isinstance(manifest.get("files"), dict)


def put_together(folder: Path, manifest: dict, files: dict[str, bytes]) -> str:
    """Writes the files and the manifest with their hashes beside `folder`, and then puts all in its place."""
    check_place(folder)
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    written = as_json(manifest | {"files": hashes})
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh = beside / "new"  # mkdtemp's own folder is for its owner alone, a bundle is for all
        fresh.mkdir()
        for name, content in (files | {"manifest.json": written}).items():
            (fresh / name).write_bytes(content)
        _replace(fresh, folder, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
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


def _replace(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        os.rename(folder, old)
    try:
        os.rename(fresh, folder)
    except OSError:
        if old.exists():
            os.rename(old, folder)
        raise


def as_json(value: dict) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
