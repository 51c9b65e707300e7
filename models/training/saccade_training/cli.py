"""python -m saccade_training train | tiny"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]

# Description, licence and source of the model that is shipped.
WORDS = {
    "runway": (
        "Foreign objects on runways, 23 classes",
        "MIT (pictures: FOD-A, see NOTICE); encoders started from Apache-2.0 weights",
        "FOD-A, https://github.com/FOD-UNOmaha/FOD-data",
    )
}

EXAMPLES = """\
examples:
  # the default model, in about an hour on one core
  ./saccade model train --data DIR --out models/bundles/runway

  # your own pictures: DIR/train/<class>/[<clip>/]*.jpg, DIR/test/ likewise if you have some
  ./saccade model train --data DIR --out bottles --description "Bottles on a belt" --licence "ours" --source "line 4"

  # see what would be done, and how long it would take
  ./saccade model train --data DIR --out my-model --dry-run

An interrupted run goes on where it stopped when the same command is given again.
"""


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="saccade_training", description="Trains Glance-and-Focus networks for Saccade."
    )
    commands = whole.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train",
        help="train on a folder and write a bundle",
        description="Trains on a folder of pictures and writes a bundle.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _material(train)
    need = train.add_argument
    need("--out", type=Path, required=True, help="the bundle to write; its folder name is the default --id")
    need("--minutes", type=float, default=45.0, help="time to train for, measured at the start (default: 45)")
    need(
        "--epochs",
        type=float,
        help="passes of stage 1 over the pictures, instead of --minutes; later stages keep their proportion",
    )
    need("--points", type=int, default=16, help="operating points on the frontier (default: 16)")
    need("--skip-stage-3", action="store_true", help="leave out the fine-tuning on the policy's own patches")
    need("--id", help="the model's name on the wire (default: the folder name of --out)")
    need("--version", default="1.0.0", help="the model's version (default: 1.0.0)")
    need("--description", help="one line about the model")
    need("--licence", help="terms of the weights")
    need("--source", help="where the pictures come from")
    need("--work", type=Path, help="where checkpoints and log.csv go (default: work/training/<id>)")
    fold = commands.add_parser(
        "fold",
        help="train on all folds of the clips but one, and record what the network says of that one",
        description="Trains on all folds of the clips but one and records what the network says of that one and of "
        "test/: for comparisons (compare) and thresholds (calibrate). Writes no bundle.",
    )
    _material(fold)
    need = fold.add_argument
    need("--out", type=Path, required=True, help="folder for checkpoints, log.csv, looks.npz and result.json")
    need("--folds", type=int, default=2, help="how many folds the clips are dealt into (default: 2)")
    need("--fold", type=int, default=1, help="the fold to keep out of training, from 1 (default: 1)")
    need("--epochs", type=float, default=6.0, help="passes over the pictures (default: 6)")
    need(
        "--side",
        type=int,
        help="train the static opponent instead: one encoder on the whole view at this side, as many passes",
    )
    tiny = commands.add_parser("tiny", help="write a bundle of seeded random weights, for tests")
    tiny.add_argument("--out", type=Path, required=True, help="the bundle to write")
    tiny.add_argument("--seed", type=int, default=20, help="seed of the weights and pictures (default: 20)")
    return whole


def _material(command: argparse.ArgumentParser) -> None:
    """What all that trains has in common."""
    need = command.add_argument
    need(
        "--data",
        type=Path,
        required=True,
        help="folder with train/<class>/[<clip>/] pictures, test/ and frames.csv if you have them",
    )
    need("--rate", type=float, default=1.0, help="factor on all learning rates (default: 1)")
    need("--seed", type=int, default=7, help="same seed, data and versions: same network (default: 7)")
    need("--threads", type=int, default=1, help="cores to use (default: 1)")
    need("--encoder", default="efficientnet-lite0", help="efficientnet-lite0 (default)")
    need("--head", default="cascade", help="cascade (a layer per look) or gru (default: cascade)")
    need("--image", type=int, default=288, help="side of the view, S (default: 288)")
    need("--patch", type=int, default=96, help="side of a look, P (default: 96)")
    need("--steps", type=int, default=3, help="most looks, the glance counted (default: 3)")
    need(
        "--fit",
        default="stretch",
        help="stretch: the whole frame becomes the view; square: the centred largest square does (default: stretch)",
    )
    need("--batch", type=int, default=32, help="pictures per step (default: 32)")
    need("--per-clip", type=int, help="use only so many pictures of each clip: for a quick try")
    need("--no-boxes", action="store_true", help="train as if no box were known")
    need("--checkpoint-every", type=int, default=50, help="steps between checkpoints (default: 50)")
    need("--fresh", action="store_true", help="start over, forgetting the checkpoints of this model")
    need("--dry-run", action="store_true", help="read the pictures, measure, print the plan, and stop")


def main(arguments: list[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    if given.command == "tiny":
        from saccade_training.toy import write_tiny

        print(f"wrote {given.out}, manifest sha256 {write_tiny(given.out, given.seed)}")
        return 0
    return _train(given, sys.argv[1:] if arguments is None else arguments)


def _train(given: argparse.Namespace, arguments: list[str]) -> int:
    import torch

    from saccade_training.checkpoint import WorkFolder
    from saccade_training.folds import train_fold
    from saccade_training.pictures import UnusableData
    from saccade_training.runs import train
    from saccade_training.trainer import TrainingStopped

    torch.set_num_threads(given.threads)
    try:
        settings = _settings(given, arguments)
        if given.fresh and not given.dry_run:
            WorkFolder(settings.work).clear()
        run = train if given.command == "train" else train_fold
        run(settings, say=lambda line: print(line, flush=True), dry_run=given.dry_run)
    except (UnusableData, TrainingStopped, ValueError) as problem:
        print(f"saccade_training: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted; the same command goes on from the last checkpoint", file=sys.stderr)
        return 130
    return 0


def _settings(given: argparse.Namespace, arguments: list[str]):
    from saccade_training.settings import Settings

    shaping = {
        name: getattr(given, name)
        for name in (
            "data", "head", "image", "patch", "steps", "fit", "batch", "epochs", "rate", "seed", "per_clip",
            "checkpoint_every",
        )
    }  # fmt: skip
    shaping |= {"backbone": given.encoder, "boxes": not given.no_boxes, "out": given.out.resolve()}
    if given.command == "fold":
        return Settings(**shaping, work=given.out.resolve(), folds=given.folds, fold=given.fold, side=given.side)
    name = given.id or given.out.resolve().name
    words = WORDS.get(name, (f"{name}, trained on {given.data.name}", "not stated", given.data.resolve().name))
    return Settings(
        **shaping,
        work=given.work or HOME / "work" / "training" / name,
        minutes=given.minutes,
        points=given.points,
        skip_own_patches=given.skip_stage_3,
        id=name,
        version=given.version,
        description=given.description or words[0],
        licence=given.licence or words[1],
        source=given.source or words[2],
        command="./saccade model " + " ".join(_shown(argument) for argument in arguments),
    )


def _shown(argument: str) -> str:
    """Folders of the machine it ran on are nobody's business: only their last part is kept in the card."""
    path = Path(argument)
    return shlex.quote(path.name if path.is_absolute() else argument)
