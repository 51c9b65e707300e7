"""What --help shows can be typed."""

import argparse
import shlex

import pytest

from saccade_training.cli import parser

COMMANDS = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)).choices


def examples(command: str) -> list[list[str]]:
    """The arguments that the command's own examples give it; `$f` of a shell's loop is 1."""
    lines = (COMMANDS[command].epilog or "").replace("\\\n", "").replace("$f", "1").splitlines()
    starts = (f"./saccade model {command} ", f"python -m saccade_training {command} ")
    return [shlex.split(line)[len(shlex.split(start)) - 1 :]
            for line in lines for start in starts if line.strip().startswith(start)]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_examples_that_it_accepts(command):
    assert examples(command)
    for given in examples(command):
        assert parser().parse_args(given).command == command
