"""`coach review`: what it takes; what it does is in review_commands.py, and loads only when it is asked for."""

import argparse
from pathlib import Path

HELP = "what waits for coaches, what they said, what the library cannot answer"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be typed after `coach review`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    stats = what.add_parser("stats", help="volume, coverage, approval, agreement, documents in numbers")
    stats.add_argument("--csv", type=Path, metavar="FILE", help="write them as a table, section,name,value,low,high")
    _since(stats, 30)
    _since(what.add_parser("gaps", help="what was asked and not answered well, put together"), 30)
    export = what.add_parser("export", help="write what verdicts propose as benchmark questions, as JSONL")
    export.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to write it (default: the screen)")
    export.add_argument("--confidential", action="store_true", help="also text that is not for everyone")
    what.add_parser("queue", help="what waits for a coach, oldest first")
    what.add_parser("digest", help="the last seven days in plain lines")
    for each in what.choices.values():
        each.add_argument(
            "--as", dest="person", default="", metavar="PERSON", help="whose rights to use (default: counts only)"
        )
        each.add_argument("--json", action="store_true", help="print JSON instead of text")


def _since(parser: argparse.ArgumentParser, days: int) -> None:
    parser.add_argument("--since", type=_days, default=days, metavar="DAYS", help=f"of the last so many days ({days})")


def _days(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 36_500:
        raise argparse.ArgumentTypeError("must be a number of days")
    return int(raw)
