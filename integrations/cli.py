"""`coach`: the command line. What it accepts and prints is a contract (docs/command-line.md)."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError

DONE, WRONG_USE, SOME_FAILED = 0, 2, 3


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(WRONG_USE, f"coach: {message} (see `{self.prog} --help`)\n")


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a package further out adds to `coach`."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None, *added: Command) -> int:
    """Run one command. Returns the exit status: 0 done, 2 wrong usage or settings, 3 some documents failed."""
    options = _parser(added).parse_args(arguments)
    # A command ends before the collector would find anything; the bot, which stays, turns it on again.
    gc.disable()
    try:
        return _run(options, added)
    except (KnowledgeError, AssistantError) as error:
        print(f"coach: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("coach: stopped; what was finished is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # What is left to write at the end has nowhere to go either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(options: argparse.Namespace, added: Sequence[Command]) -> int:
    for command in added:
        if command.name == options.command:
            return command.run(options)
    if options.command in ("access", "audit", "erase"):
        from integrations import access_commands

        return int(getattr(access_commands, options.command)(options))
    from integrations import commands

    return int(getattr(commands, options.command)(options))


def _parser(added: Sequence[Command]) -> argparse.ArgumentParser:
    parser = _Parser(prog="coach", description="Cited answers to account-strategy questions.")
    parser.add_argument("--version", action="version", version="coach 0.1.0")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _ingest(commands.add_parser("ingest", help="read documents into the library"))
    _search(commands.add_parser("search", help="show the passages that fit a text"))
    _ask(commands.add_parser("ask", help="answer a question with cited passages"))
    for name, what in (("reindex", "build the search index anew"), ("doctor", "check settings, library and index")):
        _json(commands.add_parser(name, help=what))
    _access(commands.add_parser("access", help="say who may see what, and why"))
    _audit(commands.add_parser("audit", help="show who asked what, what was used and what was withheld"))
    erase = commands.add_parser("erase", help="forget what a person asked")
    erase.add_argument("person", metavar="PERSON", help="a name in people.yaml, or a Slack id")
    erase.add_argument("--yes", action="store_true", help="without asking first")
    _json(erase)
    slack = commands.add_parser("slack", help="answer in Slack, until stopped")
    slack.add_argument("what", nargs="?", choices=["manifest"], help="manifest: print the app manifest for Slack")
    slack.add_argument("--url", default="", help="with manifest: the public address of the bot in HTTP mode")
    slack.add_argument("--http", action="store_true", help="listen for Slack over HTTP instead of Socket Mode")
    slack.add_argument("--port", type=_port, metavar="N", help="where to listen with --http (COACH_SLACK_PORT, 3000)")
    for command in added:
        command.arguments(commands.add_parser(command.name, help=command.help))
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def _ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--kind", help="playbook, account_plan, case_history or reviewed_answer")
    parser.add_argument("--account", help="the account that the documents belong to")
    parser.add_argument(
        "--audience", action="append", metavar="NAME", help="who may read them (repeatable); public is everyone"
    )
    _json(parser)


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="what to look for")
    parser.add_argument("--top", type=_positive, default=10, metavar="N", help="how many passages (10)")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="a JSONL file of questions, one a line")
    _reader(parser)
    _json(parser)


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the question")
    parser.add_argument("--history", type=Path, metavar="FILE", help="JSON: [{role, text}, ...], what was said before")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="a JSONL file of questions, one a line")
    _reader(parser)
    _json(parser)


def _access(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    explain = what.add_parser("explain", help="who may read a document, and why")
    explain.add_argument("document", metavar="DOCUMENT", help="its id, source, file name or title")
    others = explain.add_mutually_exclusive_group()
    others.add_argument("--beside", nargs="+", default=[], metavar="PERSON", help="others who would see the answer")
    others.add_argument("--channel", default="", metavar="C", help="the id of a Slack channel: its members see it, too")
    check = what.add_parser("check", help="what a person may read; plans and audiences that look like slips")
    for each in (explain, check):
        _reader(each)
        _json(each)


def _audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", default="", metavar="PERSON", help="what this person asked: a name, or a Slack id")
    parser.add_argument("--document", default="", metavar="DOCUMENT", help="questions it was used for or withheld from")
    parser.add_argument("--since", type=_days, metavar="DAYS", help="in the last so many days")
    _json(parser)


def _reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="person", default="", metavar="PERSON", help="whose rights to use (default: public documents only)"
    )


def _positive(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 100:
        raise argparse.ArgumentTypeError("must be a number from 1 to 100")
    return int(raw)


def _days(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 36_500:
        raise argparse.ArgumentTypeError("must be a number of days")
    return int(raw)


def _port(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise argparse.ArgumentTypeError("must be a number from 1 to 65535")
    return int(raw)


if __name__ == "__main__":
    sys.exit(main())
