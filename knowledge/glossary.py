"""The field's terms in English, simplified and traditional, to search in all of them at once.

`glossary.tsv` holds a row a concept: english, simplified, traditional; alternatives are separated
by semicolons. Lines that begin with # are comments.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from knowledge.language import HAN, bag, bag_of, fold, has_han, query_terms

_LONGEST_HAN = 12
_LONGEST_ENGLISH = 5
_NEGATED = re.compile(r"\b(?:no|not|without|non)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_HAN_RUN = re.compile(rf"[{HAN}]+")


Named = tuple[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept that a text names: the terms it was named by, and its other writings.

    Terms are folded; an English phrase is its stems joined by spaces.
    """

    surface: frozenset[str]
    translations: tuple[str, ...]
    aliases: tuple[str, ...]


class Glossary:
    """Finds the concepts that a text names, the longest name first."""

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        self._rows: list[tuple[frozenset[str], frozenset[str]]] = []
        self._phrases: dict[str, set[int]] = {}
        self._words: dict[str, dict[str, set[int]]] = {}
        listed = [{form: _key(form) for cell in row for form in map(str.strip, fold(cell).split(";"))} for row in rows]
        for number, keys in enumerate(listed):
            for form, key in keys.items():
                if key:
                    self._name(form, key, number)
        self._rows = [self._writings(number, set(keys.values()) - {""}) for number, keys in enumerate(listed)]

    def _name(self, form: str, key: str, row: int) -> None:
        if has_han(key) or " " in key:
            self._phrases.setdefault(key, set()).add(row)
        else:
            self._words.setdefault(key, {}).setdefault(_spelling(form), set()).add(row)

    def _writings(self, row: int, keys: set[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The Chinese and the English keys of a row; a stem that rather means another row is left out."""
        han = frozenset(filter(has_han, keys))
        return han, frozenset(key for key in keys - han if " " in key or self._owns(key, row))

    def _owns(self, stem: str, row: int) -> bool:
        spellings = self._words[stem]
        return row in spellings[min(spellings, key=len)]

    def __len__(self) -> int:
        return len(self._rows)

    def concepts(self, text: str) -> Iterator[Concept]:
        """Each concept the text names, with what else it is called."""
        found = (*self._han_names(text), *self._numbered_names(text), *self._english_names(text))
        for name, rows in dict(found).items():
            han = frozenset().union(*(self._rows[row][0] for row in rows))
            english = frozenset().union(*(self._rows[row][1] for row in rows))
            same, other = (han, english) if has_han(name) else (english, han)
            surface = frozenset(query_terms(name) if has_han(name) else name.split())
            if surface:
                yield Concept(surface, tuple(sorted(other)), tuple(sorted(same - {name})))

    def _han_names(self, text: str) -> Iterator[Named]:
        for run in _HAN_RUN.findall(fold(text)):
            at = 0
            while at < len(run):
                name = self._longest(run[at : at + size] for size in range(_LONGEST_HAN, 1, -1))
                if name:
                    yield name, frozenset(self._phrases[name])
                at += len(name) or 1

    def _numbered_names(self, text: str) -> Iterator[Named]:
        """Chinese names that begin with a number or a letter: 151工程, 5A分类, 90年代."""
        for first, run in pairwise(bag(text).split()):
            if has_han(run) and not has_han(first):
                name = self._longest(f"{first} {run[:size]}" for size in range(_LONGEST_HAN, 0, -1))
                if name:
                    yield name, frozenset(self._phrases[name])

    def _english_names(self, text: str) -> Iterator[Named]:
        words = [(word, bag_of(word).strip()) for word in _WORD.findall(fold(text))]
        words = [(word, stem) for word, stem in words if stem]
        at = 0
        while at < len(words):
            sizes = range(min(_LONGEST_ENGLISH, len(words) - at), 1, -1)
            phrase = self._longest(" ".join(stem for _, stem in words[at : at + size]) for size in sizes)
            if phrase:
                yield phrase, frozenset(self._phrases[phrase])
            elif rows := self._word(*words[at]):
                yield words[at][1], rows
            at += phrase.count(" ") + 1

    def _word(self, word: str, stem: str) -> frozenset[int]:
        """The rows of a single word: spelt so, else of its base form, else of all with its stem."""
        spellings = self._words.get(stem, {})
        if word in spellings:
            return frozenset(spellings[word])
        bases = [each for each in spellings if word.startswith(each.rstrip("ey"))]
        return frozenset().union(*(spellings[each] for each in ([max(bases, key=len)] if bases else spellings)))

    def _longest(self, candidates: Iterable[str]) -> str:
        return next((each for each in candidates if each in self._phrases), "")


def _spelling(form: str) -> str:
    """The one content word of a folded English form, as it is written."""
    return next((word for word in _WORD.findall(form) if bag_of(word).strip()), "")


def _key(form: str) -> str:
    """A folded form as it is looked up: the parts of its bag, Chinese runs, numbers and stems, joined by spaces.

    A form that says "no" is not looked up: its stems alone would say the opposite.
    """
    return "" if _NEGATED.search(form) else bag_of(form).strip()


@cache
def shipped() -> Glossary:
    """The glossary that comes with the package."""
    text = resources.files("knowledge").joinpath("glossary.tsv").read_text("utf-8")
    lines = fold(text).splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    return Glossary(rows[1:])
