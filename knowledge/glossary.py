"""The field's terms in English, simplified and traditional, to search in all of them at once.

`glossary.tsv` holds a row a concept: english, simplified, traditional; alternatives are separated
by semicolons. Lines that begin with # are comments.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from knowledge.language import HAN, bag, fold, is_han, query_terms

_LONGEST_HAN = 12
_LONGEST_ENGLISH = 5
_NEGATED = re.compile(r"\b(?:no|not|without|non)\b", re.IGNORECASE)
_HAN_RUN = re.compile(rf"[{HAN}]+")


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
        self._forms: dict[str, tuple[set[str], set[str]]] = {}
        for row in rows:
            self._add([form for cell in row for form in cell.split(";") if form.strip()])

    def _add(self, forms: list[str]) -> None:
        written = {key for form in forms if (key := _key(form))}
        han = {key for key in written if is_han(key)}
        english = written - han
        for key in written:
            known_han, known_english = self._forms.setdefault(key, (set(), set()))
            known_han |= han
            known_english |= english

    def __len__(self) -> int:
        return len(self._forms)

    def concepts(self, text: str) -> Iterator[Concept]:
        """Each concept the text names, with what else it is called."""
        for key in dict.fromkeys((*self._han_names(text), *self._english_names(text))):
            han, english = self._forms[key]
            same, other = (han, english) if is_han(key) else (english, han)
            surface = frozenset(query_terms(key) if is_han(key) else key.split())
            if surface:
                yield Concept(surface, tuple(sorted(other)), tuple(sorted(same - {key})))

    def _han_names(self, text: str) -> Iterator[str]:
        for run in _HAN_RUN.findall(fold(text)):
            at = 0
            while at < len(run):
                name = self._longest(run[at : at + size] for size in range(_LONGEST_HAN, 1, -1))
                if name:
                    yield name
                at += len(name) or 1

    def _english_names(self, text: str) -> Iterator[str]:
        stems = [part for part in bag(text).split() if not is_han(part)]
        at = 0
        while at < len(stems):
            name = self._longest(" ".join(stems[at : at + size]) for size in range(_LONGEST_ENGLISH, 0, -1))
            if name:
                yield name
            at += name.count(" ") + 1

    def _longest(self, candidates: Iterable[str]) -> str:
        return next((each for each in candidates if each in self._forms), "")


def _key(form: str) -> str:
    """A form as it is looked up: folded Chinese without spaces, or stems joined by spaces.

    A form that says "no" is not looked up: its stems alone would say the opposite.
    """
    parts = [] if _NEGATED.search(form) else bag(form).split()
    return ("" if any(map(is_han, parts)) else " ").join(parts)


@cache
def shipped() -> Glossary:
    """The glossary that comes with the package."""
    lines = resources.files("knowledge").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    return Glossary(rows[1:])
