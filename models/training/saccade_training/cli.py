"""python -m saccade_training train | fold | plot | compare | calibrate | quantise | import | tiny"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from saccade_training.page import marks
from saccade_training.published import command as published

EXAMPLES = """\
examples:
  # in about an hour on one core
  ./saccade model train --data DIR --out work/bundles/my-model

  # your own pictures: DIR/train/<class>/[<clip>/]*.jpg, DIR/test/ likewise if you have some
  ./saccade model train --data DIR --out bottles --description "Bottles on a belt" --licence "ours" --source "line 4"

  # see what would be done, and how long it would take
  ./saccade model train --data DIR --out work/bundles/my-model --dry-run

  # its opponent: the same encoder on the whole view, once, as a bundle that `model evaluate` measures likewise;
  # both with as many --epochs
  ./saccade model train --data DIR --out my-opponent --side 288 --epochs 9

An interrupted run goes on where it stopped when the same command is given again, without --fresh.
"""

FOLD_EXAMPLES = """\
examples:
  # how long it takes, for this fold
  ./saccade model fold --data DIR --out work/training/gf-1 --fold 1 --dry-run

  # the network, and the same encoder on the whole view, on each of two folds
  for f in 1 2; do
    ./saccade model fold --data DIR --out work/training/gf-$f --fold $f
    ./saccade model fold --data DIR --out work/training/static288-$f --fold $f --side 288
  done
  ./saccade model compare work/training/gf-? work/training/static288-?

An interrupted run goes on where it stopped when the same command is given again, without --fresh.
"""

PLOT_EXAMPLES = """\
examples:
  ./saccade model plot work/training/my-model
"""

COMPARISON_EXAMPLES = """\
examples:
  ./saccade model compare work/training/gf-? work/training/static288-?

  # the figures for a program, and the tables in a page of yours that has the two marks
  ./saccade model compare work/training/gf-? work/training/static288-? --report compared.json --page page.md

An interval that holds 0 is no difference.
"""

CALIBRATION_EXAMPLES = """\
examples:
  # an existing bundle on your own pictures, DIR/held-out/<class>/[<clip>/]*.jpg, which it has never learnt from
  ./saccade model evaluate --bundle B --data DIR --split held-out --looks looks.csv --report held-out.json
  ./saccade model calibrate looks.csv --costs held-out.json --bundle B --to B-here
  ./saccade model evaluate --bundle B-here --data DIR --split test --report e.json

  # from all training clips, each seen by a network that has not learnt from it
  ./saccade model calibrate work/training/gf-? --out frontier.json
"""

QUANTISATION_EXAMPLES = """\
examples:
  ./saccade model quantise --bundle models/bundles/runway --data DIR --out work/runway-int8
  ./saccade model evaluate --bundle work/runway-int8 --data DIR --report int8.json

