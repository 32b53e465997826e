"""What everybody sees of a review: the card in the coaches' channel, the mark on an answer that was judged."""

import asyncio
import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer
from assistant.questions import Language
from assistant.review import Decision, Verdict, latest
from integrations.answer_store import Given
from integrations.review.errands import Card as Posted
from integrations.review.errands import Errand
from integrations.review.queue_rows import Waiting
from integrations.review.reviewing import Reviewing
from integrations.slack import blocks
from integrations.slack.kit import Block, line, rich
from integrations.slack.replies import code_of
from integrations.slack.review import cards
from integrations.slack.review.cards import Card
from integrations.slack.review.posting import Spot, post_once
from integrations.slack.review.texts import said
from integrations.slack.rights import ClientOf, Rights
from knowledge.access import Reader

log = logging.getLogger(__name__)
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"})


class Board:
    """Cards and marks. `channel` is the coaches'; without one there are no cards. `language` is theirs, if set."""

    def __init__(
        self, review: Reviewing, rights: Rights, client_of: ClientOf, channel: str, language: Language | None
    ) -> None:
        self._review = review
        self._rights = rights
        self._client_of = client_of
        self._channel = channel
        self._language = language

    async def show(self, errand: Errand) -> None:
        """Show an entry as it is now, and what coaches say of its answer on the answer itself."""
        entry = await asyncio.to_thread(self._review.reviews.unguarded, errand.about["entry"])
        given = await asyncio.to_thread(self._review.answers.find, entry.answer) if entry else None
        if entry is None or given is None:
            await self._erase(errand.about["entry"])
            return
        verdicts = await asyncio.to_thread(self._review.reviews.verdicts, entry.answer)
        client = await self._client_of(given.place.team)
        if self._channel:
            await self._post(client, errand, await self._card(entry, given, verdicts), given.place.team)
        if any(each.decision is not Decision.APPROVE for each in verdicts):
            await self._mark(client, given, verdicts)

    async def _card(self, entry: Waiting, given: Given, verdicts: Sequence[Verdict]) -> Card:
        """The card as everybody in the channel may see it; in one with outsiders that is next to nothing."""
        reader = await self._rights.everyone(given.place.team, self._channel)
        return await asyncio.to_thread(self._card_for, reader, entry, given, tuple(verdicts))

    def _card_for(self, reader: Reader, entry: Waiting, given: Given, verdicts: tuple[Verdict, ...]) -> Card:
        language = self._language or given.answer.language
        if not reader.person or self._review.reviews.entry(entry.id, reader) is None:
            return Card(entry, language, verdicts=verdicts)
        answer = self._review.recheck.still(given.answer, reader)
        kept = self._review.corrections.kept(reader, (entry.correction,)) if entry.correction else []
        if entry.correction and not kept:
            return Card(entry, language, verdicts=verdicts)
        asker = cards.asked_by(entry.asker, self._review.people.directory(), language) if entry.asker else ""
        lapses = kept[0].lapses if kept else frozenset()
        return Card(entry, language, asker, answer, answer == given.answer, verdicts, lapses)

    async def _post(self, client: AsyncWebClient, errand: Errand, card: Card, team: str) -> None:
        """In the place of the card that is there, or anew."""
        message, text = cards.card(card), cards.fallback(card)
        there = await asyncio.to_thread(self._review.errands.card, card.entry.id)
        if there and there.channel == self._channel:
            try:
                await client.chat_update(channel=there.channel, ts=there.message, text=text, blocks=message)
                return
            except SlackApiError as error:
                if code_of(error) not in _GONE:
                    raise
        ts = await post_once(client, Spot(self._channel), errand, [message], text)
        await asyncio.to_thread(self._review.errands.posted, card.entry.id, Posted(team, self._channel, ts))

    async def _erase(self, entry: str) -> None:
        """Of what was erased nothing stays on its card."""
        there = await asyncio.to_thread(self._review.errands.card, entry)
        if there:
            language: Language = self._language or "en"
            client, text = await self._client_of(there.team), said("erased", language)
            await self._update(client, there.channel, there.message, cards.erased(language), text)

    async def _mark(self, client: AsyncWebClient, given: Given, verdicts: Sequence[Verdict]) -> None:
        """Put what coaches say of an answer above it; of what may no longer be shown there, only that stays."""
        if not given.message:
            return
        place = given.place
        thread = place.surface == "thread"
        reader = await (
            self._rights.among(place.team, place.channel, place.person)
            if thread
            else self._rights.alone(place.team, place.person)
        )
        answer = await asyncio.to_thread(self._review.recheck.still, given.answer, reader)
        mark = marks(verdicts, given.answer.language)
        shown = marked(answer, mark) if answer == given.answer else mark
        await self._update(client, place.channel, given.message, shown, mark_text(verdicts, given.answer.language))

    async def _update(self, client: AsyncWebClient, channel: str, ts: str, message: Sequence[Block], text: str) -> None:
        """Put another message in the place of one; one that nobody can change any more stays as it is."""
        try:
            await client.chat_update(channel=channel, ts=ts, text=text, blocks=message)
        except SlackApiError as error:
            if code_of(error) not in _GONE:
                raise
            log.info("a message cannot be changed any more: %s", code_of(error))


def marks(verdicts: Sequence[Verdict], language: Language) -> list[Block]:
    """The last word of each coach on an answer, a line each."""
    return [rich(line(each, bold=True)) for each in _lines(verdicts, language)]


def mark_text(verdicts: Sequence[Verdict], language: Language) -> str:
    """The same for a notification."""
    return blocks.escaped("; ".join(_lines(verdicts, language)))


def _lines(verdicts: Sequence[Verdict], language: Language) -> list[str]:
    last = latest(verdicts).values()
    return [
        said(f"marked_{each.decision.value}", language, coach=each.coach, on=each.at.date().isoformat())
        for each in last
    ]


def marked(answer: Answer, mark: Sequence[Block]) -> list[Block]:
    """The first message of an answer below its mark."""
    first = blocks.messages(answer)[0]
    if len(mark) + len(first) <= blocks.MOST_BLOCKS:
        return [*mark, *first]
    lines = [element for each in mark for element in each["elements"]]
    return [rich(*lines, *first[0]["elements"]), *first[1:]] if first[0]["type"] == "rich_text" else first
