"""Stored answers and their passages, looked at again with the rights of this moment."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.questions import Language, Turn
from assistant.verify import Sources, check, cited
from integrations import as_json
from integrations.slack import blocks
from integrations.slack.blocks import Block
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.slack.texts import said
from knowledge.access import Reader
from knowledge.library import Library

_AROUND = 600


class Passages:
    """Reads what an answer rests on, as its reader may now."""

    def __init__(self, library: Library, journal: Journal) -> None:
        self._library = library
        self._journal = journal

    def readable(self, reader: Reader) -> int:
        """How many documents a reader may read."""
        return self._library.readable(reader)

    def view(self, answer_id: str, passage: str, language: Language, reader: Reader) -> Block:
        """The passage of a citation with its quote highlighted, or that it is gone."""
        citation = self._citation(answer_id, passage)
        found = self._library.passages([passage], reader)
        if citation is None or cited(citation, found):
            return blocks.notice_view(said("passage_title", language), said("gone", language), language)
        text = found[passage][0].text
        start, end = citation.start - found[passage][0].start, citation.end - found[passage][0].start
        return blocks.passage_view(citation, text[max(start - _AROUND, 0) : start], text[end : end + _AROUND], language)

    def history(self, incoming: Incoming, reader: Reader) -> tuple[Turn, ...]:
        """What was asked and answered before where a question is asked, as far as its reader may read the sources."""
        turns: list[Turn] = []
        for stored in self._journal.conversation(incoming):
            answer = self.still(as_json.answer_of(stored), reader)
            told = " ".join(claim.plain or claim.text for claim in answer.claims)
            turns += [Turn("user", answer.question), *([Turn("assistant", told)] if told else [])]
        return tuple(turns)

    def still(self, answer: Answer, reader: Reader) -> Answer:
        """An answer without what its reader may not read, or what is no longer so, at this moment."""
        sources = self._sources(answer, reader)
        whole = not any(check(claim, sources) for claim in _claims(answer))
        return answer if whole and not _fails(_citations(answer), sources) else _without(answer, sources)

    def may_show(self, claim: Claim, reader: Reader) -> bool:
        """Whether a claim holds and its reader may read all that it rests on, at this moment."""
        return check(claim, self._library.passages([each.passage_id for each in claim.citations], reader)) is None

    def beyond(self, answer: Answer, reader: Reader) -> Answer:
        """The part of an answer that rests on what another reader may not read."""
        open_to_them = self._sources(answer, reader).keys()
        hidden = {each for each in _citations(answer) if each.passage_id not in open_to_them}

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
        )

    def shareable(self, answer_id: str, person: str, language: Language, reader: Reader) -> list[list[Block]]:
        """The messages of an answer for a channel; none when it is not this person's or not all of it may be seen.

        Claims without a source stay behind: a model that wrote them may have read more than the channel may.
        """
        stored = self._journal.answer(answer_id)
        if stored is None or stored["person"] != person:
            return []
        answer = as_json.answer_of(stored["answer"])
        sources = self._sources(answer, reader)
        if _fails(_citations(answer), sources):
            return []
        asked = said("shared_by", language, person="", question=answer.question)
        shown = replace(answer, claims=tuple(each for each in answer.claims if each.citations))
        return blocks.headed(blocks.asked_by(person, asked), blocks.messages(shown))

    def _sources(self, answer: Answer, reader: Reader) -> Sources:
        return self._library.passages({each.passage_id for each in _citations(answer)}, reader)

    def _citation(self, answer_id: str, passage: str) -> Citation | None:
        stored = self._journal.answer(answer_id)
        found = _citations(as_json.answer_of(stored["answer"])) if stored else iter(())
        return next((each for each in found if each.passage_id == passage), None)


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
        notes=tuple(note for note in answer.notes if not _fails(note.citations, sources)),
        owners=(),
    )


def _fails(citations: Iterable[Citation], sources: Sources) -> bool:
    return any(cited(each, sources) for each in citations)


def _claims(answer: Answer) -> Iterator[Claim]:
    yield from (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)


def _citations(answer: Answer) -> Iterator[Citation]:
    """Every place that an answer rests on."""
    for claim in _claims(answer):
        yield from claim.citations
    for note in answer.notes:
        yield from note.citations
