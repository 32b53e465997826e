"""Stored answers and their passages, looked at again with the rights of this moment."""

from collections.abc import Mapping
from typing import Any

from assistant.answers import Citation
from assistant.questions import Language, Turn
from integrations import as_json
from integrations.slack import blocks
from integrations.slack.blocks import Block
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.slack.texts import said
from knowledge.access import ANYONE
from knowledge.library import Library
from knowledge.ports import Counts

_AROUND = 600


class Passages:
    """Reads what an answer rests on, as anyone may."""

    def __init__(self, library: Library, journal: Journal) -> None:
        self._library = library
        self._journal = journal

    def counts(self) -> Counts:
        """How much the library holds."""
        return self._library.counts()

    def view(self, answer_id: str, passage: str, language: Language) -> Block:
        """The passage of a citation with its quote highlighted, or that it is gone."""
        citation = self._citation(answer_id, passage)
        found = self._library.passages([passage], ANYONE)
        if citation is None or passage not in found:
            return blocks.notice_view(said("passage_title", language), said("gone", language), language)
        text = found[passage][0].text
        start, end = citation.start - found[passage][0].start, citation.end - found[passage][0].start
        if text[max(start, 0) : end] != citation.quote:
            return blocks.notice_view(said("passage_title", language), said("gone", language), language)
        return blocks.passage_view(citation, text[max(start - _AROUND, 0) : start], text[end : end + _AROUND], language)

    def history(self, incoming: Incoming) -> tuple[Turn, ...]:
        """What was asked and answered in a thread before, as far as its sources may be read now."""
        turns: list[Turn] = []
        for stored in self._journal.conversation(incoming.team, incoming.channel, incoming.thread):
            answer = as_json.answer_of(stored)
            cited = {each.passage_id for claim in answer.claims for each in claim.citations}
            seen = self._library.passages(cited, ANYONE)
            said = [claim.plain for claim in answer.claims if all(c.passage_id in seen for c in claim.citations)]
            turns += [Turn("user", answer.question), *([Turn("assistant", " ".join(said))] if said else [])]
        return tuple(turns)

    def _citation(self, answer_id: str, passage: str) -> Citation | None:
        stored = self._journal.answer(answer_id)
        cited = (each for each in _citations(stored["answer"]) if each.passage_id == passage) if stored else iter(())
        return next(cited, None)

    def shareable(self, answer_id: str, person: str, language: Language) -> list[list[Block]]:
        """The messages of an answer for a channel; none when it is not this person's or not all of it may be seen."""
        stored = self._journal.answer(answer_id)
        if stored is None or stored["person"] != person:
            return []
        answer = as_json.answer_of(stored["answer"])
        cited = {each.passage_id for each in _citations(stored["answer"])}
        if cited - set(self._library.passages(cited, ANYONE)):
            return []
        asked = said("shared_by", language, person="", question=answer.question)
        first, *more = blocks.messages(answer)
        return [[blocks.asked_by(person, asked), *first], *more]


def _citations(answer: Mapping[str, Any]) -> list[Citation]:
    claims = [claim for part in ("claims", "next_steps", "questions", "nearest", "notes") for claim in answer[part]]
    return [Citation(**each) for claim in claims for each in claim["citations"]]
