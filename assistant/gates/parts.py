"""The terms that a claim and its evidence share, each with its place, and the parts a text is cut into."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from assistant.gates.clauses import concepts, in_chinese
from knowledge.glossary import Glossary
from knowledge.language import HAN, bag_of, has_han

Term = tuple[int, str]
Span = tuple[int, int]

_PART = re.compile(
    rf"(?P<han>[{HAN}]+)|\d+(?:[.,]\d+)*(?:\s?(?:%|percent\b|per cent\b))?"
    r"|[a-z\u00c0-\u024f]+(?:['\u2019](?:s|t|re|ll|ve)\b)?"
)
# Characters that only join words: a pair with one of them says nothing.
_JOINING = frozenset("的了是在和与及或也都就而之其这那被把对从到为于以由让则个不没")
_LABELLED = re.compile(r"\b(?:company|grade|class|type|tier|group|plan) $")
# What parts texts at each level, from the widest parts to the narrowest.
_CUTS = tuple(
    re.compile(each)
    for each in (
        r"\n+",
        r"[\u3002!?]+|\.(?=\s|$)",
        r";+",
        r",\s*(?:and|but|or)\b|\b(?:while|whereas)\b"
        r"|,?\u800c(?![\u4e14\u4e0d\u975e\u662f\u8a00])|(?<=,)(?:\u4f46|\u4e0d\u8fc7|\u4e14)",
        r"[:()\u2014]+",
        r"(?<!\d),|,(?!\d)",
        rf"\b(?:and|or)\b|\u3001|(?<=[{HAN}])(?:\u548c|\u4e0e|\u53ca|\u6216)(?=[{HAN}])",
    )
)
_LABELS, _LISTS = 4, 6


@lru_cache(maxsize=4096)
def terms(folded: str) -> tuple[Term, ...]:
    """The terms of a folded text with their places: stems, pairs of Chinese characters, letters and numbers."""
    return tuple(_terms(folded, in_chinese(folded)))


def _terms(folded: str, chinese: bool) -> Iterator[Term]:
    for part in _PART.finditer(folded):
        at, said = part.start(), part.group()
        if part["han"]:
            pairs = ((at + each, said[each : each + 2]) for each in range(len(said) - 1))
            yield from ((where, pair) for where, pair in pairs if _JOINING.isdisjoint(pair))
        elif said[0].isdigit():
            yield at, re.sub(r"\s?(?:%|per ?cent)", "%", said).replace(",", "")
        elif len(said) == 1:
            if chinese or said not in "aist" or _LABELLED.search(folded, 0, at):
                yield at, folded[at : at + 2].strip() if has_han(folded[at + 1 : at + 2]) else said
        elif stem := bag_of(re.split("['\u2019]", said)[0]).strip():
            yield at, stem


def shared(claim: str, evidence: str, glossary: Glossary) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The terms of a folded claim and of its folded evidence that both have."""
    mine, theirs = terms(claim), terms(evidence)
    languages = [in_chinese(quote) for quote in evidence.splitlines()]
    across = (not in_chinese(claim)) in languages
    both = {key for _, key in mine} & {key for _, key in theirs}
    if across and in_chinese(claim) in languages:  # a term of one quote is a concept of the other
        both = {key for key in both if key[0].isdigit()}
    here, there = ([term for term in side if term[1] in both] for side in (mine, theirs))
    if across:
        for number, (own, others) in enumerate(_translated(claim, evidence, glossary)):
            here += [(at, f"#{number}") for at in own]
            there += [(at, f"#{number}") for at in others]
    return tuple(sorted(here)), tuple(sorted(there))


def _translated(claim: str, evidence: str, glossary: Glossary) -> Iterator[tuple[list[int], list[int]]]:
    """The places, in a claim and in its evidence, of each concept that both name, most often in the evidence."""
    for concept in concepts(claim, glossary):
        own, name = _named(concept.surface, claim)
        names = (*concept.translations, name) if name else concept.translations
        others = sorted({at for each in names for at in _places(each, evidence)})
        if 0 < len(own) <= len(others):
            yield own, others


def _named(surface: Iterable[str], text: str) -> tuple[list[int], str]:
    """Where a text names a concept, by the rarest of the terms it names it by, and that term."""
    found = [(places, term) for term in surface if len(term) > 1 and (places := _places(term, text))]
    return min(found, key=lambda each: (len(each[0]), each[1]), default=([], ""))


def _places(name: str, text: str) -> list[int]:
    """Where a text has a name: Chinese characters, or stems joined by spaces."""
    if has_han(name):
        return [each.start() for each in re.finditer(re.escape(name), text)]
    found, stems = terms(text), name.split()
    keys = [key for _, key in found]
    return [found[at][0] for at in range(len(keys)) if keys[at : at + len(stems)] == stems]


@lru_cache(maxsize=4096)
def siblings(folded: str) -> tuple[tuple[Span, Span, bool], ...]:
    """Every two parts of a text at one level that stand in one part of the level above, and whether a list's."""
    found: dict[tuple[Span, Span], bool] = {}
    wider = [(0, len(folded))]
    for level, cut in enumerate(_CUTS):
        narrower = [_cut(folded, span, cut) for span in wider]
        for pair in (pair for parts in narrower if level != _LABELS for pair in combinations(parts, 2)):
            found.setdefault(pair, level == _LISTS)
        wider = [part for parts in narrower for part in parts]
    return tuple((*pair, listed) for pair, listed in found.items())


@lru_cache(maxsize=4096)
def narrowest(folded: str) -> tuple[Span, ...]:
    """The parts of a text that nothing cuts further."""
    parts = [(0, len(folded))]
    for cut in _CUTS:
        parts = [each for part in parts for each in _cut(folded, part, cut)]
    return tuple(parts)


def _cut(text: str, span: Span, cut: re.Pattern[str]) -> list[Span]:
    """The parts of a stretch of text, without empty ones."""
    start, parts = span[0], []
    for mark in cut.finditer(text, *span):
        parts.append((start, mark.start()))
        start = mark.end()
    return [(left, right) for left, right in (*parts, (start, span[1])) if text[left:right].strip()]


def within(found: tuple[Term, ...], span: Span) -> Mapping[str, int]:
    """The terms in a stretch of text, each with its first place."""
    return {key: at for at, key in reversed(found) if span[0] <= at < span[1]}
