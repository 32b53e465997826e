"""Vectors without a model: texts that share words, or concepts, point the same way.

A text is a bag of its words (folded: width, case, simplified characters), Chinese by pairs of characters. Each word is
hashed to a few dimensions with signs, so unlike texts are near orthogonal, and the same text has the same vector in
every run. A word of a concept also adds its concept's direction, which carries paraphrases and other languages:
`concepts=[["churn", "流失"], ...]`.
"""

import base64
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy
from opencc import OpenCC

from .records import Vector

WORDS = re.compile(r"[a-z0-9]+")
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
SPREAD = 8
"""Dimensions a word is hashed to."""
CONCEPT, WORD, SMALL = 4.0, 1.0, 0.25
"""Weights of a concept, of a word or pair of characters, and of what carries little: short words, one character."""

_simplified = OpenCC("t2s")


def fold(text: str) -> str:
    sound = text.encode(errors="replace").decode()
    return str(_simplified.convert(unicodedata.normalize("NFKC", sound).lower()))


class Embedder:
    """Vectors of `dimensions`, each of length 1."""

    def __init__(self, dimensions: int = 384, concepts: Sequence[Sequence[str]] = ()) -> None:
        self.dimensions = dimensions
        groups = {fold(word): f"concept {place}" for place, words in enumerate(concepts) for word in words}
        self._concepts = groups
        self._finder = _finder(sorted(groups, key=len, reverse=True))

    def embed(self, inputs: Sequence[str | Sequence[int]], dimensions: int | None = None) -> list[Vector]:
        """A list of token ids is a text of unknown words: they are understood, but like nothing that has words."""
        made = numpy.stack([self._sketch(each) for each in inputs]) if inputs else numpy.zeros((0, self.dimensions))
        made = made[:, : dimensions or self.dimensions]
        lengths = numpy.linalg.norm(made, axis=1, keepdims=True)
        vectors: list[Vector] = (made / numpy.where(lengths == 0, 1, lengths)).astype("float32").tolist()
        return vectors

    def _sketch(self, given: str | Sequence[int]) -> Any:
        weights = dict(self._weights(given))
        seeds = numpy.array([_seed(word) for word in weights], dtype="uint64")
        strengths = numpy.fromiter(weights.values(), float, len(weights))
        hashed = _mixed(seeds[:, None] + numpy.arange(1, SPREAD + 1, dtype="uint64") * numpy.uint64(0x9E3779B97F4A7C15))
        places = (hashed >> numpy.uint64(1)) % numpy.uint64(self.dimensions)
        signed = numpy.where(hashed & numpy.uint64(1), 1.0, -1.0) * strengths[:, None]
        return numpy.bincount(places.ravel().astype(int), signed.ravel(), self.dimensions)

    def _weights(self, given: str | Sequence[int]) -> Iterator[tuple[str, float]]:
        words = self._words(fold(given)) if isinstance(given, str) else (f"token {each}" for each in given)
        counted = Counter(words) or Counter([str(given)])
        for word, times in counted.items():
            yield word, _weight(word) * times**0.5

    def _words(self, text: str) -> Iterator[str]:
        yield from (word[:6] for word in WORDS.findall(text))
        for run in CHINESE.findall(text):
            yield from run
            yield from (run[place : place + 2] for place in range(len(run) - 1))
        if self._finder is not None:
            yield from (self._concepts[found] for found in self._finder.findall(text))


def _finder(words: Sequence[str]) -> re.Pattern[str] | None:
    """Latin words stand alone, but for an ending; Chinese ones stand anywhere."""
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(re.escape(word) for word in words if not word.isascii())
    alone = rf"(?<![a-z0-9])(?:{latin})(?=(?:s|es|d|ed|ing)?(?![a-z0-9]))" if latin else ""
    return re.compile("|".join(filter(None, (alone, others)))) if words else None


def _weight(word: str) -> float:
    if word.startswith("concept "):
        return CONCEPT
    return SMALL if len(word) == 1 or (len(word) <= 3 and word.isascii()) else WORD


@lru_cache(maxsize=1 << 18)
def _seed(word: str) -> int:
    spelt = word.encode(errors="surrogatepass")
    return zlib.crc32(spelt) << 32 | zlib.adler32(spelt)


def _mixed(values: Any) -> Any:
    """splitmix64's finisher."""
    values = (values ^ (values >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return values ^ (values >> numpy.uint64(31))


def encoded(vector: Vector) -> str:
    """As `encoding_format: base64` has it: 32-bit floats, least byte first."""
    return base64.b64encode(numpy.array(vector, "<f4").tobytes()).decode()
