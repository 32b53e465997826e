"""Benchmark questions that verdicts propose: one for each answer that coaches agree on, for a person to complete."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from assistant.correction import Correction
from assistant.review import Decision, Verdict, disagreed
from assistant.review_export import benchmark_line, benchmark_line_of, to_complete
from integrations.answer_store import AnswerStore, Given
from integrations.askers import identity
from integrations.entries import slices
from integrations.review.answer_rights import AnswerRights
from integrations.review.corrections import Corrections
from integrations.review.queue import Reviews
from integrations.store import Store
from integrations.tables import documents, review_verdicts
from knowledge.access import PUBLIC, Audience, Reader
from knowledge.language import bag
from knowledge.people import Directory

# As like as `coach eval check` lets no two questions be.
_NEAR_COPY = 0.8

Line = dict[str, Any]


class LeftOut(StrEnum):
    """Why a verdict proposes nothing."""

    NOT_YOURS = "not open to whoever exports"
    CONFIDENTIAL = "confidential, and nobody said --confidential"
    GONE = "the answer was erased"
    DISPUTED = "coaches disagree"
    LAPSED = "the correction does not hold any more"
    CHANGED = "what it quotes does not stand in its document any more"
    NEAR_COPY = "nearly the same question is proposed already"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Lines for evals/questions, each with what is `complete`d by a person, and how many verdicts gave none, by why."""

    lines: tuple[Line, ...]
    left_out: Mapping[str, int]


class Proposals:
    """What verdicts propose, over one database."""

    def __init__(
        self,
        engine: sa.Engine,
        answers: AnswerStore,
        reviews: Reviews,
        corrections: Corrections,
        directory: Callable[[], Directory],
    ) -> None:
        self._store = Store(engine)
        self._answers = answers
        self._reviews = reviews
        self._corrections = corrections
        self._directory = directory

    def all(self, reader: Reader, confidential: bool = False) -> Proposed:
        """One question for each answer with a verdict, oldest first; text that is not for everyone only if told."""
        with self._store.reading() as connection:
            judged = connection.scalars(sa.select(review_verdicts.c.answer).order_by(review_verdicts.c.number))
            ids = list(dict.fromkeys(judged))
            rights = AnswerRights(connection, ids)
        given = {each.answer.id: each for some in slices(ids) for each in self._answers.all(some)}
        held = {kept.correction.answer: kept.correction for kept in self._corrections.kept(reader) if not kept.lapses}
        found = [
            self._line(given[each], held.get(each), rights, reader, confidential) if each in given else LeftOut.GONE
            for each in ids
        ]
        return _without_copies(found)

    def _line(
        self, given: Given, correction: Correction | None, rights: AnswerRights, reader: Reader, confidential: bool
    ) -> Line | LeftOut:
        answer, verdicts = given.answer, self._reviews.verdicts(given.answer.id)
        audiences = rights.audiences(answer)
        if not all(map(reader.may_read, audiences)):
            return LeftOut.NOT_YOURS
        if disagreed(verdicts):
            return LeftOut.DISPUTED
        last = verdicts[-1]
        audiences += rights.of_accounts(last.reason)
        asker = "" if all(map(_public, audiences)) else identity(given.place.person, self._directory()).name
        made = self._made(given, last, correction, audiences, asker, confidential)
        return made if isinstance(made, LeftOut) else self._checked(made)

    def _made(
        self,
        given: Given,
        last: Verdict,
        correction: Correction | None,
        audiences: Sequence[Audience],
        asker: str,
        confidential: bool,
    ) -> Line | LeftOut:
        if last.decision is Decision.CORRECT:
            if correction is None:
                return LeftOut.LAPSED
            line = benchmark_line(correction, audiences, asker, confidential)
        else:
            line = benchmark_line_of(last, given.answer, audiences, asker, confidential)
        return line or LeftOut.CONFIDENTIAL

    def _checked(self, line: Line) -> Line | LeftOut:
        """The line with what a person has to add, if every quote of it still stands in its document."""
        if not all(self._stands(**span) for group in line["gold"] for span in group):
            return LeftOut.CHANGED
        return line | {"complete": list(to_complete(line))}

    def _stands(self, document: str, quote: str) -> bool:
        """Whether the document that a benchmark knows by this name holds a quote."""
        c = documents.c
        named = sa.or_(c.source == document, c.source.endswith(f"/{document}", autoescape=True))
        with self._store.reading() as connection:
            return any(quote in text for text in connection.scalars(sa.select(c.text).where(named)))


def _public(audience: Audience) -> bool:
    return PUBLIC in audience.names


def _without_copies(found: Sequence[Line | LeftOut]) -> Proposed:
    lines: list[Line] = []
    terms: list[frozenset[str]] = []
    left_out = Counter(each.value for each in found if isinstance(each, LeftOut))
    for line in found:
        if isinstance(line, LeftOut):
            continue
        mine = frozenset(bag(f"{line['question']} {line['asker']}").split())
        if any(len(mine & other) >= _NEAR_COPY * len(mine | other) for other in terms):
            left_out[LeftOut.NEAR_COPY.value] += 1
        else:
            lines.append(line)
            terms.append(mine)
    return Proposed(tuple(lines), dict(left_out))
