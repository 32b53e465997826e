"""What whoever asked presses below what they were told: whether it helped, and to ask again."""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal, cast

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from integrations.answer_store import Given
from integrations.review.reviewing import Reviewing
from integrations.slack.blocks import SIMILAR
from integrations.slack.desk import Desk
from integrations.slack.home import Languages
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.slack.replies import tell
from integrations.slack.review.asker import AGAIN, HELPED, NOT_HELPED, original
from integrations.slack.review.texts import said

Body = Mapping[str, Any]


class Helping:
    """Only whoever asked is heard."""

    def __init__(self, review: Reviewing, languages: Languages, desk: Desk, journal: Journal) -> None:
        self._review = review
        self._languages = languages
        self._desk = desk
        self._journal = journal

    def register(self, app: AsyncApp) -> None:
        """The buttons of askers."""
        for name in (HELPED, NOT_HELPED):
            app.action(name)(self._helped)
        app.action(AGAIN)(self._again)
        app.action(SIMILAR)(self._similar)

    async def _helped(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Mapping[str, Any]) -> None:
        await ack()
        given = await self._asked(body)
        language = await self._languages.of(client, str(context.get("team_id") or ""), str(body["user"]["id"]))
        if given is None:
            await tell(client, body, said("not_yours", language))
            return
        action = body["actions"][0]
        helped = action["action_id"] == HELPED
        await asyncio.to_thread(self._review.coaching.helped, given.answer.id, given.place.person, helped)
        await tell(client, body, said("thanks", language))

    async def _again(self, ack: AsyncAck, body: Body) -> None:
        """The same question in the same place, by the rights of this moment."""
        await ack()
        given = await self._asked(body)
        if given is None or given.place.surface == "web":
            return
        place, (surface, thread) = given.place, original(given.place)
        asked = Incoming(
            f"again:{body['trigger_id']}", place.team, place.channel, place.person, given.answer.question,
            cast(Literal["thread", "direct", "private"], surface), thread=thread,
        )  # fmt: skip
        job = await asyncio.to_thread(self._journal.record, asked)
        if job:
            self._desk.take(job)

    async def _similar(self, ack: AsyncAck, body: Body, context: Mapping[str, Any]) -> None:
        """What a coach answered to a question like the one asked, for whoever presses alone, by their own rights."""
        await ack()
        given = await asyncio.to_thread(self._review.answers.find, str(body["actions"][0]["value"]))
        if given is None or given.answer.similar is None:
            return
        asked = Incoming(
            f"similar:{body['trigger_id']}", str(context.get("team_id") or ""), str(body["channel"]["id"]),
            str(body["user"]["id"]), given.answer.similar.question, "private",
            thread=str((body.get("message") or {}).get("thread_ts") or ""),
            response_url=str(body.get("response_url") or ""),
        )  # fmt: skip
        job = await asyncio.to_thread(self._journal.record, asked)
        if job:
            self._desk.take(job)

    async def _asked(self, body: Body) -> Given | None:
        """The answer a button is about, if whoever pressed it asked for it."""
        given = await asyncio.to_thread(self._review.answers.find, str(body["actions"][0]["value"]))
        if given is None:
            return None
        directory = await asyncio.to_thread(self._review.people.directory)
        person = str(body["user"]["id"])
        return given if given.place.person in (person, directory.slack.get(person)) else None
