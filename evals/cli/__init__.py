"""`coach`, with the commands of evaluation added: the only part of evals that sees integrations."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from integrations import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `coach`. Returns its exit status; `coach eval gate` returns 1 when the gate is shut."""
    return cli.main(arguments, cli.Command("eval", "measure how good the answers are", _arguments, _run))


def _run(options: argparse.Namespace) -> int:
    from evals.cli import commands

    return int(getattr(commands, options.what)(options))


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _check(what.add_parser("check", help="prove that the questions can be trusted"))
    _begin(what.add_parser("run", help="ask all questions, keep and score the answers"))
    for each in what.choices.values():
        each.add_argument("--json", action="store_true", help="print JSON instead of text")


def _set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "set", nargs="?", type=Path, metavar="SET", help="a .jsonl file or a folder of them (default: the shipped one)"
    )


def _check(parser: argparse.ArgumentParser) -> None:
    _set(parser)


def _begin(parser: argparse.ArgumentParser) -> None:
    _set(parser)
    parser.add_argument("--name", default="", help="what to call the run (default: the day and a number)")
    parser.add_argument("--limit", type=_count, metavar="K", help="only the first K questions of each category")
    parser.add_argument("--parallel", type=_count, metavar="P", help="how many questions at once (1; with a model 4)")
    parser.add_argument("--plain", action="store_true", help="only as written, without the variants for robustness")


def _count(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 100_000:
        raise argparse.ArgumentTypeError("must be a number from 1")
    return int(raw)
