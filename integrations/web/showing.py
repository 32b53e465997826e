"""Answers and passages as templates need them: numbered sources, addresses, marked quotes, languages."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.wording import label, reviewed_by, say, similar_to
from knowledge.language import language_of

Span = tuple[int, int]

_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_SNIPPET, _SNIPPET_HAN = 360, 160


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered link from a statement to the place that it rests on."""

    number: int
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing an answer says; `whose` names another account that it is of."""

    text: str
    language: str
    whose: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements under one label."""

    label: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage with all of it that is quoted."""

    number: int
    path: str
    title: str
    place: str
    link: str | None
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer for a page, in its own language."""

    answer: Answer
    reviewed: str
    similar: str
    frame: str
    groups: tuple[Group, ...]
    notes: tuple[Statement, ...]
    after: tuple[Group, ...]
    declined: tuple[str, ...]
    nearest: Group | None
    sources: tuple[Source, ...]


@dataclass(slots=True)
class _Numbers:
    """Numbers for cited passages, in order of appearance."""

    cited: dict[str, list[Citation]] = field(default_factory=dict)

    def marks(self, citations: Iterable[Citation]) -> tuple[Mark, ...]:
        found: dict[str, list[Citation]] = {}
        for each in citations:
            self.cited.setdefault(each.passage_id, []).append(each)
            found.setdefault(each.passage_id, []).append(each)
        numbers = list(self.cited)
        return tuple(
            Mark(numbers.index(passage) + 1, passage_path(passage, map(_span, some)), _place(some[0]))
            for passage, some in found.items()
        )

    def sources(self, answer: Answer) -> Iterator[Source]:
        for number, (passage, cited) in enumerate(self.cited.items(), start=1):
            first = cited[0]
            page = say("page", answer.language, page=first.page) if first.page else ""
            place = " › ".join(filter(None, (first.heading, page)))
            quotes = dict.fromkeys(each.quote for each in cited)
            path = passage_path(passage, sorted(set(map(_span, cited))))
            yield Source(
                number, path, first.title, place, first.link, tuple((each, language_of(each)) for each in quotes)
            )


def shown(answer: Answer) -> Shown:
    """An answer with everything it cites numbered once, over the whole of it."""
    numbers, language = _Numbers(), answer.language
    labels = dict.fromkeys(label(claim, answer) for claim in answer.claims)
    groups = [
        _group(each, [claim for claim in answer.claims if label(claim, answer) == each], numbers) for each in labels
    ]
    notes = [
        Statement(say(note.kind.value, language, about=note.about), language, "", numbers.marks(note.citations))
        for note in answer.notes
    ]
    after = [
        _group(say(heading, language), claims, numbers)
        for heading, claims in (("next_steps", answer.next_steps), ("questions", answer.questions))
        if claims
    ]
    nearest = _group(say("nearest", language), answer.nearest, numbers) if answer.nearest else None
    return Shown(
        answer=answer,
        reviewed=reviewed_by(answer),
        similar=similar_to(answer),
        frame="" if answer.outcome is Outcome.ANSWERED else say(answer.outcome.value, language),
        groups=tuple(groups),
        notes=tuple(notes),
        after=tuple(after),
        declined=tuple(_declined(answer)),
        nearest=nearest,
        sources=tuple(numbers.sources(answer)),
    )


def _declined(answer: Answer) -> Iterator[str]:
    if answer.outcome is Outcome.DECLINED:
        terms = ", ".join(answer.searched.terms[:12])
        yield say("searched", answer.language, documents=answer.searched.documents, terms=terms)
        if answer.owners:
            yield say("owners", answer.language, owners=", ".join(answer.owners[:5]))


def _group(heading: str, claims: Sequence[Claim], numbers: _Numbers) -> Group:
    return Group(heading, tuple(_statement(each, numbers) for each in claims))


def _statement(claim: Claim, numbers: _Numbers) -> Statement:
    text = claim.plain or claim.text
    whose = claim.account if claim.account and claim.account not in text else ""
    return Statement(text, language_of(text), whose, numbers.marks(claim.citations))


def _place(citation: Citation) -> str:
    return " › ".join(filter(None, (citation.title, citation.heading)))


def _span(citation: Citation) -> Span:
    return citation.start, citation.end


def passage_path(passage: str, spans: Iterable[Span] = ()) -> str:
    """The address of a passage with some of its document's characters marked."""
    marked = "&".join(f"at={start}-{end}" for start, end in spans)
    return f"/passages/{quote(passage, safe='')}{'?' if marked else ''}{marked}{'#quote' if marked else ''}"


def path_of(citation: Citation) -> str:
    """The address of the passage that a citation is from, its quote marked."""
    return passage_path(citation.passage_id, [_span(citation)])


def spans_of(raw: Iterable[str]) -> list[Span]:
    """Spans as addresses have them; what is none is left out."""
    found = []
    for each in list(raw)[:50]:
        start, _, end = each.partition("-")
        if start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(start + end) < 20:
            found.append((int(start), int(end)))
    return found


def marked(text: str, start: int, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """A text that begins at `start` of its document, cut into what is within the spans and what is not."""
    inside = [False] * len(text)
    for first, last in spans:
        for at in range(max(first - start, 0), min(last - start, len(text))):
            inside[at] = True
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and inside[end] == inside[at]:
            end += 1
        pieces.append((text[at:end], inside[at]))
        at = end
    return pieces


def day(value: date | None) -> str:
    """A day, or a dash where there is none."""
    return value.isoformat() if value else "\u2013"


def snippet(text: str) -> str:
    """The beginning of a text in one line, without the marks of headings."""
    line = " ".join(_HEADING.sub("", text).split())
    most = _SNIPPET_HAN if language_of(line) != "en" else _SNIPPET
    return line if len(line) <= most else f"{line[:most].rstrip()}\u2026"


FILTERS: dict[str, Callable[..., Any]] = {"language_of": language_of, "day": day, "snippet": snippet}
