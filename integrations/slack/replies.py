"""How an answer gets into Slack: in one piece when it is ready at once, as it arrives when it is not."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from assistant.answers import Answer, Claim
from integrations.slack import blocks
from integrations.slack.blocks import Block
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Job

log = logging.getLogger(__name__)

# A stream dies five minutes after it began, even while it is written to.
STREAM_SECONDS = 240.0
_ENDED = frozenset({"stopped_by_user", "message_not_found", "thread_not_found"})


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
        """Post an answer that is ready, going on with a reply that was begun before; the first ts."""
        first, *more = blocks.messages(answer)
        ts = await self._first(first, answer)
        for message in more:
            await self._post(message, answer)
        return ts

    async def _first(self, message: Sequence[Block], answer: Answer) -> str:
        if self.job.reply:
            try:
                await self.client.chat_update(
                    channel=self._channel,
                    ts=self.job.reply,
                    text=blocks.fallback(answer),
                    blocks=message,
                )
                return self.job.reply
            except SlackApiError as error:
                if code_of(error) in _ENDED:
                    raise Stopped from error
                log.info("a begun reply could not be gone on with: %s", code_of(error))
        return await self._post(message, answer)

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

    async def claim(self, claim: Claim) -> str:
        """Show one more claim while others are still to come; the ts of the message it went into."""
        block = blocks.one_claim(claim)
        try:
            if self._stream and (monotonic() - self._opened > STREAM_SECONDS or not self._room(block)):
                await self.client.chat_stopStream(channel=self._channel, ts=self._stream)
                self._stream = ""
            await (self._append(block) if self._stream else self._open(block))
        except SlackApiError as error:
            await self._recover(error, block)
        return self._stream

    def _room(self, block: Block) -> bool:
        return blocks.fits([*self._shown, block])

    async def _open(self, block: Block) -> None:
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
        first, *more = blocks.messages(answer)
        for ts, message in zip(self.begun, [first, *more], strict=False):
            await self.client.chat_update(channel=self._channel, ts=ts, text=blocks.fallback(answer), blocks=message)
        for message in [first, *more][len(self.begun) :]:
            await self._post(message, answer)
        return self.begun[0] if self.begun else ""


async def private(client: AsyncWebClient, incoming: Incoming, answer: Answer) -> None:
    """Show an answer to its asker alone, with the way into the channel."""
    for message in blocks.messages(answer, shareable=True):
        await only_to(client, incoming, message, blocks.fallback(answer))


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
