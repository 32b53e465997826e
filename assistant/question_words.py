"""The words of a question as concepts, the same in English, simplified and traditional.

`concepts.tsv` holds a row a concept; a question is cut into the longest forms it lists, and what no row has stays a
word of its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from knowledge.language import HAN, fold, has_han, words

# How much of a question a word of each facet is, and one of no row: a word, a number, a lone character.
_WEIGHTS = {"frame": 0.0, "asks": 0.1, "light": 0.4, "place": 0.6, "role": 0.6, "denial": 0.8, "core": 1.0}
_UNKNOWN, _NUMBER, _CHARACTER = 0.8, 0.5, 0.15
# With these a verb is another one.
_PARTICLES = frozenset("up down off out back over in on away after".split())
_LONGEST_HAN, _LONGEST_ENGLISH, _BETWEEN = 8, 5, 4
_HAN_OR_NOT = re.compile(rf"[{HAN}]+|[^{HAN}]+")
_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_UNITS = "个家位名次场回年月天周种类样条项件点块步级层号人份页套关轮遍大"
_COUNTED = re.compile(
    r"[第每哪]?(?:[一二三四五六七八九十百千万亿两零\u3007几]+|多少)"
    rf"(?:个?(?:月|季度|工作日|小时|分钟|星期|百分点|点|年)|[{_UNITS}])?|[第每哪]几[{_UNITS}]?"
)
_ORDINAL = re.compile(r"第(\d)(?!\d)")
_DIGITS = "零一二三四五六七八九"

Rows = frozenset[int]


@dataclass(frozen=True, slots=True)
class Item:
    """A word or term of a question: the rows that list it (none if unknown), and those of its parts."""

    text: str
    rows: Rows
    parts: tuple[Rows, ...] = ()

    @property
    def weight(self) -> float:
        """How much it says of what is asked, 0 to 1."""
        if self.rows:
            return weight_of(self.rows)
        return _NUMBER if self.text.isdigit() else _CHARACTER if len(self.text) == 1 else _UNKNOWN

    @property
    def facet(self) -> str:
        """The facet of all its meanings, else nothing."""
        facets = {_table().facets[row] for row in self.rows}
        return facets.pop() if len(facets) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Table:
    """The facet and the scale of each row, and the rows of each form: Chinese, English, English with words between."""

    facets: tuple[str, ...]
    scales: tuple[str, ...]
    han: Mapping[str, Rows]
    english: Mapping[tuple[str, ...], Rows]
    apart: Mapping[tuple[str, ...], Rows]


@cache
def _table() -> _Table:
    text = resources.files("assistant").joinpath("concepts.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    han_rows: dict[str, set[int]] = {}
    english_rows: dict[tuple[str, ...], set[int]] = {}
    apart_rows: dict[tuple[str, ...], set[int]] = {}
    for row, (_, english, han) in enumerate(lines):
        for form in filter(None, fold(han).split(";")):
            han_rows.setdefault(form, set()).add(row)
        for form in filter(None, fold(english).split(";")):
            # Folding makes three points of an ellipsis.
            (apart_rows if "..." in form else english_rows).setdefault(_bases(form), set()).add(row)
    facets = [facet.partition("/") for facet, _, _ in lines]
    return _Table(
        tuple(each[0] for each in facets),
        tuple(each[2] for each in facets),
        {form: frozenset(rows) for form, rows in han_rows.items()},
        {form: frozenset(rows) for form, rows in english_rows.items() if form},
        {form: frozenset(rows) for form, rows in apart_rows.items()},
    )


def weight_of(rows: Rows) -> float:
    """How much a listed word says of what is asked; of several meanings the lightest that says anything."""
    weights = {_WEIGHTS[_table().facets[row]] for row in rows}
    told = min((each for each in weights if each), default=0.0)
    return min(told, _WEIGHTS["light"]) if 0.0 in weights else told


def scale_of(rows: Rows) -> str:
    """The scale that a listed word is a place on, if it has one meaning and that is one."""
    scales = {_table().scales[row] for row in rows}
    return scales.pop() if len(scales) == 1 else ""


def items(text: str, without: Collection[str] = ()) -> tuple[Item, ...]:
    """What a text says, word for word in its order, but for `without` (the names in it, which are compared apart)."""
    folded = _ORDINAL.sub(lambda found: f"第{_DIGITS[int(found[1])]}", fold(text))
    for name in without:
        folded = folded.replace(fold(name), " , ")
    out: list[Item] = []
    for run in _HAN_OR_NOT.findall(folded):
        out += _han_items(run) if has_han(run) else _english_items(run)
    return tuple(out)


def known(text: str) -> bool:
    """Whether every word of a text is listed."""
    return all(each.rows for each in items(text))


def _item(text: str, rows: Rows) -> Item:
    return Item(text, rows, _parts(text) if rows else ())


@lru_cache(maxsize=8192)
def _parts(term: str) -> tuple[Rows, ...]:
    """The rows of the parts of a compound that say anything, if every part is listed and there are two or more."""
    table = _table()
    if has_han(term):
        found = [table.han.get(each, frozenset()) for each in _cut(term, whole=False)] if len(term) > 2 else []
    else:
        bases = _bases(term)
        told = len(bases) > 1 and _PARTICLES.isdisjoint(bases)
        found = [table.english.get((each,), frozenset()) for each in bases] if told else []
    telling = tuple(rows for rows in found if weight_of(rows))
    return telling if all(found) and len(telling) > 1 else ()


def _english_items(run: str) -> Iterator[Item]:
    table = _table()
    found = [each for each in _WORD.findall(run) if each != "s"]
    keys = [base(each) for each in found]
    taken: set[int] = set()
    for first, last, rows in _wide(keys):
        taken |= {first, last}
        yield _item(f"{found[first]} {found[last]}", rows)
    at = 0
    while at < len(keys):
        sizes = range(min(_LONGEST_ENGLISH, len(keys) - at), 0, -1)
        size = next((each for each in sizes if tuple(keys[at : at + each]) in table.english), 1)
        rows = table.english.get(tuple(keys[at : at + size]), frozenset())
        if at not in taken and (rows or not keys[at].isdigit() or len(keys[at]) > 2):
            yield _item(" ".join(found[at : at + size]), rows)
        at += size


def _wide(keys: list[str]) -> Iterator[tuple[int, int, Rows]]:
    """Verbs whose particle stands up to three words behind: win them back."""
    for key, rows in _table().apart.items():
        for at, first in enumerate(keys):
            beyond = keys[at + 2 : at + 1 + _BETWEEN]
            if first == key[0] and key[1] in beyond:
                yield at, at + 2 + beyond.index(key[1]), rows


def _bases(form: str) -> tuple[str, ...]:
    return tuple(base(each) for each in _WORD.findall(form) if each != "s")


@lru_cache(maxsize=65536)
def base(word: str) -> str:
    """An English word without its inflection; it keeps what makes another word of it, which a stem does not."""
    if len(word) < 4 or word[0].isdigit():
        return word
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif re.search("(?:s|x|z|ch|sh)es$", word):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "su":
        word = word[:-1]
    bare = re.sub("(?:ing|ed|e)$", "", word)
    if len(bare) < 4:
        return word
    return bare[:-1] if bare[-1] == bare[-2] else bare


def _han_items(run: str) -> Iterator[Item]:
    han = _table().han
    for piece in _cut(run):
        if piece in han:
            yield _item(piece, han[piece])
        elif not _COUNTED.fullmatch(piece):
            yield _item(piece, frozenset())


def _cut(run: str, *, whole: bool = True) -> list[str]:
    """A Chinese run in as few listed forms as can be, then the words between; not `whole` keeps it from being one."""
    segments = frozenset(words(run))
    # From the end on, the least cost and where the first piece ends; of equals the longest.
    best: list[tuple[float, int]] = [(float("inf"), 0)] * len(run) + [(0.0, 0)]
    for start in range(len(run) - 1, -1, -1):
        for end in range(start + 1, min(len(run), start + _LONGEST_HAN) + 1):
            if whole or end - start < len(run):
                cost = best[end][0] + _cost(run[start:end], segments)
                best[start] = min(best[start], (cost, -end))
    pieces, at = [], 0
    while at < len(run):
        pieces.append(run[at : -best[at][1]])
        at = -best[at][1]
    return _joined(pieces)


def _cost(piece: str, segments: Collection[str]) -> float:
    table = _table()
    if piece in table.han:
        says_nothing = all(table.facets[row] == "frame" for row in table.han[piece])
        return 1.0 if len(piece) > 1 else 1.1 if says_nothing else 1.2
    if _COUNTED.fullmatch(piece):
        return 1.0
    if len(piece) == 1:
        return 1.7
    return float("inf") if piece not in segments else 3.0 if _made_up(piece) else 1.4


def _made_up(word: str) -> bool:
    """Whether listed forms alone make up a word."""
    reached = [True] + [False] * len(word)
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            piece = word[start:end]
            reached[end] |= reached[start] and (piece in _table().han or _COUNTED.fullmatch(piece) is not None)
    return reached[-1]


def _joined(pieces: list[str]) -> list[str]:
    """Single characters in a row that no row lists are one name."""
    out: list[str] = []
    open_name = False
    for piece in pieces:
        strange = len(piece) == 1 and piece not in _table().han and not _COUNTED.fullmatch(piece)
        if strange and open_name:
            out[-1] += piece
        else:
            out.append(piece)
        open_name = strange
    return out
