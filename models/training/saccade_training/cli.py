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
    need = train.add_argument
    need(
        "--data",
        type=Path,
        required=True,
        help="folder with train/<class>/[<clip>/] pictures, test/ and frames.csv if you have them",
    )
    need("--out", type=Path, required=True, help="the bundle to write; its folder name is the default --id")
    need("--minutes", type=float, default=45.0, help="time to train for, measured at the start (default: 45)")
    need(
        "--epochs",
        type=float,
        help="passes of stage 1 over the pictures, instead of --minutes; later stages keep their proportion",
    )
    need("--rate", type=float, default=1.0, help="factor on all learning rates (default: 1)")
    need("--seed", type=int, default=7, help="same seed, data and versions: same network (default: 7)")
    need("--threads", type=int, default=1, help="cores to use (default: 1)")
    need("--image", type=int, default=288, help="side of the view, S (default: 288)")
    need("--patch", type=int, default=96, help="side of a look, P (default: 96)")
    need("--steps", type=int, default=3, help="most looks, the glance counted (default: 3)")
    need("--batch", type=int, default=32, help="pictures per step (default: 32)")
    need("--points", type=int, default=16, help="operating points on the frontier (default: 16)")
    need("--per-clip", type=int, help="use only so many pictures of each clip: for a quick try")
    need("--skip-stage-3", action="store_true", help="leave out the fine-tuning on the policy's own patches")
    need("--id", help="the model's name on the wire (default: the folder name of --out)")
    need("--version", default="1.0.0", help="the model's version (default: 1.0.0)")
    need("--description", help="one line about the model")
    need("--licence", help="terms of the weights")
    need("--source", help="where the pictures come from")
    need("--work", type=Path, help="where checkpoints and log.csv go (default: work/training/<id>)")
    need("--checkpoint-every", type=int, default=50, help="steps between checkpoints (default: 50)")
    need("--fresh", action="store_true", help="start over, forgetting the checkpoints of this model")
    need("--dry-run", action="store_true", help="read the pictures, measure, print the plan, and stop")
    tiny = commands.add_parser("tiny", help="write a bundle of seeded random weights, for tests")
    tiny.add_argument("--out", type=Path, required=True, help="the bundle to write")
    tiny.add_argument("--seed", type=int, default=20, help="seed of the weights and pictures (default: 20)")
    return whole


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
    from saccade_training.pictures import UnusableData
    from saccade_training.runs import train
    from saccade_training.trainer import TrainingStopped

    torch.set_num_threads(given.threads)
    try:
        settings = _settings(given, arguments)
        if given.fresh and not given.dry_run:
            WorkFolder(settings.work).clear()
        train(settings, say=lambda line: print(line, flush=True), dry_run=given.dry_run)
    except (UnusableData, TrainingStopped, ValueError) as problem:
        print(f"saccade_training: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted; the same command goes on from the last checkpoint", file=sys.stderr)
        return 130
    return 0


def _settings(given: argparse.Namespace, arguments: list[str]):
    from saccade_training.settings import Settings

    name = given.id or given.out.resolve().name
    words = WORDS.get(name, (f"{name}, trained on {given.data.name}", "not stated", given.data.resolve().name))
    return Settings(
        data=given.data,
        out=given.out.resolve(),
        work=given.work or HOME / "work" / "training" / name,
        image=given.image,
        patch=given.patch,
        steps=given.steps,
        batch=given.batch,
        minutes=given.minutes,
        epochs=given.epochs,
        rate=given.rate,
        seed=given.seed,
        per_clip=given.per_clip,
        points=given.points,
        checkpoint_every=given.checkpoint_every,
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