It is faster only where the processor multiplies bytes (VNNI, or ARM's dot product); measure both before you change.
The thresholds stay those of the floats: solve them anew with `model calibrate` if exits come earlier or later.
"""

TINY_EXAMPLES = """\
examples:
  python -m saccade_training tiny --out work/tiny

  # and what PyTorch says with it, as the runtime's tests have it
  python -m saccade_training tiny --out work/tiny --reference work/tiny-reference.json

  # patches larger than the glance
  python -m saccade_training tiny --out work/wide --patch 48
"""


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="./saccade model", description="Trains Glance-and-Focus networks for Saccade.")
    # Of examples the lines stay as they are.
    command = partial(argparse.ArgumentParser, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = whole.add_subparsers(dest="command", required=True, parser_class=command)
    train = commands.add_parser(
        "train",
        help="train on a folder and write a bundle",
        description="Trains on a folder of pictures and writes a bundle.",
        epilog=EXAMPLES,
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
    need(
        "--looks",
        type=Path,
        nargs="+",
        default=[],
        help="solve the thresholds from looks that `fold` runs recorded, as `calibrate` does, and learn from all clips",
    )
    _cost(train)
    fold = commands.add_parser(
        "fold",
        help="train on all folds of the clips but one, and record what the network says of that one",
        description="Trains on all folds of the clips but one and records what the network says of that one and of "
        "test/: for comparisons (compare) and thresholds (calibrate). Writes no bundle.",
        epilog=FOLD_EXAMPLES,
    )
    _material(fold)
    need = fold.add_argument
    need("--out", type=Path, required=True, help="folder for checkpoints, log.csv, looks.npz and result.json")
    need("--folds", type=int, default=2, help="how many folds the clips are dealt into (default: 2)")
    need("--fold", type=int, default=1, help="the fold to keep out of training, from 1 (default: 1)")
    need("--epochs", type=float, default=6.0, help="passes over the pictures (default: 6)")
    plot = commands.add_parser(
        "plot",
        help="draw the curves of a run",
        description="Draws DIR/log.csv as DIR/log.svg: for each stage the loss, and the share right of each look. "
        "train and fold do so themselves after each stage; this is for a run that goes on, or was interrupted.",
        epilog=PLOT_EXAMPLES,
    )
    plot.add_argument("folder", type=Path, metavar="DIR", help="a run's folder, which holds log.csv")
    compare = commands.add_parser(
        "compare",
        help="compare runs of `fold`, paired by clip",
        description="Compares the networks of `fold` runs, paired by clip, fold and seed, with 90 % intervals.",
        epilog=COMPARISON_EXAMPLES,
    )
    need = compare.add_argument
    need("runs", type=Path, nargs="+", help="folders that `fold` wrote")
    need("--report", type=Path, help="write the figures here as JSON too")
    _page(compare, "comparison")
    need(
        "--card",
        type=Path,
        action="append",
        default=[],
        metavar="BUNDLE",
        help="put the tables into this bundle's card; may be given again for another",
    )
    need(
        "--costs",
        type=Path,
        help="folder with the reports of `model evaluate`: focus.json, or of several networks each "
        "focus-VIEW-GLANCE-PATCH.json, and static-SIDE.json. Says at what share of each opponent's time a network with "
        "exits is right as often",
    )
    calibrate = commands.add_parser(
        "calibrate",
        help="solve the exit thresholds from recorded looks",
        description="Solves a frontier from looks at held-out clips, by the paper's rule or by a price on cost, "
        "whichever is ahead on clips it was not solved on.",
        epilog=CALIBRATION_EXAMPLES,
    )
    need = calibrate.add_argument
    need(
        "looks",
        type=Path,
        nargs="+",
        help="folders that `fold` wrote, one per fold; or .csv files that `model evaluate --looks` wrote "
        "(clip, confidence1, correct1, confidence2, ...); or .npz (confidence, correct, clip)",
    )
    need("--points", type=int, default=16, help="operating points on the frontier (default: 16)")
    _cost(calibrate)
    need(
        "--costs",
        type=Path,
        metavar="REPORT",
        help="take them from a report of `model evaluate`: cpu-ms, decoding counted with the glance, and multiply-adds",
    )
    need("--parts", type=int, default=5, help="parts of the clips to cross-fit over (default: 5)")
    need("--out", type=Path, help="write frontier.json here")
    need("--bundle", type=Path, help="put the frontier into this bundle, after checking it")
    need("--to", type=Path, help="leave --bundle as it is and write the changed one here")
    need("--report", type=Path, help="write all figures here as JSON")
    _page(calibrate, "thresholds")
    quantise = commands.add_parser(
        "quantise",
        help="make a bundle of 8-bit integers from one of floats",
        description="Makes a bundle whose convolutions multiply bytes: ranges are measured on pictures of train/, "
        "the first convolution, the policy and the class layers stay in floats.",
        epilog=QUANTISATION_EXAMPLES,
    )
    need = quantise.add_argument
    need("--bundle", type=Path, required=True, help="the bundle of floats")
    need("--data", type=Path, required=True, help="folder with train/<class>/[<clip>/] pictures")
    need("--out", type=Path, required=True, help="the bundle to write")
    need("--frames", type=int, default=200, help="pictures to measure ranges on, of all clips (default: 200)")
    published.add_parser(commands)
    tiny = commands.add_parser(
        "tiny",
        help="write a bundle of seeded random weights, for tests",
        description="Writes a bundle of seeded random weights, for tests: it takes seconds and classifies nothing.",
        epilog=TINY_EXAMPLES,
    )
    tiny.add_argument("--out", type=Path, required=True, help="the bundle to write")
    tiny.add_argument("--seed", type=int, default=20, help="seed of the weights and pictures (default: 20)")
    tiny.add_argument("--patch", type=int, default=32, help="side of a patch; the glance's is 32 (default: 32)")
    tiny.add_argument("--reference", type=Path, help="write here what PyTorch says of 200 pictures with this network")
    tiny.prog = "python -m saccade_training tiny"  # the launcher has no such command
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
    need(
        "--seed",
        type=int,
        default=7,
        help="with --epochs, the same seed, data and versions give the same network; with --minutes the number of "
        "steps depends on the speed measured (default: 7)",
    )
    need("--threads", type=int, default=1, help="cores to use (default: 1)")
    need(
        "--device",
        default="auto",
        help="auto: a GPU by CUDA where there is one, else the CPU; cpu; cuda. A run goes on on either (default: auto)",
    )
    need(
        "--encoder",
        default="efficientnet-lite0",
        help="efficientnet-lite0 (default; ImageNet weights), mobilenet-v3-large or resnet50 (random weights)",
    )
    need(
        "--head",
        default="mean",
        help="mean (each look answers for itself), cascade (a layer over all looks so far) or gru (default: mean). "
        "Where no boxes are known a cascade may be better",
    )
    need("--image", type=int, default=288, help="side of the view, S (default: 288)")
    need("--glance", type=int, help="side of the glance, G (default: 96, or the patch's if that is smaller)")
    need("--patch", type=int, default=144, help="side of a patch, which every later look is, P (default: 144)")
    need("--steps", type=int, default=2, help="most looks, the glance counted (default: 2)")
    need(
        "--fit",
        default="stretch",
        help="stretch: the whole frame becomes the view; square: the centred largest square does (default: stretch)",
    )
    need("--batch", type=int, default=32, help="pictures per step (default: 32)")
    need("--per-clip", type=int, help="use only so many pictures of each clip: for a quick try")
    need("--no-boxes", action="store_true", help="train as if no box were known")
    need(
        "--side",
        type=int,
        help="train the static opponent instead: one encoder on the whole view at this side. By fold, and with "
        "--epochs, it learns as long as the network; with --minutes it gets the same time, in which it learns less",
    )
    need(
        "--bf16",
        action="store_true",
        help="train the encoders in bfloat16: up to 1.6 times faster where the processor multiplies it (AVX-512 BF16, "
        "AMX), slower elsewhere; --dry-run tells",
    )
    need("--checkpoint-every", type=int, default=50, help="steps between checkpoints (default: 50)")
    need("--fresh", action="store_true", help="start over, forgetting the checkpoints of this model")
    need("--dry-run", action="store_true", help="read the pictures, measure, print the plan, and stop")


def _page(command: argparse.ArgumentParser, mark: str) -> None:
    begin, end = marks(mark)
    command.add_argument(
        "--page",
        type=Path,
        action="append",
        default=[],
        help=f"put the tables into this Markdown file, between {begin} and {end}; may be given again for another",
    )


def _cost(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cost",
        action="append",
        default=[],
        metavar="UNIT=GLANCE,FOCUS[,...]",
        help="cost of the looks, e.g. cpu-ms=1.4,1.6 or multiply-adds=73e6,74e6; the last number stands for all later "
        "looks. The first --cost is what the points are solved for; without any, looks are counted",
    )


def main(arguments: list[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    if given.command == "tiny":
        from saccade_training.toy import write_tiny

        digest = write_tiny(given.out, given.seed, reference=given.reference, patch=given.patch)
        print(f"wrote {given.out}, manifest sha256 {digest}")
        return 0
    if given.command == "import":
        return published.run(given)
    from saccade_training import commands  # torch and ONNX Runtime take seconds, which --help need not wait for

    known = {
        "plot": commands.plot,
        "compare": commands.compare,
        "calibrate": commands.calibrate,
        "quantise": commands.quantise,
    }
    if given.command in known:
        try:
            return known[given.command](given)
        except (ValueError, OSError) as problem:
            print(f"saccade_training: {problem}", file=sys.stderr)
            return 2
    return commands.train(given, sys.argv[1:] if arguments is None else arguments)
