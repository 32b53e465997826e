"""The nearest passages that a reader may read.

Few passages are compared one by one, which is exact and cheaper than a filtered search of Chroma. Of many,
Chroma names more than are wanted and the catalogue says which of them are for this reader; what Chroma has
not taken in yet is compared one by one. Every arm can be missing: comparing all is slower, never wrong.
"""

import logging
import shutil
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from integrations.chroma_index import ChromaIndex
from integrations.matrix import Matrix, Numbers
from integrations.places import Place, Places, Stamp
from knowledge.access import Reader
from knowledge.errors import EmbedderError, StoreError
from knowledge.ports import Progress, Vector

log = logging.getLogger(__name__)

# Passages that are compared one by one even where Chroma is at hand: ten milliseconds at 384 numbers each.
_FEW = 20_000
# How many Chroma names: twice what is wanted, more where a reader may read less.
_LEAST, _MOST = 100, 2000
# How many vectors Chroma may lack before a process that owns it gives them to it.
_LAG = 1000
_AT_ONCE = 2000
# Chroma that failed is asked again after so many seconds.
_REST = 30.0
# Rows that no vector stands behind any more stay until they are this many.
_STALE_SHARE, _STALE = 1.3, 1000

Audiences = frozenset[str]


class _View:
    """Vectors and who may read them, as things stand at one moment."""

    def __init__(self, stamp: Stamp, places: Places, matrix: Matrix) -> None:
        self.stamp = stamp
        self._places = places
        self._matrix = matrix
        self._groups = places.groups()
        self.read_by = lru_cache(maxsize=256)(self._read_by)
        self.open_to = lru_cache(maxsize=32)(self._open_to)
        self.since = lru_cache(maxsize=1)(self._since)

    def _read_by(self, reader: Reader) -> Audiences:
        return frozenset(each.raw for each in self._groups if reader.may_read(each.audience))

    def size(self, audiences: Audiences) -> int:
        """How many passages have one of these audiences."""
        return sum(each.size for each in self._groups if each.raw in audiences)

    @property
    def total(self) -> int:
        """How many passages there are."""
        return sum(each.size for each in self._groups)

    def _open_to(self, audiences: Audiences) -> "_Rows":
        every = (self._places.read_by(self.stamp.embedder, each) for each in sorted(audiences))
        return _Rows.of(chain.from_iterable(every))

    def _since(self, number: int) -> Sequence[Place]:
        return self._places.since(self.stamp.embedder, number)

    def of_digests(self, digests: Sequence[str]) -> Iterable[Place]:
        """The places of some vectors."""
        return self._places.of_digests(self.stamp.embedder, digests)

    def cosines(self, passages: Collection[str], vector: Vector) -> dict[str, float]:
        """Those of the passages that have vectors."""
        rows = _Rows.of(self._places.of_passages(self.stamp.embedder, list(passages)))
        return rows.best(self._matrix.scores(rows.numbers, vector), len(passages))

    def best(self, rows: "_Rows", vector: Vector, limit: int) -> dict[str, float]:
        """The nearest of some rows, with their cosines."""
        return rows.best(self._matrix.scores(rows.numbers, vector), limit)


