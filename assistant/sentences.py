"""The sentences of passages that may be quoted as an answer, with what they have of a question."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from assistant.answers import Citation, ClaimKind
from knowledge.clean import has_contact, is_damaged
from knowledge.documents import Hit, Kind
from knowledge.language import HAN, bag, language_of, sentences

# No mark of a list is a minus, "more than" or emphasis that stands close to what it is about.
_MARK = (
    r"(?:[\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u25a0\u25c6]|[-*+](?![-*+>=\d.])|\u2013(?=\s)|\d{1,2}[.)\u3001\uff0e](?!\d)"
    r"|[(\uff08]\d{1,2}[)\uff09]|>++(?!\s*[=\d])|#{1,6}+(?![#\d]))\s*"
)
_MARKER = re.compile(rf"(?:{_MARK})+")
_QUESTION = re.compile(
    r"[?？][\"'”’」』)）]*$|[吗呢嗎][。!！]?[\"'”’」』)）]*$|^(?:怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|是否)"
)
_OPEN_END = re.compile(r"[:：,，、]$")
_TABLE_ROW = re.compile(r"^\|")
_GAP = re.compile(rf"\s*(?:{_MARKER.pattern})?")
_PARAGRAPH = re.compile(r"\n\s*\n")
_CLOSING = r"[\"'\u201d\u2019\u300d\u300f)\uff09\]\u3011]*$"
_FULL_WIDTH_END = re.compile(rf"[\u3002\uff01\uff1f\uff1b\uff1a\uff0c\u3001]{_CLOSING}")
_HALF_WIDTH_END = re.compile(rf"[.!?;:,\u2026]{_CLOSING}")
# Semicolon and full stop in Chinese, then in English.
_MARKS = ("\uff1b", "\u3002"), ("; ", ". ")
_LONGEST = 420


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable sentence: the source's characters, a repaired copy to read, and its terms."""

    hit: Hit
    start: int
    end: int
    plain: str
    bag: str

    @property
    def quote(self) -> str:
        """The source's own characters."""
        return self.hit.passage.text[self.start : self.end]

    def citation(self) -> Citation:
        """Where it stands, in offsets into the document."""
        return cite(self.hit, self.start, self.end)


def cite(hit: Hit, start: int, end: int) -> Citation:
    """The citation of a stretch of a passage (offsets into the passage)."""
    passage, entry = hit.passage, hit.entry
    return Citation(
        passage_id=passage.id,
        document_id=entry.id,
        title=entry.title,
        source=entry.source,
        heading=passage.heading,
        page=passage.page,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        link=entry.link,
    )


def kind_of(hit: Hit, accounts: Collection[str]) -> ClaimKind:
    """A playbook's rule, the fact of an account that was asked about, or what another one did."""
    if hit.entry.account is not None and hit.entry.account in accounts:
        return ClaimKind.FACT
    own = hit.entry.kind in (Kind.PLAYBOOK, Kind.REVIEWED_ANSWER) and hit.entry.account is None
    return ClaimKind.RULE if own else ClaimKind.PRECEDENT


def quotable(hit: Hit) -> Iterator[Sentence]:
    """Every sentence of a passage that states something, lists joined to what announces them."""
    if hit.passage.contents:
        return
    for each in _stretches(hit):
        if _states(each):
            yield each


def adjoins(first: Sentence, second: Sentence) -> bool:
    """Whether nothing but white space and a list's marker stands between two sentences of a passage."""
    between = _between(first, second)
    return first.end <= second.start and "#" not in between and _GAP.fullmatch(between) is not None


def joined(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences that adjoin, as one stretch."""
    plain = _prose(first.plain, _between(first, second), second.plain)
    return Sentence(first.hit, first.start, second.end, plain, f"{first.bag.rstrip()}{second.bag}")


def overlap(first: Sentence, second: Sentence) -> bool:
    """Whether two sentences share characters of a passage."""
    together = first.hit.passage.id == second.hit.passage.id
    return together and first.start < second.end and second.start < first.end


def _between(first: Sentence, second: Sentence) -> str:
    return first.hit.passage.text[first.end : second.start]


def items(hit: Hit) -> Iterator[Sentence]:
    """Every list item, heading of a table of contents or sentence of a passage, questions included."""
    yield from (each for each in _stretches(hit) if not has_contact(each.quote) and not is_damaged(each.quote))


class _Piece(NamedTuple):
    """A sentence of a repaired text, from behind its list's marker on."""

    start: int
    end: int
    listed: bool


def _pieces(text: str) -> Iterator[_Piece]:
    for start, end in sentences(text):
        marker = _MARKER.match(text, start, end)
        after = marker.end() if marker else start
        if after < end:
            yield _Piece(after, end, marker is not None)


def _stretches(hit: Hit) -> Iterator[Sentence]:
    copy = hit.passage.search_copy()
    pieces = list(_pieces(copy.text))
    first = 0
    while first < len(pieces):
        after = _after(copy.text, pieces, first)
        plain = _plain(copy.text, pieces[first:after])
        yield Sentence(hit, *copy.span(pieces[first].start, pieces[after - 1].end), plain, bag(plain))
        first = after


def _after(text: str, pieces: Sequence[_Piece], first: int) -> int:
    """The number of the piece after a stretch: a sentence, with the list or sentence that it announces."""
    start, at = pieces[first].start, first + 1
    near = first + sum(1 for _ in takewhile(lambda each: each.end - start <= _LONGEST, pieces[first:]))
    while at < near and _announces(text[start : pieces[at - 1].end]):
        at += 1
        while at < near and pieces[at - 1].listed and pieces[at].listed:
            at += 1
    return at


def _plain(text: str, pieces: Sequence[_Piece]) -> str:
    """Pieces as prose."""
    told, end = "", pieces[0].start
    for each in pieces:
        told = _prose(told, text[end : each.start], " ".join(text[each.start : each.end].split()))
        end = each.end
    return told


def _prose(first: str, between: str, second: str) -> str:
    """Two parts of a text to be read as one: instead of what marks items and paragraphs stands punctuation."""
    if not between or _FULL_WIDTH_END.search(first):
        return f"{first}{second}"
    if _HALF_WIDTH_END.search(first) or "\n" not in between:
        return f"{first} {second}"
    semicolon, full_stop = _MARKS[language_of(f"{first}{second}") == "en"]
    paragraph = full_stop if _PARAGRAPH.search(between) else " "
    return f"{first}{semicolon if _MARKER.search(between) else paragraph}{second}"


def _announces(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


def _states(sentence: Sentence) -> bool:
    text = sentence.plain
    if _QUESTION.search(text) or _OPEN_END.search(text) or _TABLE_ROW.match(text):
        return False
    han = len(re.findall(rf"[{HAN}]", text))
    long_enough = han >= 6 or len(text.split()) >= 5
    return long_enough and not is_damaged(sentence.quote) and not has_contact(sentence.quote)
