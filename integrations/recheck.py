"""Stored answers looked at again with the rights of this moment: what may no longer be shown is left out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.verify import Sources, check, cited
from knowledge.access import Reader
from knowledge.library import Library

StillReviewed = Callable[[str, Reader], bool]
"""Whether a correction, by its id, holds at this moment and this reader may see it."""


class Recheck:
    """Looks at what an answer rests on, as a reader may read it now."""

    def __init__(self, library: Library, still_reviewed: StillReviewed) -> None:
        self._library = library
        self.holds = still_reviewed

    def still(self, answer: Answer, reader: Reader) -> Answer:
        """An answer without what its reader may not read, or what is no longer so, at this moment."""
        if answer.similar and not self.holds(answer.similar.correction, reader):
            answer = replace(answer, similar=None)
        if answer.reviewed and not self.holds(answer.reviewed.correction, reader):
            return _without(answer, {})
        sources = self.sources(answer, reader)
        whole = not any(check(claim, sources) for claim in claims_of(answer) if not _own_experience(claim, answer))
        return answer if whole and not fails(citations_of(answer), sources) else _without(answer, sources)

    def may_show(self, claim: Claim, reader: Reader) -> bool:
        """Whether a claim holds and its reader may read all that it rests on, at this moment."""
        return check(claim, self._library.passages([each.passage_id for each in claim.citations], reader)) is None

    def beyond(self, answer: Answer, reader: Reader) -> Answer:
        """The part of an answer that rests on what another reader may not read."""
        if answer.reviewed and not self.holds(answer.reviewed.correction, reader):
            return answer
        open_to_them = self.sources(answer, reader).keys()
        hidden = {each for each in citations_of(answer) if each.passage_id not in open_to_them}

        def beyond(part: Iterable[Claim]) -> tuple[Claim, ...]:
            return tuple(claim for claim in part if not hidden.isdisjoint(claim.citations))

        return replace(
            answer,
            claims=beyond(answer.claims),
            next_steps=beyond(answer.next_steps),
            questions=beyond(answer.questions),
            notes=tuple(note for note in answer.notes if not hidden.isdisjoint(note.citations)),
            nearest=(),
            owners=(),
            similar=None,
        )

    def sources(self, answer: Answer, reader: Reader) -> Sources:
        """The passages an answer cites, as a reader may read them now."""
        return self._library.passages({each.passage_id for each in citations_of(answer)}, reader)


def _own_experience(claim: Claim, answer: Answer) -> bool:
    """A line of a coach's own, which no source vouches for, in an answer that this coach reviewed."""
    return answer.reviewed is not None and not claim.citations


def _without(answer: Answer, sources: Sources) -> Answer:
    """What is left of an answer some of which fails: nothing that has no source, and no owners of sources."""

    def left(part: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(claim for claim in part if claim.citations and not check(claim, sources))

    claims = left(answer.claims)
    return replace(
        answer,
        outcome=answer.outcome if claims else Outcome.DECLINED,
        claims=claims,
        next_steps=left(answer.next_steps),
        questions=left(answer.questions),
        nearest=left(answer.nearest),
        notes=tuple(note for note in answer.notes if not fails(note.citations, sources)),
        owners=(),
        reviewed=None,
    )


def fails(citations: Iterable[Citation], sources: Sources) -> bool:
    """Whether any of these is not so at this moment."""
    return any(cited(each, sources) for each in citations)


def claims_of(answer: Answer) -> Iterator[Claim]:
    """Everything an answer says."""
    yield from (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)


def citations_of(answer: Answer) -> Iterator[Citation]:
    """Every place that an answer rests on."""
    for claim in claims_of(answer):
        yield from claim.citations
    for note in answer.notes:
        yield from note.citations
