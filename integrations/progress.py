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


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr for work whose size is known, only when somebody watches; told how much is done, of how much."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
