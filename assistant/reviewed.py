"""The answer to a question that a coach has answered before: the coach's own words, held against their sources."""

from collections.abc import Sequence
from typing import Protocol
from uuid import uuid4

from assistant.answers import Answer, Claim, ClaimKind, Outcome, Reviewed, Searched
from assistant.correction import Correction, Statement
from assistant.questions import Question
from assistant.recall import Memory, remember
from assistant.sentences import kind_of
from assistant.understand import Understood, leans_back
from assistant.verify import Sources, check
from knowledge.access import Reader
from knowledge.documents import Hit
from knowledge.library import Library


class Corrections(Protocol):
    """What coaches corrected."""

    def current(self, reader: Reader) -> Sequence[Correction]:
        """The corrections that hold at this moment and that this reader may see, with all they rest on."""


def remembered(library: Library, question: Question, corrections: Sequence[Correction]) -> Memory:
    """What coaches said of a question, or of others like it; `corrections` are those its reader may know of."""
    if question.history and leans_back(question.text):
        return Memory()
    held = [each for each in corrections if not question.hidden & {each.id, each.answer}]
    if not held:
        return Memory()
    held.sort(key=lambda each: each.effective, reverse=True)
    return remember(question.text, held, library.accounts(question.reader), library.glossary)


def told_of(correction: Correction) -> Reviewed:
    """A correction, as answers speak of it."""
    return Reviewed(correction.id, correction.coach, correction.effective, correction.question)


def in_a_coachs_words(
    library: Library, question: Question, understood: Understood, correction: Correction
) -> Answer | None:
    """The answer that a coach gave, or None where anything it cites is not so at this moment."""
    cited = [each.passage_id for statement in correction.statements for each in statement.citations]
    sources = library.passages(cited, question.reader_now())
    claims = [_claim(each, sources, understood) for each in correction.statements]
    if any(each.citations and check(each, sources) for each in claims):
        return None
    return Answer(
        id=uuid4().hex,
        question=question.text,
        outcome=Outcome.ANSWERED,
        language=understood.language,
        claims=tuple(claims),
        searched=Searched(library.readable(question.reader), ()),
        confidence=1.0,
        reviewed=told_of(correction),
    )


def _claim(statement: Statement, sources: Sources, understood: Understood) -> Claim:
    first = sources.get(statement.citations[0].passage_id) if statement.citations else None
    if first is None:
        return Claim(statement.text, ClaimKind.ADVICE, statement.citations, drafted=True)
    kind = kind_of(Hit(*first, 0.0), understood.accounts)
    account = first[1].account if kind is ClaimKind.PRECEDENT else None
    return Claim(statement.text, kind, statement.citations, account=account, drafted=True)
