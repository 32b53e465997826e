"""An entry of the review queue as its page needs it: numbered statements, sources with their quotes marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Claim, NoteKind, Outcome, Rejected
from assistant.correction import Correction
from assistant.wording import say
from integrations.recheck import citations_of
from integrations.review.cases import Case
from integrations.web.showing import Span, marked, passage_path
from knowledge.documents import Hit
from knowledge.language import language_of

_AROUND = 220

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with the numbers of its sources; `index` is its number from 0 in the answer as it was given."""

    text: str
    language: str
    label: str
    numbers: tuple[int, ...]
    index: int = -1


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage that may be cited, by its number; `pieces` is its text, the quotes marked."""

    number: int
    passage: str
    document: str
    title: str
    place: str
    language: str
    path: str
    pieces: Pieces
    quoted: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """An answer beside its sources. `gone` counts the statements that no longer stand or are not open any more."""

    frame: str
    claims: tuple[Line, ...]
    further: tuple[tuple[str, tuple[Line, ...]], ...]
    notes: tuple[Line, ...]
    offers: tuple[Offer, ...]
    gone: int


def laid(case: Case) -> Laid:
    """The case of an answer, numbered as a correction of it cites."""
    answer, given = case.answer, case.given.answer
    numbers = {hit.passage.id: number for number, hit in case.offered.items()}
    language = answer.language

    def line(claim: Claim, label: str, index: int = -1) -> Line:
        text = claim.plain or claim.text
        whose = f"{claim.account}: " if claim.account and claim.account not in text else ""
        return Line(whose + text, language_of(text), say(label, language), _numbers(claim.citations, numbers), index)

    further = (("next_steps", answer.next_steps), ("questions", answer.questions), ("nearest", answer.nearest))
    return Laid(
        frame="" if answer.outcome is Outcome.ANSWERED else say(answer.outcome.value, language),
        claims=tuple(line(each, each.kind.value, number) for number, each in case.numbered()),
        further=tuple(
            (say(label, language), tuple(line(each, label) for each in part)) for label, part in further if part
        ),
        notes=tuple(
            Line(say(each.kind.value, language, about=each.about), language, "", _numbers(each.citations, numbers))
            for each in answer.notes
            if each.kind is not NoteKind.BROKEN_OFF or each.about
        ),
        offers=tuple(offers(case.offered, quotes(answer))),
        gone=len(given.claims) - len(answer.claims),
    )


def _numbers(citations: Iterable[Citation], numbers: Mapping[str, int]) -> tuple[int, ...]:
    found = (numbers.get(each.passage_id) for each in citations)
    return tuple(dict.fromkeys(each for each in found if each))


def quotes(answer: Answer) -> Mapping[str, list[Span]]:
    """Where an answer quotes each passage, by characters of its document."""
    return _spans(citations_of(answer))


def quotes_of(correction: Correction) -> Mapping[str, list[Span]]:
    """Where a correction quotes each passage."""
    return _spans(citation for statement in correction.statements for citation in statement.citations)


def _spans(citations: Iterable[Citation]) -> Mapping[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for each in citations:
        spans.setdefault(each.passage_id, []).append((each.start, each.end))
    return spans


def offers(
    offered: Mapping[int, Hit], quoted: Mapping[str, Sequence[Span]], around: int | None = _AROUND
) -> Iterator[Offer]:
    """Passages by number, with what is around their quotes; all of it where `around` is None."""
    for number, hit in offered.items():
        passage, entry = hit.passage, hit.entry
        spans = sorted(set(quoted.get(passage.id, ())))
        pieces = marked(passage.text, passage.start, spans)
        yield Offer(
            number=number,
            passage=passage.id,
            document=entry.id,
            title=entry.title,
            place=" \u203a ".join(filter(None, (passage.heading, passage.page))),
            language=language_of(passage.text),
            path=passage_path(passage.id, spans),
            pieces=tuple(pieces) if around is None else cropped(pieces, around),
            quoted=bool(spans),
        )


def cropped(pieces: Sequence[tuple[str, bool]], around: int) -> Pieces:
    """The marked pieces whole, and of what is beside them no more than so many characters on either side."""
    last = len(pieces) - 1
    beside = {(True, True): (2 * around, 0), (True, False): (0, around), (False, True): (around, 0)}
    return tuple(
        (text if quoted else _ends(text, *beside.get((at == 0, at == last), (around, around))), quoted)
        for at, (text, quoted) in enumerate(pieces)
    )


def _ends(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return text
    return f"{text[:head].rstrip()}\u2026{text[len(text) - tail :].lstrip()}"


def lines_of(case: Case, numbers: Mapping[str, int]) -> str:
    """An answer as a coach begins to correct it: one statement a line, with the numbers of its sources."""
    answer = case.answer
    every = (*answer.claims, *answer.next_steps, *answer.questions)
    return "\n".join(_typed(each.plain or each.text, each.citations, numbers) for each in every)


def lines_of_kept(correction: Correction, numbers: Mapping[str, int]) -> str:
    """A correction as its coach wrote it, by the numbers that its sources have now."""
    return "\n".join(_typed(each.text, each.citations, numbers) for each in correction.statements)


def _typed(text: str, citations: Iterable[Citation], numbers: Mapping[str, int]) -> str:
    marks = "".join(f"[{number}]" for number in _numbers(citations, numbers))
    return " ".join(filter(None, (" ".join(text.split()), marks)))


def why_rejected(each: Rejected, known: Iterable[str]) -> str:
    """The key of the words for a reason code."""
    return f"no_{each.reason}" if f"no_{each.reason}" in known else "no_other"
