"""Vectors: each passage embedded once, through twenty kills too, and what a search of both arms costs."""

import random
import sqlite3
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.ports import Embedded
from tests.benchmarks import synthetic
from tests.benchmarks.shared import (
    COACH,
    Line,
    Number,
    Place,
    Table,
    coach,
    environment,
    percent,
    quantile,
    run,
    write_lines,
)
from tests.fakes.openai_server import Server, running

_KILLS, _READING, _FURTHER = 20, 2, 1000
_DOCUMENTS, _MANY_DOCUMENTS = 5_200, 25_000
_FILES = 20
_QUESTIONS = 210
_AT_ONCE = 500


def measure(place: Place) -> list[Number]:
    """Embed 20,000 passages, once undisturbed and once killed twenty times; then search 100,000."""
    with running(dimensions=384) as server:
        made = _written(place.work / "dense-made", synthetic.documents(_DOCUMENTS), _DOCUMENTS)
        return [
            *_undisturbed(_Trial(place.work / "dense", server), made),
            *_killed(_Trial(place.work / "dense-killed", server), made),
            *_searched(place.work / "dense-large", server),
        ]


def _written(folder: Path, lines: Iterator[Line], count: int) -> Path:
    """Bulk files, so that a kill loses the reading of one at most."""
    for number in range(_FILES):
        write_lines(folder / f"made-{number:02}.jsonl", islice(lines, count // _FILES))
    return folder


class _Trial:
    """A folder with a home and the settings of the fake embedder, and what that was asked from then on."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.server = server
        folder.mkdir(parents=True, exist_ok=True)
        named = {"embedder": server.embedding_models[0], "embedder_url": server.url, "embedder_key": server.key}
        self.settings = Settings(home=self.home, **named)
        (folder / "coach.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in named.items()))
        server.reset()

    def asked(self) -> tuple[int, int]:
        """How many requests the embedder had, and how many texts were in them."""
        requests = list(self.server.requests)
        return len(requests), sum(len(each.inputs) for each in requests)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What is in the catalogue, read past our own code."""
        with sqlite3.connect(self.home / "catalogue.sqlite") as catalogue:
            return catalogue.execute(query).fetchall()

    def kept(self) -> int:
        """How many vectors there are."""
        try:
            return len(self.rows("SELECT number FROM vectors"))
        except sqlite3.OperationalError:
            return 0

    def digests(self) -> tuple[list[object], list[object]]:
        """The digests of all passages' texts, each once, and those of all vectors."""
        return (
            [row[0] for row in self.rows("SELECT DISTINCT digest FROM passages ORDER BY 1")],
            [row[0] for row in self.rows("SELECT digest FROM vectors ORDER BY 1")],
        )


def _undisturbed(trial: _Trial, made: Path) -> list[Number]:
    first = coach(trial.home, "ingest", made, "--json", expect=(0,))
    requests, texts = trial.asked()
    again = coach(trial.home, "ingest", made, "--json", expect=(0,))
    wanted, kept = trial.digests()
    return [
        Number("passages to embed", first.lines()[-1]["passages"], at_least=20_000),
        Number("first ingest, wall", first.wall, "s"),
        Number("first ingest, requests", requests),
        Number("texts embedded more than once", texts - len(wanted), at_most=0),
        Number("texts without a vector, or vectors without a text", len(set(wanted) ^ set(kept)), at_most=0),
        Number("second ingest, embedding requests", trial.asked()[0] - requests, at_most=0),
        Number("second ingest, wall", again.wall, "s"),
    ]


def _killed(trial: _Trial, made: Path) -> list[Number]:
    """Twenty runs that are killed: three while they read, the others each a thousand vectors further."""
    chance = random.Random(11)
    table = Table(("killed at vectors", "running", "texts sent", "vectors kept"))
    hit = 0
    for turn in range(_KILLS):
        enough = max(turn - _READING, 0) * _FURTHER
        still_running = _kill(trial, made, enough, chance.uniform(0, 0.5) if enough else chance.uniform(1.5, 4.5))
        hit += still_running
        table.add(enough, "yes" if still_running else "no", trial.asked()[1], trial.kept())
    table.show()
    last = coach(trial.home, "ingest", made, "--json", expect=(0,))
    wanted, kept = trial.digests()
    texts = trial.asked()[1]
    return [
        Number("kills", _KILLS, at_least=20),
        Number("kills that hit a running ingest", hit),
        Number("killed: passages in the end", last.lines()[-1]["passages"], at_least=20_000),
        Number("killed: texts without a vector", len(set(wanted) - set(kept)), at_most=0),
        Number("killed: vectors twice or for nothing", len(kept) - len(wanted), at_most=0),
        Number("killed: Chroma and the vectors disagree on", len(_in_chroma(trial) ^ set(wanted)), at_most=0),
        Number("killed: texts embedded twice", texts - len(wanted)),
        Number("killed: share embedded twice", percent(texts - len(wanted), len(wanted)), "%", at_most=1.0),
    ]


def _kill(trial: _Trial, made: Path, enough: int, later: float) -> bool:
    """Start an ingest and kill it some seconds after so many vectors are there; whether it was still running."""
    command = [COACH, "ingest", made, "--json"]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=environment(trial.home), cwd=trial.folder, stdout=silent, stderr=silent, stdin=silent
    )
    while trial.kept() < enough and process.poll() is None:
        time.sleep(0.05)
    time.sleep(later)
    still_running = process.poll() is None
    process.kill()
    process.wait()
    return still_running


def _in_chroma(trial: _Trial) -> set[str]:
    """The ids in the one collection of Chroma, by its own client."""
    import chromadb

    with chromadb.PersistentClient(trial.home / "chroma") as client:
        (collection,) = client.list_collections()
        return set(collection.get(include=[])["ids"])


def _searched(folder: Path, server: Server) -> list[Number]:
    """100,000 passages, one in a hundred open to one reader, all to the other."""
    made = _written(folder / "made", _guarded(synthetic.documents(_MANY_DOCUMENTS)), _MANY_DOCUMENTS)
    passages = coach(folder / "home", "ingest", made, "--json", expect=(0,)).lines()[-1]["passages"]
    # Only from here on there is an embedder.
    trial = _Trial(folder, server)
    filled = _filled(trial)
    questions = write_lines(folder / "asked.jsonl", ({"question": q} for q in synthetic.questions(_QUESTIONS)))
    numbers = [Number("many: passages", passages, at_least=100_000), Number("many: Chroma filled in", filled, "s")]
    for person, sees in (("all", "100 %"), ("few", "1 %")):
        searcher = [sys.executable, "-m", "tests.benchmarks.dense_searcher", folder, questions, person]
        numbers += _search_numbers(sees, run(searcher, trial.home).lines()[-1])
    return numbers


def _guarded(lines: Iterator[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        yield line | {"audience": ["all", "few"] if number % 100 == 0 else ["all"]}


def _filled(trial: _Trial) -> float:
    """Give every passage its vector without the way over HTTP; seconds that the index took to take them in."""
    dense = library(trial.settings).dense
    assert dense is not None
    vectors, name = dense.vectors, dense.embedder.name
    vectors.begin(name)
    while missing := vectors.missing(name, _AT_ONCE):
        made = trial.server.embedder.embed(list(missing.values()))
        kept = (Embedded(array("f", each)) for each in made)
        vectors.keep(name, dict(zip(missing, kept, strict=True)))
    started = time.perf_counter()
    why_not = dense.catch_up(lambda _what, _count: None, 10.0)
    assert not why_not, why_not
    return time.perf_counter() - started


def _search_numbers(reader: str, searched: Line) -> Sequence[Number]:
    return (
        Number(f"reader of {reader}: searches that vectors took part in", searched["fused"], at_least=_QUESTIONS - 10),
        Number(f"reader of {reader}: search, CPU p50", quantile(searched["cpu"], 0.5), "ms", at_most=60),
        Number(f"reader of {reader}: search, CPU p95", quantile(searched["cpu"], 0.95), "ms"),
        Number(f"reader of {reader}: search, wall p50", quantile(searched["wall"], 0.5), "ms"),
        Number(f"reader of {reader}: resident memory", searched["resident"], "MB"),
    )
