"""A press of a button by a coach: who, where, by which rights, and how modals open before Slack stops waiting."""

import asyncio
import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.questions import Language
from integrations.slack import replies
from integrations.slack.home import Languages
from integrations.slack.kit import Block
from integrations.slack.review import modals
from integrations.slack.review.texts import said
from integrations.slack.rights import Rights
from knowledge.access import Reader

# A trigger is good for three seconds; what takes longer than this is put into a modal that says so.
_SOON = 1.0


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, with the rights of whoever pressed it at this moment; `begun` is by the monotonic clock."""

    body: Mapping[str, Any]
    client: AsyncWebClient
    team: str
    reader: Reader
    language: Language
    begun: float

    @property
    def person(self) -> str:
        """Their Slack id."""
        return str(self.body["user"]["id"])

    @property
    def value(self) -> str:
        """What the button says, or the menu, or what was typed."""
        action = self.body["actions"][0]
        chosen = action.get("selected_option") or {}
        return str(chosen.get("value") or action.get("value") or "")

    @property
    def view(self) -> Mapping[str, Any]:
        """The modal, or the App Home, that it was pressed in; empty in a message."""
        return self.body.get("view") or {}

    @property
    def in_modal(self) -> bool:
        """Whether it was pressed in a modal."""
        return self.view.get("type") == "modal"

    @classmethod
    async def of(
        cls,
        body: Mapping[str, Any],
        client: AsyncWebClient,
        context: Mapping[str, Any],
        rights: Rights,
        languages: Languages,
    ) -> "Press":
        """What Slack sent, as of now."""
        begun, team, person = time.monotonic(), str(context.get("team_id") or ""), str(body["user"]["id"])
        reader, language = await asyncio.gather(rights.alone(team, person), languages.of(client, team, person))
        return cls(body, client, team, reader, language, begun)

    async def tell(self, what: str, **values: object) -> None:
        """Say something to whoever pressed: in their modal, or where they are."""
        if self.in_modal:
            await self.change(modals.notice(what, self.language, **values))
        else:
            await replies.tell(self.client, self.body, said(what, self.language, **values))

    async def change(self, view: Block) -> None:
        """Show something else in the modal."""
        await self.client.views_update(view_id=str(self.view["id"]), view=view)

    async def open(self, making: Awaitable[Block]) -> None:
        """Open a modal, on top of the one that is open; one that takes its time is announced."""
        made = asyncio.ensure_future(making)
        await asyncio.wait({made}, timeout=max(0.0, self.begun + _SOON - time.monotonic()))
        if made.done():
            await self._show(made.result())
            return
        shown = await self._show(modals.notice("loading", self.language))
        await self.client.views_update(view_id=shown, view=await made)

    async def _show(self, view: Block) -> str:
        trigger = str(self.body["trigger_id"])
        way = self.client.views_push if self.in_modal else self.client.views_open
        opened = await way(trigger_id=trigger, view=view)
        return str(opened["view"]["id"])
