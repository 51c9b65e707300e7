"""A bundle that exists: read as its manifest says, and written anew with some of its files changed."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from saccade_training.bundle import golden_file, put_together
from saccade_training.compare import MARK
from saccade_training.eye import Eye
from saccade_training.page import between, marks

CARD = "MODEL_CARD.md"
LIMITS = "## Limits"
KIN = (
    "## Networks like this one, on folds of the clips\n\n"
    "Not this network: others of its kind, each on a part of the clips, beside the same encoder on the whole view, "
    "and beside themselves with patches laid otherwise (anywhere, by rule, on the object's box) or without boxes in "
    "training.\n\n"
)
NOT_EVALUATED = b"<!-- evaluation -->\nNot evaluated since it was changed.\n<!-- /evaluation -->"


@dataclass(frozen=True)
class ExistingBundle:
    """The files of a bundle by name, all as its manifest says, without the manifest itself."""

    manifest: dict
    files: dict[str, bytes]

    @staticmethod
    def read(folder: Path) -> ExistingBundle:
        """Reads a folder; names what is missing or differs."""
        if not (folder / "manifest.json").is_file():
            raise ValueError(f"{folder} must be a bundle's folder with a manifest.json, but has none")
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files, wrong = {}, []
        for name, digest in manifest["files"].items():
            files[name] = (folder / name).read_bytes() if (folder / name).is_file() else b""
            if hashlib.sha256(files[name]).hexdigest() != digest:
                wrong.append(name)
        if wrong:
            raise ValueError(f"{folder} must hold the files that its manifest lists, but these differ: {wrong}")
        return ExistingBundle(manifest, files)

    def graph(self, role: str) -> bytes:
        return self.files[self.manifest["graphs"][role]]

    def eye(self) -> Eye:
        view = self.manifest["view"]
        if view["glance"] != "area":
            raise ValueError(f"only glances by area averaging can be run here, but this bundle's is {view['glance']!r}")
        patch = self.manifest["patchSize"]
        sides = self.manifest["imageSize"], self.manifest.get("glanceSize", patch), patch
        return Eye(self.graph("glance"), self.graph("focus"), *sides, self.manifest["steps"])

    def golden_view(self) -> np.ndarray:
        name = json.loads(self.files[self.manifest["golden"]])["image"]
        return cv2.cvtColor(
            cv2.imdecode(np.frombuffer(self.files[name], np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB
        )

    def with_graphs(self, glance: bytes, focus: bytes, **fields) -> ExistingBundle:
        """Other graphs for the same looks; the golden looks are theirs."""
        names = self.manifest["graphs"]
        changed = self.with_files({names["glance"]: glance, names["focus"]: focus}, **fields)
        golden = json.loads(self.files[self.manifest["golden"]])
        looks = changed.eye().looks(self.golden_view())
        return changed.with_files({self.manifest["golden"]: golden_file(looks, golden["image"])})

    def with_files(self, files: dict[str, bytes], **fields) -> ExistingBundle:
        """A copy with these files, their hashes, and these fields of the manifest."""
        files = self.files | files
        hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
        return ExistingBundle(self.manifest | fields | {"files": hashes}, files)

    def without_evaluation(self) -> ExistingBundle:
        """A copy without the figures of an evaluation: they were of other graphs or another frontier."""
        files = {name: data for name, data in self.files.items() if name != "evaluation.json"}
        if CARD in files:
            files[CARD] = re.sub(rb"<!-- evaluation -->.*?<!-- /evaluation -->", NOT_EVALUATED, files[CARD], flags=re.S)
        return ExistingBundle(self.manifest, files).with_files({})

    def with_comparison(self, tables: str) -> ExistingBundle:
        """A copy whose card holds tables of `compare`: where it held others, else before its limits."""
        card = self.files.get(CARD, b"").decode()
        if marks(MARK)[0] not in card:
            before, limits, after = card.partition(LIMITS)
            card = before + KIN + "".join(marks(MARK)) + "\n\n" + limits + after
        return self.with_files({CARD: between(MARK, card, tables, CARD).encode()})

    def write(self, folder: Path) -> None:
        """Whole or not at all; what was there before is replaced."""
        put_together(folder, self.manifest, self.files)
