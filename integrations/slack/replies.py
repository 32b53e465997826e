"""How an answer gets into Slack: in one piece when it is ready at once, as it arrives when it is not."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from assistant.answers import Answer, Claim
from integrations.slack import blocks
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Job
from integrations.slack.kit import Block

log = logging.getLogger(__name__)

# A stream dies five minutes after it began, even while it is written to.
STREAM_SECONDS = 240.0
_ENDED = frozenset({"stopped_by_user", "message_not_found", "thread_not_found"})
_FIXED = frozenset({"edit_window_closed", "cant_update_message"})


class Stopped(Exception):
    """Whoever asked stopped the answer, or took the question away."""


def code_of(error: SlackApiError) -> str:
    """Slack's name for what went wrong."""
    return str(error.response.get("error", "unknown")) if error.response else "unknown"


@dataclass(slots=True)
class Thread:
    """A reply in a thread that everyone there can see."""

    client: AsyncWebClient
    job: Job
    begun: list[str] = field(default_factory=list)
    _stream: str = ""
    _opened: float = 0.0
    _shown: list[Block] = field(default_factory=list)

    @property
    def _channel(self) -> str:
        return self.job.incoming.channel

    async def whole(self, answer: Answer) -> str:
        """Post an answer that is ready, going on with what an earlier try left behind; the first ts."""
        if self.job.tries > 1:
            self.begun = await self._left()
        return await self._settle(answer)

    async def _left(self) -> list[str]:
        """The messages of an earlier try: those it noted, and those it had no time to note; oldest first."""
        noted = self.job.reply.split()
        try:
            thread = await self.client.conversations_replies(
                channel=self._channel, ts=self.job.incoming.thread, include_all_metadata=True, limit=200
            )
        except SlackApiError as error:
            log.info("what an earlier try left cannot be seen: %s", code_of(error))
            return noted
        posted = [str(each["ts"]) for each in thread["messages"] if self._is_ours(each)]
        return sorted({*noted, *posted})

    def _is_ours(self, message: Mapping[str, Any]) -> bool:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        return bool(payload.get("job") == self.job.id)

    async def _post(self, message: Sequence[Block], answer: Answer) -> str:
        posted = await self.client.chat_postMessage(
            channel=self._channel,
            thread_ts=self.job.incoming.thread,
            unfurl_links=False,
            unfurl_media=False,
            text=blocks.fallback(answer),
            blocks=message,
            metadata={"event_type": "coach_answer", "event_payload": {"job": self.job.id}},
        )
        return str(posted["ts"])

    async def claim(self, claim: Claim) -> None:
        """Show one more claim while others are still to come."""
        block = blocks.one_claim(claim)
        try:
            if self._stream and (monotonic() - self._opened > STREAM_SECONDS or not self._room(block)):
                await self.client.chat_stopStream(channel=self._channel, ts=self._stream)
                self._stream = ""
            await (self._append(block) if self._stream else self._open(block))
        except SlackApiError as error:
            await self._recover(error, block)

    def _room(self, block: Block) -> bool:
        return blocks.fits([*self._shown, block])

    async def _open(self, block: Block) -> None:
        """Begin a stream; one that Slack begins while the answer is stopped is known, so that it can be closed."""
        opening = asyncio.ensure_future(self._begin(block))
        try:
            await asyncio.shield(opening)
        except asyncio.CancelledError:
            with suppress(SlackApiError, ClientError, RuntimeError):
                await opening
            raise

    async def _begin(self, block: Block) -> None:
        started = await self.client.chat_startStream(
            channel=self._channel,
            thread_ts=self.job.incoming.thread,
            recipient_team_id=self.job.incoming.team,
            recipient_user_id=self.job.incoming.person,
            chunks=[{"type": "blocks", "blocks": [block]}],
        )
        self._stream, self._opened, self._shown = str(started["ts"]), monotonic(), [block]
        self.begun.append(self._stream)

    async def _append(self, block: Block) -> None:
        chunk = {"type": "blocks", "blocks": [block]}
        await self.client.chat_appendStream(channel=self._channel, ts=self._stream, chunks=[chunk])
        self._shown.append(block)

    async def _recover(self, error: SlackApiError, block: Block) -> None:
        """A stream that expired goes on in a new one; one that its reader ended is ended."""
        if code_of(error) in _ENDED:
            raise Stopped from error
        if code_of(error) != "message_not_in_streaming_state":
            raise error
        await self._open(block)

    async def finish(self, answer: Answer) -> str:
        """End a streamed answer: the streamed message becomes the whole answer, sources and buttons included."""
        try:
            if self._stream:
                await self.client.chat_stopStream(channel=self._channel, ts=self._stream)
        except SlackApiError as error:
            if code_of(error) in _ENDED:
                raise Stopped from error
        return await self._settle(answer)

    async def _settle(self, answer: Answer) -> str:
        """Make the messages of this reply the answer: those begun are rewritten, missing ones posted, others go."""
        messages = blocks.messages(answer)
        kept = [await self._rewrite(ts, message, answer) for ts, message in zip(self.begun, messages, strict=False)]
        kept += [await self._post(message, answer) for message in messages[len(self.begun) :]]
        for ts in self.begun[len(messages) :]:
            await self.client.chat_delete(channel=self._channel, ts=ts)
        return kept[0]

    async def _rewrite(self, ts: str, message: Sequence[Block], answer: Answer) -> str:
        """Put a message in the place of one that was begun, or after it if Slack lets nobody change it any more."""
        try:
            await self._update(ts, message, answer)
        except SlackApiError as error:
            if code_of(error) in _ENDED:
                raise Stopped from error
            if code_of(error) in _FIXED:
                return await self._post(message, answer)
            if code_of(error) != "streaming_state_conflict":
                raise
            await self.client.chat_stopStream(channel=self._channel, ts=ts)
            await self._update(ts, message, answer)
        return ts

    async def _update(self, ts: str, message: Sequence[Block], answer: Answer) -> None:
        await self.client.chat_update(channel=self._channel, ts=ts, text=blocks.fallback(answer), blocks=message)

    async def close(self) -> None:
        """Leave no stream open that nobody writes to; that it cannot be closed changes nothing."""
        if self._stream:
            with suppress(SlackApiError, ClientError, RuntimeError):
                await self.client.chat_stopStream(channel=self._channel, ts=self._stream)


