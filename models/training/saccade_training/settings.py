"""What a run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Everything that shapes a run. The same settings, data and versions give the same network."""

    data: Path
    out: Path
    work: Path
    backbone: str = "efficientnet-lite0"
    image: int = 288
    patch: int = 96
    steps: int = 3
    batch: int = 32
    minutes: float = 45.0
    epochs: float | None = None
    rate: float = 1.0
    seed: int = 7
    per_clip: int | None = None
    points: int = 16
    checkpoint_every: int = 50
    skip_own_patches: bool = False
    id: str = "runway"
    version: str = "1.0.0"
    description: str = ""
    licence: str = ""
    source: str = ""
    command: str = ""

    def __post_init__(self):
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
        if self.per_clip is not None and self.per_clip < 1:
            complaints.append(f"per_clip must be at least 1, but was {self.per_clip}")
        if complaints:
            raise ValueError("; ".join(complaints))
