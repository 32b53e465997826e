"""Stored answers and their passages, looked at again with the rights of this moment."""

from dataclasses import replace

from assistant.answers import Citation
from assistant.questions import Language, Turn
from assistant.verify import cited
from integrations.answer_store import AnswerStore
from integrations.recheck import Recheck, citations_of
from integrations.review.corrections import Corrections
from integrations.slack import blocks
from integrations.slack.incoming import Incoming
from integrations.slack.kit import Block
from integrations.slack.texts import said
from knowledge.access import Reader
from knowledge.library import Library

_AROUND = 600


class Passages:
    """Reads what an answer rests on, as its reader may now."""

    def __init__(
        self, library: Library, answers: AnswerStore, recheck: Recheck, corrections: Corrections | None = None
    ) -> None:
        self._library = library
        self.answers = answers
        self.recheck = recheck
        self._corrections = corrections

    def readable(self, reader: Reader) -> int:
        """How many documents a reader may read."""
        return self._library.readable(reader)

    def view(self, answer_id: str, passage: str, language: Language, reader: Reader) -> Block:
        """The passage of a citation with its quote highlighted, or that it is gone.

        A correction that was told to its asker goes by its own id.
        """
        citation = self._citation(answer_id, passage) or self._in_correction(answer_id, passage, reader)
        found = self._library.passages([passage], reader)
        if citation is None or cited(citation, found):
            return blocks.notice_view(said("passage_title", language), said("gone", language), language)
        text = found[passage][0].text
        start, end = citation.start - found[passage][0].start, citation.end - found[passage][0].start
        return blocks.passage_view(citation, text[max(start - _AROUND, 0) : start], text[end : end + _AROUND], language)

    def history(self, incoming: Incoming, reader: Reader) -> tuple[Turn, ...]:
        """What was asked and answered before where a question is asked, as far as its reader may read the sources."""
        turns: list[Turn] = []
        for stored in self.answers.conversation(incoming.team, incoming.channel, incoming.conversations):
            answer = self.recheck.still(stored, reader)
            told = " ".join(claim.plain or claim.text for claim in answer.claims)
            turns += [Turn("user", answer.question), *([Turn("assistant", told)] if told else [])]
        return tuple(turns)

    def shareable(self, answer_id: str, person: str, language: Language, reader: Reader) -> list[list[Block]]:
        """The messages of an answer for a channel; none when it is not this person's or not all of it may be seen.

        Claims without a source stay behind: a model that wrote them may have read more than the channel may.
        """
        given = self.answers.find(answer_id)
        if given is None or given.place.person != person:
            return []
        answer = self.recheck.still(given.answer, reader)
        if answer != given.answer:
            return []
        asked = said("shared_by", language, person="", question=answer.question)
        shown = replace(answer, claims=tuple(each for each in answer.claims if each.citations or answer.reviewed))
        return blocks.headed(blocks.asked_by(person, asked), blocks.messages(shown))

    def _in_correction(self, correction: str, passage: str, reader: Reader) -> Citation | None:
        kept = self._corrections.kept(reader, (correction,)) if self._corrections else []
        found = (each for one in kept for statement in one.correction.statements for each in statement.citations)
        return next((each for each in found if each.passage_id == passage), None)

    def _citation(self, answer_id: str, passage: str) -> Citation | None:
        given = self.answers.find(answer_id)
        found = citations_of(given.answer) if given else iter(())
        return next((each for each in found if each.passage_id == passage), None)
