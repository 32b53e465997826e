"""A sign of life during long work, on stderr, for people only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.1


@contextmanager
def progress(what: str) -> Iterator[Callable[[str, int], None]]:
    """A counter on stderr while work goes on, only when somebody watches."""
    if not sys.stderr.isatty():
        yield lambda source, count: None
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    with console.status(what) as status:
        shown = 0.0

        def tick(source: str, count: int) -> None:
            nonlocal shown
            if time.monotonic() - shown >= _EVERY:
                shown = time.monotonic()
                status.update(f"{what}: {count}  [dim]{source[-60:]}[/dim]")

        yield tick
