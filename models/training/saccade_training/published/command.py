"""`saccade model import`: from a published checkpoint to a bundle."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  # a published checkpoint, which says itself what it is
  ./saccade model import mobilenetv3_large_100_patch_size_96.pth.tar --out imagenet --classes imagenet-classes.txt

  # one that the authors' training script wrote: it has no thresholds, so give pictures to solve them on
  ./saccade model import model_best.pth.tar --backbone resnet50 --patch 96 --steps 5 --out mine \\
      --classes classes.txt --data held-out-pictures

See docs/imagenet-checkpoints.md.
"""


def add_parser(commands) -> None:
    command = commands.add_parser(
        "import",
        help="make a bundle of a checkpoint that GFNet's authors published",
        description="Makes a bundle of a checkpoint that the authors of the Glance-and-Focus Network published, or "
        "that their training script wrote. Nothing in the file is run.",
        epilog=EXAMPLES,
    )
    need = command.add_argument
    need("checkpoint", type=Path, help="the .pth.tar file")
    need("--out", type=Path, required=True, help="the bundle to write; its folder name is the default --id")
    need(
        "--backbone",
        help="resnet50, densenet121, densenet169, densenet201, regnety_600m, regnety_800m, regnety_1.6g, "
        "mobilenetv3_large_100, mobilenetv3_large_125, efficientnet_b2, efficientnet_b3 (default: what the file says)",
    )
    need("--patch", type=int, help="side of a look, P: 96, 128 or 144 (default: what the file says)")
    need("--steps", type=int, help="most looks, the glance counted (default: what the file says)")
    need("--classes", type=Path, help="a text file with a class name per line, in the order of the network's outputs")
    need("--data", type=Path, help="folder with a folder of pictures per class: solve the thresholds on these instead")
    need("--points", type=int, default=16, help="operating points on a frontier solved on --data (default: 16)")
    need("--id", help="the model's name on the wire (default: the folder name of --out)")
    need("--version", default="1.0.0", help="the model's version (default: 1.0.0)")
    need("--description", help="one line about the model")
    need(
        "--licence",
        default="not stated (GFNet's code is Apache-2.0, its weights come without a licence of their own)",
        help="terms of the weights",
    )


def run(given: argparse.Namespace) -> int:
    from saccade_training.published.importing import import_checkpoint  # torch takes seconds, --help need not wait

    try:
        import_checkpoint(given, say=lambda line: print(line, flush=True))
    except (ValueError, OSError) as problem:
        print(f"saccade_training: {problem}", file=sys.stderr)
        return 2
    return 0
