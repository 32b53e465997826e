"""What whoever asked is told: a correction, that an answer is taken back, that there is one now."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer
from assistant.correction import Correction
from assistant.questions import Asker, Language, Question
from assistant.reviewed import in_a_coachs_words
from assistant.understand import understand
from integrations.answer_store import Given, Place
from integrations.review.errands import Errand
from integrations.review.reviewing import Reviewing
from integrations.slack import blocks
from integrations.slack.kit import Block, button, line, quoted, rich, short
from integrations.slack.replies import code_of
from integrations.slack.review.posting import NOWHERE, Spot, direct, post_once
from integrations.slack.review.texts import said
from integrations.slack.rights import ClientOf, Rights
from knowledge.access import Reader

HELPED, NOT_HELPED, AGAIN = "review_helped", "review_not_helped", "review_again"
_QUESTION = 300


class ToldAsker:
    """Tells whoever asked: where they asked if all who read along may know, else in their direct messages."""

    def __init__(self, review: Reviewing, rights: Rights, client_of: ClientOf) -> None:
        self._review = review
        self._rights = rights
        self._client_of = client_of

    async def corrected(self, errand: Errand) -> None:
        """The correction, to all who may read it and everything it cites at this moment."""
        given = await self._given(errand)
        if given is None or not await asyncio.to_thread(self._stands, errand.about["correction"]):
            return
        place, client = given.place, await self._client_of(given.place.team)
        if place.surface == "thread":
            everyone = await self._rights.among(place.team, place.channel, place.person)
            open_here = await asyncio.to_thread(self._correction, errand.about["correction"], everyone, given)
            if open_here and await self._in_thread(client, given, errand, self._told(open_here, given, False)):
                return
        alone = await self._rights.alone(place.team, place.person)
        answer = await asyncio.to_thread(self._correction, errand.about["correction"], alone, given)
        if answer is None:
            await self._alone(client, given, errand, [_about(given), rich(line(_said("not_for_you", given)))])
            return
        there = place.surface == "direct"
        messages = self._told(answer, given, not there)
        if not (there and await self._in_thread(client, given, errand, messages)):
            await self._messages_alone(client, given, errand, messages)

    async def rejected(self, errand: Errand) -> None:
        """That an answer is taken back; the coach's own words on it are for whoever asked alone."""
        given = await self._given(errand)
        if given is None:
            return
        reason = errand.about.get("reason", "")
        told = [rich(line(_said("taken_back", given), bold=True))]
        told += [rich(line(said("because", given.answer.language, reason=reason)))] if reason else []
        client = await self._client_of(given.place.team)
        if given.place.surface != "direct" or not await self._in_thread(client, given, errand, [told]):
            await self._alone(client, given, errand, [_about(given), *told])

    async def filled(self, errand: Errand) -> None:
        """That the library can answer now what it could not: in the thread if all there may read the `documents`."""
        given = await self._given(errand)
        if given is None:
            return
        again = {"type": "actions", "elements": [button(AGAIN, _said("ask_again", given), given.answer.id)]}
        told = [rich(line(_said("filled", given), bold=True)), *([again] if given.place.team else [])]
        client = await self._client_of(given.place.team)
        open_here = await self._open_here(given, errand.about.get("documents", "").split())
        if not (open_here and await self._in_thread(client, given, errand, [told])):
            await self._alone(client, given, errand, [_about(given), *told])

    async def _open_here(self, given: Given, documents: Sequence[str]) -> bool:
        """Whether all who read along where something was asked may read these documents."""
        place, library = given.place, self._review.coaching.library
        if place.surface != "thread" or not documents:
            return place.surface == "direct"
        everyone = await self._rights.among(place.team, place.channel, place.person)
        found = [await asyncio.to_thread(library.document, each, everyone) for each in documents]
        return all(found)

    async def _given(self, errand: Errand) -> Given | None:
        """The answer that an errand is about, with its asker's Slack id; None where nobody can be told."""
        given = await asyncio.to_thread(self._review.answers.find, errand.about["answer"])
        if given is None or given.place.surface != "web":
            return given
        directory = await asyncio.to_thread(self._review.people.directory)
        ids = sorted(each for each, person in directory.slack.items() if person == given.place.person)
        return replace(given, place=replace(given.place, person=ids[0])) if ids else None

    def _stands(self, correction: str) -> bool:
        """Whether a correction holds, whoever may read it: of what was withdrawn meanwhile nobody is told."""
        corrections = self._review.corrections
        return bool(corrections.unguarded((correction,))) and correction not in corrections.stale()

    def _correction(self, correction: str, reader: Reader, given: Given) -> Answer | None:
        """A correction as an answer for a reader; None where they may not read all of it."""
        if not self._review.corrections.holds(correction, reader):
            return None
        kept = self._review.corrections.kept(reader, (correction,))
        return self._as_answer(kept[0].correction, reader, given) if kept else None

    def _as_answer(self, correction: Correction, reader: Reader, given: Given) -> Answer | None:
        library = self._review.coaching.library
        question = Question(correction.question, Asker(given.place.person), (), reader)
        understood = understand(question, library.accounts(reader), given.answer.language)
        answer = in_a_coachs_words(library, question, understood, correction)
        return replace(answer, id=correction.id) if answer else None

    def _told(self, answer: Answer, given: Given, elsewhere: bool) -> list[list[Block]]:
        """The messages of a correction; `elsewhere` says what it is about."""
        coach = answer.reviewed.coach if answer.reviewed else ""
        heading = rich(line(said("reviewed_this", answer.language, coach=coach), bold=True))
        votes = [
            button(each, said(what, answer.language), given.answer.id)
            for each, what in ((HELPED, "helped"), (NOT_HELPED, "not_helped"))
        ]
        messages = blocks.messages(answer, ending=[{"type": "actions", "elements": votes}])
        messages = blocks.headed(_about(given), messages) if elsewhere else messages
        return blocks.headed(heading, messages)

    async def _in_thread(
        self, client: AsyncWebClient, given: Given, errand: Errand, messages: Sequence[Sequence[Block]]
    ) -> bool:
        """Post where it was asked; False where nothing can be posted any more."""
        try:
            spot = Spot(given.place.channel, given.place.thread)
            await post_once(client, spot, errand, messages, _text(given))
        except SlackApiError as error:
            if code_of(error) not in NOWHERE:
                raise
            return False
        return True

    async def _alone(self, client: AsyncWebClient, given: Given, errand: Errand, message: Sequence[Block]) -> None:
        await self._messages_alone(client, given, errand, [message])

    async def _messages_alone(
        self, client: AsyncWebClient, given: Given, errand: Errand, messages: Sequence[Sequence[Block]]
    ) -> None:
        """In their direct messages; who left the company is told nothing."""
        try:
            spot = await direct(client, given.place.person)
            await post_once(client, spot, errand, messages, _text(given))
        except SlackApiError as error:
            if code_of(error) not in NOWHERE | {"user_not_found", "cannot_dm_bot"}:
                raise


def original(place: Place) -> tuple[str, str]:
    """The surface and the thread where something was asked; in private the thread also names the asker."""
    return place.surface, place.thread.split(" ")[0] if place.surface == "private" else place.thread


def _said(what: str, given: Given) -> str:
    language: Language = given.answer.language
    return said(what, language)


def _about(given: Given) -> Block:
    """What was asked, for whoever asked it."""
    quote = quoted(short(given.answer.question, _QUESTION))["elements"]
    return rich(line(_said("you_asked", given)), *quote)


def _text(given: Given) -> str:
    return _said("you_asked", given) + ": " + blocks.escaped(short(given.answer.question, _QUESTION))
