"""What the policy costs a search: 100,000 passages open to all, and the same with the audiences of 200 groups."""

import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.access import ANYONE, Reader
from knowledge.library import Library
from tests.benchmarks import synthetic
from tests.benchmarks.shared import Line, Number, Table, coach, quantile, write_lines

_DOCUMENTS, _FILES = 25_000, 10
_GROUPS, _OWN, _BESIDE = 200, 10, 5
_OPEN = 0.5
_QUESTIONS = 300
_WARM_UP = 20


def measure(folder: Path, documents: int = _DOCUMENTS) -> list[Number]:
    """Make both libraries, and search them with the same questions in turn."""
    closed = library(Settings(home=_made(folder / "closed", documents, audiences=True)))
    public = library(Settings(home=_made(folder / "public", documents, audiences=False)))
    readers = {"open to all, anyone": (public, ANYONE), "200 groups, alone": (closed, _reader(0))}
    readers |= {"200 groups, beside five": (closed, _reader(0).among(map(_reader, range(1, 1 + _BESIDE))))}
    readers |= {"open to all, beside five": (public, readers["200 groups, beside five"][1])}
    times = _times(readers)
    table = Table(("search, ms of wall time", "p50", "p95"))
    for name, taken in times.items():
        table.add(name, quantile(taken, 0.5), quantile(taken, 0.95))
    table.show()
    plain, guarded = (quantile(times[each], 0.5) for each in ("open to all, anyone", "200 groups, beside five"))
    return [
        Number("passages", public.counts().passages, at_least=100_000 if documents >= _DOCUMENTS else None),
        Number("search open to all, p50", plain, "ms"),
        Number("search by a reader of ten groups beside five, p50", guarded, "ms"),
        Number("policy adds, p50", guarded - plain, "ms", at_most=5),
    ]


def _made(home: Path, documents: int, audiences: bool) -> Path:
    folder = home.with_name(f"{home.name}-made")
    lines = _with_audiences(documents) if audiences else synthetic.documents(documents)
    for number in range(_FILES):
        write_lines(folder / f"made-{number:02}.jsonl", islice(lines, documents // _FILES))
    coach(home, "ingest", folder, "--json")
    return home


def _with_audiences(documents: int) -> Iterator[Line]:
    """Half are for everyone, the others for one to three of the groups."""
    chance = random.Random(7)
    for line in synthetic.documents(documents):
        named = [f"group {chance.randrange(_GROUPS)}" for _ in range(chance.randint(1, 3))]
        yield line if chance.random() < _OPEN else line | {"audience": named}


def _reader(number: int) -> Reader:
    """A person of ten groups; two are those of the person before."""
    first = number * (_OWN - 2)
    return Reader(f"person {number}", frozenset(f"group {(first + each) % _GROUPS}" for each in range(_OWN)))


def _times(readers: dict[str, tuple[Library, Reader]]) -> dict[str, list[float]]:
    questions = synthetic.questions(_QUESTIONS)
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number, text in enumerate([*questions[:_WARM_UP], *questions]):
        for name, (over, reader) in readers.items():
            started = time.perf_counter()
            over.search(text, reader)
            if number >= _WARM_UP:
                times[name].append(1000 * (time.perf_counter() - started))
    return times