async def private(client: AsyncWebClient, incoming: Incoming, answer: Answer) -> None:
    """Show an answer to its asker alone, with the way into the channel."""
    for message in blocks.messages(answer, shareable=True):
        await only_to(client, incoming, message, blocks.fallback(answer))


async def tell(client: AsyncWebClient, body: Mapping[str, Any], text: str) -> None:
    """Tell the person who pressed a button, and nobody else."""
    message, channel = body.get("message") or {}, body.get("channel") or {}
    place = Incoming(
        "", str((body.get("team") or {}).get("id", "")), str(channel.get("id", "")), str(body["user"]["id"]), "",
        "private", thread=str(message.get("thread_ts") or ""), response_url=str(body.get("response_url") or ""),
    )  # fmt: skip
    await only_to(client, place, blocks.plain(text), text)


async def only_to(client: AsyncWebClient, incoming: Incoming, message: Sequence[Block], text: str) -> None:
    """A message that one person sees: where they asked if Slack lets us, else in their direct messages."""
    if incoming.response_url:
        sent = await AsyncWebhookClient(incoming.response_url).send(
            text=text, blocks=message, response_type="ephemeral", replace_original=False
        )
        if sent.status_code == 200:
            return
    try:
        await client.chat_postEphemeral(
            channel=incoming.channel,
            user=incoming.person,
            thread_ts=incoming.thread or None,
            text=text,
            blocks=message,
        )
    except SlackApiError:
        opened = await client.conversations_open(users=incoming.person)
        await client.chat_postMessage(
            channel=opened["channel"]["id"], text=text, blocks=message, unfurl_links=False, unfurl_media=False
        )
