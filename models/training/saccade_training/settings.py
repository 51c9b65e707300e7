"""What a run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from saccade_training.devices import CHOICES
from saccade_training.views import FITS

GLANCE = 96  # side of a glance of which nothing is said, unless patches are smaller


@dataclass(frozen=True)
class Settings:
    """Everything that shapes a run.

    With `epochs`, the same settings, data and versions give the same network; with `minutes` the number of steps
    depends on the speed that was measured.
    """

    data: Path
    out: Path
    work: Path
    backbone: str = "efficientnet-lite0"
    image: int = 288
    patch: int = 144
    glance: int | None = None
    steps: int = 2
    batch: int = 32
    minutes: float = 45.0
    epochs: float | None = None
    rate: float = 1.0
    seed: int = 7
    per_clip: int | None = None
    points: int = 16
    checkpoint_every: int = 50
    skip_own_patches: bool = False
    folds: int | None = None
    fold: int = 1
    boxes: bool = True
    bf16: bool = False
    device: str = "auto"  # no part of what a run is: it goes on on another
    fit: str = "stretch"
    head: str = "mean"
    side: int | None = None
    looks: tuple[Path, ...] = ()
    cost: tuple[str, ...] = ()
    id: str = "runway"
    version: str = "1.0.0"
    description: str = ""
    licence: str = ""
    source: str = ""
    command: str = ""

    def __post_init__(self):
        if self.glance is None:
            object.__setattr__(self, "glance", min(GLANCE, self.patch))
        complaints = []
        for name, least in [
            ("batch", 2),
            ("points", 2),
            ("checkpoint_every", 1),
            ("minutes", 0.05),
            ("seed", 0),
            ("rate", 1e-4),
        ]:
            if getattr(self, name) < least:
                complaints.append(f"{name} must be at least {least}, but was {getattr(self, name)}")
        if self.epochs is not None and self.epochs <= 0:
            complaints.append(f"epochs must be above 0, but was {self.epochs}")
        if self.folds is not None and self.folds < 2:
            complaints.append(f"folds must be at least 2, but was {self.folds}")
        if not 1 <= self.fold <= (self.folds or 1):
            complaints.append(f"fold must be from 1 to {self.folds or 1}, the number of folds, but was {self.fold}")
        if self.side is not None and not 32 <= self.side <= self.image:
            complaints.append(f"side must be from 32 to {self.image}, the side of the view, but was {self.side}")
        if self.fit not in FITS:
            complaints.append(f"fit must be one of {list(FITS)}, but was {self.fit!r}")
        if self.device not in CHOICES:
            complaints.append(f"device must be one of {list(CHOICES)}, but was {self.device!r}")
        if self.per_clip is not None and self.per_clip < 1:
            complaints.append(f"per_clip must be at least 1, but was {self.per_clip}")
        if complaints:
            raise ValueError("; ".join(complaints))
