"""`coach serve`: the console, until it is stopped."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from integrations.cli import Command

if TYPE_CHECKING:
    from integrations.review.agreement import Measures


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, metavar="N", help="where to listen (COACH_WEB_PORT, 8800)")
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="with sign-in: the address to listen at")
    parser.add_argument(
        "--as", dest="person", default="", metavar="PERSON", help="without sign-in: whose rights to use"
    )


def _port(raw: str) -> int:
    if not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise argparse.ArgumentTypeError("must be a number from 1 to 65535")
    return int(raw)


def command(measures: Callable[[], "Measures"]) -> Command:
    """The command; the measures of how far coaches agree are made elsewhere."""

    def serve(options: argparse.Namespace) -> int:
        from integrations import bootstrap, commands

        settings, library = commands.opened()
        bootstrap.run_console(settings, library, options.host, options.port, options.person, measures())
        return commands.DONE

    return Command("serve", "open the console in a browser", _arguments, serve)
