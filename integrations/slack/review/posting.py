"""Messages that are posted once for each errand, however often it is begun."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.review.errands import Errand
from integrations.slack.kit import Block
from integrations.slack.replies import code_of

log = logging.getLogger(__name__)

EVENT = "coach_review"
NOWHERE = frozenset(
    {"thread_not_found", "channel_not_found", "not_in_channel", "is_archived", "message_not_found", "user_disabled"}
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: a channel, or a thread of it."""

    channel: str
    thread: str = ""


async def post_once(
    client: AsyncWebClient, spot: Spot, errand: Errand, messages: Sequence[Sequence[Block]], text: str
) -> str:
    """Post what an earlier try did not; the ts of the first message."""
    there = await _posted(client, spot, errand.key) if errand.tries > 1 else {}
    for part, message in enumerate(messages):
        if part not in there:
            payload = {"errand": errand.key, "part": part}
            posted = await client.chat_postMessage(
                channel=spot.channel,
                thread_ts=spot.thread or None,
                text=text,
                blocks=message,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": EVENT, "event_payload": payload},
            )
            there[part] = str(posted["ts"])
    return there[0]


async def _posted(client: AsyncWebClient, spot: Spot, key: str) -> dict[int, str]:
    """What stands there of an errand, by its parts."""
    try:
        if spot.thread:
            found = await client.conversations_replies(
                channel=spot.channel, ts=spot.thread, include_all_metadata=True, limit=200
            )
        else:
            found = await client.conversations_history(channel=spot.channel, include_all_metadata=True, limit=200)
    except SlackApiError as error:
        log.info("what an earlier try posted cannot be seen: %s", code_of(error))
        return {}
    payloads = ((each, _payload(each)) for each in found["messages"])
    return {int(said["part"]): str(each["ts"]) for each, said in payloads if said.get("errand") == key}


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    return (message.get("metadata") or {}).get("event_payload") or {}


async def direct(client: AsyncWebClient, person: str) -> Spot:
    """The direct messages of one person."""
    opened = await client.conversations_open(users=person)
    return Spot(str(opened["channel"]["id"]))
