"""How long a person waits for one command on the starter library."""

from collections.abc import Callable

from tests.benchmarks.shared import SAMPLES, Number, Place, Ran, Table, coach, quantile

_TIMES = 5
_QUESTION = "How do we win back a key account that went quiet?"


def measure(place: Place) -> list[Number]:
    """The best of five, each in a new process; the disk's cache is warm."""
    first = coach(place.fresh("samples"), "ingest", SAMPLES, "--json")
    home = place.work / "samples"
    commands: dict[str, tuple[Callable[[], Ran], float | None]] = {
        "coach --help": (lambda: coach(home, "--help"), 0.4),
        "coach ask": (lambda: coach(home, "ask", _QUESTION), 1.5),
        "coach search": (lambda: coach(home, "search", _QUESTION), None),
        "coach ingest, unchanged": (lambda: coach(home, "ingest", SAMPLES), None),
    }
    table = Table(("command", "best s", "median s", "CPU s", "peak MB"))
    numbers = [Number("coach ingest, the first time", first.wall, "s")]
    for name, (command, limit) in commands.items():
        ran = [command() for _ in range(_TIMES)]
        best = min(each.wall for each in ran)
        least = min(each.cpu for each in ran)
        table.add(name, best, quantile((each.wall for each in ran), 0.5), least, max(each.peak for each in ran))
        numbers.append(Number(name, best, "s", at_most=limit))
    table.show()
    return numbers
