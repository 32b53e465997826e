"""`coach`, with the commands of evaluation added: the only part of evals that sees integrations."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from integrations import cli
from integrations.review import command as review_command
from integrations.web import command as web

if TYPE_CHECKING:
    from integrations.review.agreement import Measures

# Where a command is that is not in commands.py.
_MODULES = {
    "retrieval": "outside",
    "matrix": "matrix",
    "compare": "comparing",
    "gate": "comparing",
    "baseline": "comparing",
    "agree": "comparing",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `coach`. Returns its exit status; `coach eval gate` returns 1 when the gate is shut."""
    return cli.main(
        arguments,
        cli.Command("eval", "measure how good the answers are", _arguments, _run),
        cli.Command("review", review_command.HELP, review_command.arguments, _review),
        web.command(_measures),
    )


def _run(options: argparse.Namespace) -> int:
    from importlib import import_module

    module = _MODULES.get(options.what, "commands")
    return int(getattr(import_module(f"evals.cli.{module}"), options.what)(options))


def _review(options: argparse.Namespace) -> int:
    from integrations.review import commands as review_commands

    return int(getattr(review_commands, options.what)(options, _measures()))


def _measures() -> "Measures":
    """How far coaches agree, by the measures that are made here."""
    from evals.agreement import alpha, kappa
    from integrations.review.agreement import Measures

    return Measures(kappa, alpha)


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _check(what.add_parser("check", help="prove that the questions can be trusted"))
    _begin(what.add_parser("run", help="ask all questions, keep and score the answers"))
    what.add_parser("runs", help="show the runs there are")
    _report(what.add_parser("report", help="write a run as a page, as Markdown or JSON"))
    outside = what.add_parser("retrieval", help="search for the questions of outside sets")
    outside.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="JSONL files of questions, and of documents"
    )
    _matrix(what.add_parser("matrix", help="run the same questions with several settings"))
    _compare(what.add_parser("compare", help="say what changed from one run to another, and how sure that is"))
    _gate(what.add_parser("gate", help="say whether a run may be released; exit 1 if not"))
    kept = what.add_parser("baseline", help="write a run as the file that later ones are held against")
    _named(kept)
    kept.add_argument("--to", type=Path, required=True, metavar="FILE", help="a .json file, to be committed")
    agree = what.add_parser("agree", help="say how far the judge of a run agrees with coaches")
    agree.add_argument("run", metavar="RUN", help="the name of a run that was judged")
    agree.add_argument("labels", type=Path, metavar="LABELS", help="JSONL: {item, claim, coach, verdict}")
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


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="", metavar="RUN", help="the name of a run (default: the newest)")


def _compare(parser: argparse.ArgumentParser) -> None:
    for name in ("before", "after"):
        parser.add_argument(name, metavar=name.upper(), help="the name of a run, or a baseline file")
    parser.add_argument("--all", action="store_true", help="every slice, not only those that differ")
    parser.add_argument("--judge", action="store_true", help="ask the judge which answers help more")


def _gate(parser: argparse.ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--against", required=True, metavar="BASELINE", help="a baseline file, or the name of a run")


def _report(parser: argparse.ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to write it (default: beside the run)")
    parser.add_argument("--format", choices=("html", "md", "json"), default="html")


def _matrix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="SETTINGS", help="files like coach.toml, two or more")
    parser.add_argument("--set", type=Path, metavar="SET", help="a .jsonl file or a folder of them")
    parser.add_argument("--limit", type=_count, metavar="K", help="only the first K questions of each category")
    parser.add_argument("--parallel", type=_count, metavar="P", help="how many questions at once (1; with a model 4)")


def _count(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 100_000:
        raise argparse.ArgumentTypeError("must be a number from 1")
    return int(raw)
