"""What happens when Slack calls: events, commands, shortcuts, buttons and forms."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.review.reviewing import Reviewing
from integrations.slack import blocks, incoming
from integrations.slack.desk import Desk
from integrations.slack.home import HomeTab, Languages
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Job, Journal
from integrations.slack.passages import Passages
from integrations.slack.replies import tell
from integrations.slack.rights import CHANGES, Rights
from integrations.slack.texts import PROMPTS, said

log = logging.getLogger(__name__)
Body = Mapping[str, Any]
Context = Mapping[str, Any]

# What Slack calls the direct messages of two where a button was pressed; the bot can post in those with itself only.
_DIRECT = "directmessage"


class Listeners:
    """Registers everything on one app; sockets and HTTP share it."""

    def __init__(
        self,
        desk: Desk,
        journal: Journal,
        passages: Passages,
        review: Reviewing,
        languages: Languages,
        rights: Rights,
        tab: HomeTab,
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._passages = passages
        self._review = review
        self._languages = languages
        self._rights = rights
        self._tab = tab

    def register(self, app: AsyncApp) -> None:
        """Record before the acknowledgement, work after it."""
        app.use(self._record)
        for name in ("app_mention", "message"):
            app.event(name)(self._asked)
        app.event("app_home_opened")(self._home_opened)
        app.event("agent_session_stopped")(self._stopped)
        app.command("/coach")(self._command)
        app.shortcut("ask_coach")(self._command)
        actions: Mapping[str, Callable[..., Awaitable[None]]] = {
            blocks.PASSAGE: self._passage,
            blocks.FEEDBACK: self._voted,
            blocks.COACH: self._coach_called,
            blocks.SHARE: self._share,
            blocks.RETRY: self._retry,
        }
        for name, listener in actions.items():
            app.action(name)(listener)
        app.view("reason")(self._reason)
        for name in ("app_context_changed", "assistant_thread_started", "assistant_thread_context_changed"):
            app.event(name)(_nothing)
        for name in CHANGES:
            app.event(name)(self._changed)

    async def _record(self, body: dict[str, Any], context: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        """Before anything is acknowledged: put a question into the journal; twice is once."""
        team, bot = str(context.get("team_id") or ""), str(context.get("bot_user_id") or "")
        asked = await asyncio.to_thread(self._question, body, team, bot)
        if asked is not None:
            job = await asyncio.to_thread(self._journal.record, asked)
            self._desk.metrics.event("new" if job else "duplicate")
            context["job"] = job
        await next()

    def _question(self, body: Body, team: str, bot: str) -> Incoming | None:
        """What is asked, if anything is; `team` is the workspace whose installation heard it, `bot` our name there."""
        if "command" in body:
            return incoming.of_command(body)
        if body.get("type") == "message_action" and body.get("callback_id") == "ask_coach":
            return incoming.of_shortcut(body)
        event = body.get("event") or {}
        event_id = str(body.get("event_id", ""))
        if event.get("type") == "app_mention" and event.get("user"):
            return incoming.of_mention(event_id, team, event)
        if event.get("type") == "message":
            asked = incoming.of_message(event_id, team, event, bot)
            return asked if asked and self._meant(asked, event, bot) else None
        return None

    def _meant(self, asked: Incoming, event: Body, bot: str) -> bool:
        """Whether a message is for us: all are in a direct message, elsewhere those that name us, and questions in
        our threads."""
        if asked.surface == "direct" or incoming.names(event, bot):
            return True
        before = self._passages.answers.conversation(asked.team, asked.channel, asked.conversations)
        return bool(before) and incoming.asks(str(event.get("text", "")))

    async def _changed(self, event: Body) -> None:
        """Somebody may see more or less than before."""
        self._rights.heard(event)

    async def _asked(self, event: Body, context: Context) -> None:
        if event.get("subtype") == "message_deleted":
            self._desk.stop_answers(str(event["channel"]), message=str(event.get("deleted_ts", "")))
        self._take(context)

    def _take(self, context: Context) -> None:
        job: Job | None = context.get("job")
        if job is not None:
            self._desk.take(job)

    async def _command(self, ack: AsyncAck, context: Context) -> None:
        await ack()
        self._take(context)

    async def _stopped(self, event: Body) -> None:
        channel = str(event.get("channel") or event.get("channel_id") or "")
        self._desk.stop_answers(channel, thread=str(event.get("thread_ts", "")))

    async def _home_opened(self, event: Body, client: AsyncWebClient, context: Context) -> None:
        person, team = str(event["user"]), str(context.get("team_id") or "")
        if event.get("tab") == "messages":
            language = await self._languages.of(client, team, person)
            prompts = [{"title": title, "message": message} for title, message in PROMPTS[language]]
            await client.assistant_threads_setSuggestedPrompts(channel_id=str(event["channel"]), prompts=prompts)
            return
        await self._tab.show(client, team, person)

    async def _passage(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        await ack()
        answer_id, _, passage = str(body["actions"][0]["value"]).partition(":")
        team, person = str(context.get("team_id") or ""), str(body["user"]["id"])
        reader = await self._rights.alone(team, person)
        language = await self._languages.of(client, team, person)
        view = await asyncio.to_thread(self._passages.view, answer_id, passage, language, reader)
        await client.views_open(trigger_id=str(body["trigger_id"]), view=view)

    async def _voted(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        await ack()
        answer_id, _, vote = str(body["actions"][0]["value"]).partition(":")
        person = str(body["user"]["id"])
        await asyncio.to_thread(self._review.intake.voted, answer_id, person, vote)
        language = await self._languages.of(client, str(context.get("team_id") or ""), person)
        if vote == "down":
            await client.views_open(trigger_id=str(body["trigger_id"]), view=blocks.reason_view(answer_id, language))
        else:
            await tell(client, body, said("thanks", language))

    async def _reason(self, ack: AsyncAck, body: Body, view: Body) -> None:
        reason = str(view["state"]["values"]["reason"]["text"].get("value") or "")
        await asyncio.to_thread(
            self._review.intake.voted, str(view["private_metadata"]), str(body["user"]["id"]), "reason", reason
        )
        await ack()

    async def _coach_called(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Mapping[str, Any]
    ) -> None:
        await ack()
        person = str(body["user"]["id"])
        await asyncio.to_thread(self._review.intake.voted, str(body["actions"][0]["value"]), person, "coach")
        language = await self._languages.of(client, str(context.get("team_id") or ""), person)
        await tell(client, body, said("coach_called", language))

    async def _share(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        """Post a private answer under its asker's name, if this channel may see all of it at this moment."""
        await ack()
        team, person, channel = str(context.get("team_id") or ""), str(body["user"]["id"]), str(body["channel"]["id"])
        language = await self._languages.of(client, team, person)
        direct = body["channel"].get("name") == _DIRECT
        reader = await (self._rights.alone(team, person) if direct else self._rights.among(team, channel, person))
        answer_id = str(body["actions"][0]["value"])
        messages = await asyncio.to_thread(self._passages.shareable, answer_id, person, language, reader)
        try:
            if not messages:
                raise LookupError
            for message in messages:
                await client.chat_postMessage(
                    channel=channel,
                    text=said("home_title", language),
                    blocks=message,
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except (LookupError, SlackApiError):
            await tell(client, body, said("cannot_share", language))

    async def _retry(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        before = await asyncio.to_thread(self._journal.asked, str(body["actions"][0]["value"]))
        if before is not None and before.person == str(body["user"]["id"]):
            again = replace(before, event=f"retry:{body['trigger_id']}", message="")
            job = await asyncio.to_thread(self._journal.record, again)
            if job:
                self._desk.take(job)


async def _nothing() -> None:
    """Acknowledged, and of no consequence."""
