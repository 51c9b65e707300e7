"""Terms of the data sets that the shipped models were made of. Any other data are somebody's own, on terms unknown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from saccade_training.pictures import folder_of


@dataclass(frozen=True)
class Known:
    """A data set, told by its folder's name and its classes together, and what is to be said of a model of it."""

    folder: str
    classes: str
    description: str
    licence: str
    source: str


KNOWN = (
    Known(
        "imagenette",
        "cassette_player chain_saw church english_springer french_horn garbage_truck gas_pump golf_ball "
        "parachute tench",
        "Imagenette, ten classes of ImageNet",
        "weights Apache-2.0; learnt from photos of ImageNet, whose terms are its own",
        "Imagenette, https://github.com/fastai/imagenette; encoders started from weights that have seen these photos",
    ),
    Known(
        "runway",
        "battery bolt bolt_washer clamp_part cutter fuel_cap hammer label luggage_part luggage_tag metal_part "
        "metal_sheet nut paint_chip pen plastic_part pliers rock screwdriver soda_can washer wire wrench",
        "Foreign objects on runways, 23 classes",
        "MIT (pictures: FOD-A, see NOTICE); encoders started from Apache-2.0 weights",
        "FOD-A, https://github.com/FOD-UNOmaha/FOD-data",
    ),
)


def words_of(data: Path, id: str) -> tuple[str, str, str]:
    """Description, licence and source of a model called `id` that learns from `data`."""
    name, train = data.resolve().name, folder_of(data, "train")
    classes = sorted(entry.name for entry in train.iterdir() if entry.is_dir()) if train.is_dir() else []
    for known in KNOWN:
        if known.folder == name and known.classes.split() == classes:
            return known.description, known.licence, known.source
    return f"{id}, trained on {name}", "not stated", name
