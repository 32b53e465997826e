"""Vectors in a memory-mapped file, to be compared one by one: exact, and quick for some ten thousand.

Any number of processes read it; whoever finds it behind appends what is newer. It is made from the
vectors of the catalogue's database, and can be deleted at any time.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from integrations.places import Kept
from knowledge.errors import StoreError
from knowledge.ports import Vector

_AT_ONCE = 16_384
# Reading every row in order is cheaper than gathering a fifth of them.
_MANY = 5

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


class Matrix:
    """Rows of 32-bit floats, each known by its number; numbers grow from row to row."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open what is in the folder; what does not fit together is dropped. Raises StoreError."""
        self._folder = folder
        self._dimension = dimension
        self._lock = FileLock(folder.with_suffix(".lock"))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except OSError as error:
            raise StoreError(f"{folder} cannot be used: {error.strerror or error}") from None

    def _open(self) -> None:
        """Map the rows that are whole: a row counts once its number is written, which comes last."""
        numbers, rows = self._folder / "numbers", self._folder / "rows"
        found = np.fromfile(numbers, np.int64) if numbers.exists() and rows.exists() else np.empty(0, np.int64)
        if found.size and rows.stat().st_size < found.size * self._dimension * 4:
            numbers.unlink()
            found = np.empty(0, np.int64)
        shape = (found.size, self._dimension)
        mapped = np.memmap(rows, np.float32, "r", shape=shape) if found.size else np.empty(shape, np.float32)
        # At once: other threads compare while this one brings rows in.
        self._mapped = found, np.asarray(mapped)

    @property
    def last(self) -> int:
        """The largest number there is; 0 in an empty matrix."""
        numbers, _ = self._mapped
        return int(numbers[-1]) if numbers.size else 0

    def __len__(self) -> int:
        """How many rows there are."""
        numbers, _ = self._mapped
        return int(numbers.size)

    def append(self, newer: Callable[[int], Sequence[Kept]]) -> None:
        """Take in what is newer than the last row. Raises StoreError."""
        try:
            with self._lock:
                self._open()
                while some := newer(self.last):
                    self._write(some)
                    self._open()
        except OSError as error:
            raise StoreError(f"{self._folder} cannot be written: {error.strerror or error}") from None

    def _write(self, some: Sequence[Kept]) -> None:
        _put(self._folder / "rows", len(self) * self._dimension * 4, b"".join(each.vector for each in some))
        _put(self._folder / "numbers", len(self) * 8, np.array([each.number for each in some], np.int64).tobytes())

    def start_over(self) -> None:
        """Drop all rows; processes that have them mapped keep them until they open it again."""
        with self._lock:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open()

    def scores(self, numbers: Numbers, vector: Vector) -> Scores:
        """The cosine of a vector with each numbered row; minus infinity where there is no such row."""
        known, rows = self._mapped
        if not (known.size and numbers.size):
            return np.full(numbers.size, -np.inf, np.float32)
        places = np.searchsorted(known, numbers).clip(max=known.size - 1)
        scores = _products(rows, places, np.frombuffer(vector, np.float32))
        scores[known[places] != numbers] = -np.inf
        return scores


def _products(rows: Scores, places: Numbers, asked: Scores) -> Scores:
    if places.size * _MANY > len(rows):
        every: Scores = rows @ asked
        return every[places]
    parts = [rows[places[at : at + _AT_ONCE]] @ asked for at in range(0, places.size, _AT_ONCE)]
    return np.concatenate(parts)


def _put(path: Path, at: int, what: bytes) -> None:
    """Write at a place, over what a process that died may have left there."""
    path.touch()
    with path.open("r+b") as file:
        file.seek(at)
        file.truncate()
        file.write(what)