class _Rows:
    """Passages and the numbers of their vectors."""

    def __init__(self, numbers: Numbers, passages: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> None:
        self.numbers = numbers
        self.passages = passages

    @classmethod
    def of(cls, places: Iterable[Place]) -> "_Rows":
        ordered = sorted(places)
        numbers = np.array([each.number for each in ordered], np.int64)
        return cls(numbers, np.array([each.passage for each in ordered], np.object_))

    def best(self, scores: "np.ndarray[tuple[int], np.dtype[np.float32]]", limit: int) -> dict[str, float]:
        """The rows with the highest scores; those without a vector are none."""
        places = np.argpartition(-scores, limit)[:limit] if scores.size > limit else np.arange(scores.size)
        return {self.passages[at]: float(scores[at]) for at in places if np.isfinite(scores[at])}


class Nearest:
    """Implements knowledge.ports.DenseIndex over what `Places` reads, a matrix in `home`, and Chroma.

    Up to `few` passages are compared one by one though Chroma is at hand; it may lack `lag` vectors for a while.
    """

    def __init__(self, places: Places, chroma: ChromaIndex, home: Path, few: int = _FEW, lag: int = _LAG) -> None:
        self._few, self._lag = few, lag
        self._places = places
        self._chroma = chroma
        self._folder = home / "vectors"
        self._whose = f"coach-{places.identity()[:8]}-"
        self._view: _View | None = None
        self._matrices: dict[str, Matrix] = {}
        self._looking, self._updating = threading.Lock(), threading.Lock()
        self._trusted_from = float("-inf")

    def take_over(self) -> None:
        """Open Chroma for as long as this process lives. Raises StoreError when another process has it."""
        if not self._chroma.acquire():
            raise StoreError(
                f"another process owns {self._chroma.where}: stop it, or have all of them use one"
                " Chroma server (COACH_CHROMA_URL)"
            )

    def search(self, vector: Vector, reader: Reader, limit: int, beside: Collection[str]) -> dict[str, float]:
        """Cosines by passage: of the best that this reader may read, and of those `beside` that have a vector."""
        view = self._current()
        if view is None:
            return {}
        if len(vector) != view.stamp.dimension:
            raise EmbedderError("the embedder gives other vectors than before: run coach reindex to embed anew")
        audiences = view.read_by(reader)
        near = self._by_chroma(view, audiences, vector, limit)
        if near is None:
            near = view.best(view.open_to(audiences), vector, limit)
        return near | view.cosines([each for each in beside if each not in near], vector)

    def _current(self) -> _View | None:
        """The view of the embedder in force; a new one as soon as anything changed."""
        stamp = next((each for each in self._places.stamps() if each.in_force and each.dimension), None)
        if stamp is None:
            return None
        with self._looking:
            if self._view is None or self._view.stamp != stamp:
                self._view = _View(stamp, self._places, self._brought_up(stamp))
            return self._view

    def _brought_up(self, stamp: Stamp) -> Matrix:
        name = self._name(stamp)
        if name not in self._matrices:
            self._matrices[name] = Matrix(self._folder / name, stamp.dimension)
        matrix = self._matrices[name]
        if matrix.last < stamp.newest:
            matrix.append(lambda number: self._places.newer(stamp.embedder, number, _AT_ONCE))
        return matrix

    def _name(self, stamp: Stamp) -> str:
        """The folder or collection of an embedder's vectors; servers are shared, so it says whose they are."""
        return f"{self._whose}{stamp.embedder}-{stamp.dimension}"

    def _by_chroma(self, view: _View, audiences: Audiences, vector: Vector, limit: int) -> dict[str, float] | None:
        """The same as comparing all, most likely; None when that is cheaper or Chroma cannot say."""
        size = view.size(audiences)
        if not self._chroma.held or size <= self._few or time.monotonic() < self._trusted_from:
            return None
        wanted = max(_LEAST, 2 * limit * view.total // size)
        if wanted > _MOST:
            return None
        try:
            return self._named(view, audiences, vector, wanted, limit)
        except StoreError as error:
            log.warning("searching without Chroma for a while: %s", error)
            self._trusted_from = time.monotonic() + _REST
            return None

    def _named(
        self, view: _View, audiences: Audiences, vector: Vector, wanted: int, limit: int
    ) -> dict[str, float] | None:
        name = self._name(view.stamp)
        lacking = view.since(self._chroma.reach(name))
        if len(lacking) > self._lag:
            self._update_later(view.stamp)
        if len(lacking) > self._few:
            return None
        named = view.of_digests(self._chroma.near(name, vector, wanted))
        found = [each for each in {*named, *lacking} if each.audience in audiences]
        return view.best(_Rows.of(found), vector, limit) if len(found) >= limit else None

    def _update_later(self, stamp: Stamp) -> None:
        """Give Chroma what it lacks while searches go on; once at a time."""

        def run() -> None:
            try:
                self._fill(stamp, lambda _what, _count: None)
            except StoreError as error:
                log.warning("Chroma lacks passages: %s", error)
            finally:
                self._updating.release()

        if self._updating.acquire(blocking=False):
            threading.Thread(target=run, daemon=True, name="chroma").start()

    def update(self, progress: Progress) -> None:
        """Take new vectors in and let go of those that went; Chroma is left to whoever owns it. Raises StoreError."""
        stamps = [each for each in self._places.stamps() if each.dimension]
        for each in stamps:
            matrix = self._brought_up(each)
            if len(matrix) > _STALE_SHARE * self._places.size(each.embedder) + _STALE:
                matrix.start_over()
                self._brought_up(each)
        held = self._chroma.held
        if self._chroma.acquire():
            try:
                for each in stamps:
                    self._fill(each, progress)
                self._chroma.drop_collections(self._whose, [self._name(each) for each in stamps])
            finally:
                if not held:
                    self._chroma.release()
        self._drop_folders({self._name(each) for each in stamps})

    def _fill(self, stamp: Stamp, progress: Progress) -> None:
        name = self._name(stamp)
        reach = self._chroma.reach(name)
        taken = 0
        while some := self._places.newer(stamp.embedder, reach, _AT_ONCE):
            self._chroma.take(name, some)
            reach = some[-1].number
            taken += len(some)
            progress("Chroma", taken)
        if self._chroma.size(name) > self._places.size(stamp.embedder):
            self._chroma.drop_all_but(name, frozenset(self._places.digests(stamp.embedder)))

    def _drop_folders(self, kept: Collection[str]) -> None:
        for each in self._folder.glob("*/") if self._folder.exists() else ():
            if each.name not in kept:
                self._matrices.pop(each.name, None)
                shutil.rmtree(each, ignore_errors=True)

    def start_over(self) -> None:
        """Drop the matrices and Chroma's collections. Raises StoreError when another process owns Chroma."""
        self.take_over()
        self._chroma.drop_collections(self._whose, ())
        self._drop_folders(())
        self._matrices.clear()
        self._view = None
