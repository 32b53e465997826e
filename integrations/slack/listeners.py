"""What happens when Slack calls: events, commands, shortcuts, buttons and forms."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.slack import blocks, home, incoming
from integrations.slack.desk import Desk
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Job, Journal
from integrations.slack.passages import Passages
from integrations.slack.replies import only_to
from integrations.slack.texts import PROMPTS, said

log = logging.getLogger(__name__)
Body = Mapping[str, Any]
Context = Mapping[str, Any]


class Listeners:
    """Registers everything on one app; sockets and HTTP share it."""

    def __init__(self, desk: Desk, journal: Journal, passages: Passages, people: home.People) -> None:
        self._desk = desk
        self._journal = journal
        self._passages = passages
        self._people = people

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

    async def _record(self, body: dict[str, Any], context: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        """Before anything is acknowledged: put a question into the journal; twice is once."""
        asked = await asyncio.to_thread(self._question, body, str(context.get("team_id") or ""))
        if asked is not None:
            job = await asyncio.to_thread(self._journal.record, asked)
            self._desk.metrics.event("new" if job else "duplicate")
            context["job"] = job
        await next()

    def _question(self, body: Body, team: str) -> Incoming | None:
        """What is asked, if anything is; `team` is the workspace whose installation heard it."""
        if "command" in body:
            return incoming.of_command(body)
        if body.get("type") == "message_action" and body.get("callback_id") == "ask_coach":
            return incoming.of_shortcut(body)
        event = body.get("event") or {}
        event_id = str(body.get("event_id", ""))
        if event.get("type") == "app_mention" and event.get("user"):
            return incoming.of_mention(event_id, team, event)
        if event.get("type") == "message":
            asked = incoming.of_message(event_id, team, event)
            return asked if asked and self._meant(asked, event) else None
        return None

    def _meant(self, asked: Incoming, event: Body) -> bool:
        """Whether a message without a mention is for us: all are in a direct message, questions in our threads."""
        if event.get("channel_type") == "im":
            return True
        ours = self._journal.conversation(asked.team, asked.channel, asked.thread)
        return bool(ours) and incoming.asks(str(event.get("text", "")))

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
        language = await self._people.language(client, team, person)
        if event.get("tab") == "messages":
            prompts = [{"title": title, "message": message} for title, message in PROMPTS[language]]
            await client.assistant_threads_setSuggestedPrompts(channel_id=str(event["channel"]), prompts=prompts)
            return
        asked = await asyncio.to_thread(self._journal.last_questions, team, person)
        counts = await asyncio.to_thread(self._passages.counts)
        await client.views_publish(user_id=person, view=home.view(language, asked, counts))

    async def _passage(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        await ack()
        answer_id, _, passage = str(body["actions"][0]["value"]).partition(":")
        language = await self._people.language(client, str(context.get("team_id") or ""), str(body["user"]["id"]))
        view = await asyncio.to_thread(self._passages.view, answer_id, passage, language)
        await client.views_open(trigger_id=str(body["trigger_id"]), view=view)

    async def _voted(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        await ack()
        answer_id, _, vote = str(body["actions"][0]["value"]).partition(":")
        person = str(body["user"]["id"])
        await asyncio.to_thread(self._journal.vote, answer_id, person, vote)
        language = await self._people.language(client, str(context.get("team_id") or ""), person)
        if vote == "down":
            await client.views_open(trigger_id=str(body["trigger_id"]), view=blocks.reason_view(answer_id, language))
        else:
            await self._tell(client, body, said("thanks", language))

    async def _reason(self, ack: AsyncAck, body: Body, view: Body) -> None:
        reason = str(view["state"]["values"]["reason"]["text"].get("value") or "")
        await asyncio.to_thread(
            self._journal.vote, str(view["private_metadata"]), str(body["user"]["id"]), "reason", reason
        )
        await ack()

    async def _coach_called(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Mapping[str, Any]
    ) -> None:
        await ack()
        person = str(body["user"]["id"])
        await asyncio.to_thread(self._journal.vote, str(body["actions"][0]["value"]), person, "coach")
        language = await self._people.language(client, str(context.get("team_id") or ""), person)
        await self._tell(client, body, said("coach_called", language))

    async def _share(self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: Context) -> None:
        """Post a private answer under its asker's name, if this channel may see all of it at this moment."""
        await ack()
        person, channel = str(body["user"]["id"]), str(body["channel"]["id"])
        language = await self._people.language(client, str(context.get("team_id") or ""), person)
        messages = await asyncio.to_thread(self._passages.shareable, str(body["actions"][0]["value"]), person, language)
        try:
            if not messages:
                raise LookupError
            for message in messages:
                await client.chat_postMessage(
                    channel=channel, text=said("home_title", language), blocks=message, unfurl_links=False
                )
        except (LookupError, SlackApiError):
            await self._tell(client, body, said("cannot_share", language))

    async def _retry(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        before = await asyncio.to_thread(self._journal.asked, str(body["actions"][0]["value"]))
        if before is not None:
            again = replace(before, event=f"retry:{body['trigger_id']}", message="")
            job = await asyncio.to_thread(self._journal.record, again)
            if job:
                self._desk.take(job)

    async def _tell(self, client: AsyncWebClient, body: Body, text: str) -> None:
        """Tell the person who pressed a button, and nobody else."""
        message = body.get("message") or {}
        place = Incoming(
            "", str((body.get("team") or {}).get("id", "")), str(body["channel"]["id"]), str(body["user"]["id"]), "",
            "private", thread=str(message.get("thread_ts") or ""), response_url=str(body.get("response_url") or ""),
        )  # fmt: skip
        await only_to(client, place, blocks.plain(text), text)


async def _nothing() -> None:
    """Acknowledged, and of no consequence."""
