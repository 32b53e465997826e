"""The sentences of passages that may be quoted as an answer, with what they have of a question."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assistant.answers import Citation, ClaimKind
from knowledge.clean import has_contact, is_damaged
from knowledge.documents import Hit, Kind
from knowledge.language import HAN, bag, sentences

_MARKER = re.compile(r"(?:[-*+•·▪●]|\d{1,2}[.)、．](?!\d)|[(（]\d{1,2}[)）]|[>#]+)\s*")
_QUESTION = re.compile(
    r"[?？][\"'”’」』)）]*$|[吗呢嗎][。!！]?[\"'”’」』)）]*$|^(?:怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|是否)"
)
_OPEN_END = re.compile(r"[:：,，、]$")
_TABLE_ROW = re.compile(r"^\|")
_GAP = re.compile(rf"\s*(?:{_MARKER.pattern})?")
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
    plain = " ".join(f"{first.plain}{_between(first, second)}{second.plain}".split())
    return Sentence(first.hit, first.start, second.end, plain, f"{first.bag.rstrip()}{second.bag}")


def _between(first: Sentence, second: Sentence) -> str:
    return first.hit.passage.text[first.end : second.start]


def items(hit: Hit) -> Iterator[Sentence]:
    """Every list item, heading of a table of contents or sentence of a passage, questions included."""
    yield from (each for each in _stretches(hit) if not has_contact(each.quote) and not is_damaged(each.quote))


def _stretches(hit: Hit) -> Iterator[Sentence]:
    copy = hit.passage.search_copy()
    spans = list(sentences(copy.text))
    at = 0
    while at < len(spans):
        start, end = spans[at]
        at += 1
        while at < len(spans) and _announces(copy.text[start:end]) and spans[at][1] - start <= _LONGEST:
            listed = bool(_MARKER.match(copy.text, *spans[at]))
            end = spans[at][1]
            at += 1
            while (
                listed and at < len(spans) and _MARKER.match(copy.text, *spans[at]) and spans[at][1] - start <= _LONGEST
            ):
                end = spans[at][1]
                at += 1
        marker = _MARKER.match(copy.text, start, end)
        start = marker.end() if marker and marker.end() < end else start
        plain = copy.text[start:end]
        yield Sentence(hit, *copy.span(start, end), " ".join(plain.split()), bag(plain))


def _announces(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


def _states(sentence: Sentence) -> bool:
    text = sentence.plain
    if _QUESTION.search(text) or _OPEN_END.search(text) or _TABLE_ROW.match(text):
        return False
    han = len(re.findall(rf"[{HAN}]", text))
    long_enough = han >= 6 or len(text.split()) >= 5
    return long_enough and not is_damaged(sentence.quote) and not has_contact(sentence.quote)
