"""What happens when coaches press buttons: on a card, in the App Home, in a modal."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from assistant.review import Decision
from integrations.review.cases import Case, NoCase, Said
from integrations.review.queue import CLAIMED
from integrations.review.reviewing import Reviewing
from integrations.slack.home import HomeTab, Languages
from integrations.slack.kit import Block
from integrations.slack.review import cards, forms, home, modals
from integrations.slack.review.correcting import Correcting
from integrations.slack.review.forms import Form
from integrations.slack.review.pressing import Press
from integrations.slack.rights import Rights

Body = Mapping[str, Any]
Do = Callable[[Press], Awaitable[None]]


class Coaches:
    """Registers what coaches press; whether somebody is one, and may read it, is asked at every press."""

    def __init__(
        self,
        review: Reviewing,
        rights: Rights,
        languages: Languages,
        tab: HomeTab,
        wake: Callable[[], None],
    ) -> None:
        """`wake` has errands done at once."""
        self._review = review
        self._coaching = review.coaching
        self._rights = rights
        self._languages = languages
        self._tab = tab
        self._wake = wake
        self._correcting = Correcting(review, rights, languages, wake)

    def register(self, app: AsyncApp) -> None:
        """Every action and view of coaches."""
        actions: Mapping[str, Do] = {
            cards.CLAIM: self._claim,
            cards.RELEASE: self._release,
            cards.OPEN: self._open,
            cards.APPROVE: self._approve,
            cards.REJECT: self._reject,
            cards.VERIFY: self._verify,
            cards.CORRECT: self._correcting.begin,
            modals.SHOW: self._correcting.show,
            modals.FIND: self._correcting.find,
            home.FILTER: self._turn,
            home.MORE: self._turn,
            home.FIRST: self._turn,
        }
        for name, do in actions.items():
            app.action(name)(self._by_coaches(do))
        app.view(modals.VERDICT)(self._approved)
        app.view(modals.CORRECTION)(self._correcting.submitted)

    def _by_coaches(self, do: Do) -> Callable[..., Awaitable[None]]:
        async def listener(ack: AsyncAck, body: Body, client: AsyncWebClient, context: Mapping[str, Any]) -> None:
            await ack()
            press = await self._press(body, client, context)
            try:
                if await asyncio.to_thread(self._coaching.is_coach, press.reader):
                    await do(press)
                else:
                    await press.tell("no_coach")
            except NoCase:
                await press.tell("no_case")

        return listener

    async def _press(self, body: Body, client: AsyncWebClient, context: Mapping[str, Any]) -> Press:
        return await Press.of(body, client, context, self._rights, self._languages)

    async def _claim(self, press: Press) -> None:
        if await asyncio.to_thread(self._coaching.claim, press.value, press.reader):
            self._wake()
        elif not await self._taken(press):
            await press.tell("no_case")

    async def _taken(self, press: Press) -> bool:
        """Whether another coach is on it, which is said."""
        entry = await asyncio.to_thread(self._review.reviews.entry, press.value, press.reader)
        if entry is None or entry.state != CLAIMED or entry.claimed_by == press.reader.person:
            return False
        await press.tell("taken", coach=entry.claimed_by)
        return True

    async def _release(self, press: Press) -> None:
        await asyncio.to_thread(self._coaching.release, press.value, press.reader)
        self._wake()

    async def _open(self, press: Press) -> None:
        await press.open(self._verdict_of(press))

    async def _verdict_of(self, press: Press) -> Block:
        try:
            case = await asyncio.to_thread(self._coaching.case, press.value, press.reader)
        except NoCase:
            return modals.notice("no_case", press.language)
        return modals.verdict(case, await self._asker(case, press), press.language)

    async def _asker(self, case: Case, press: Press) -> str:
        directory = await asyncio.to_thread(self._review.people.directory)
        return cards.asked_by(case.entry.asker, directory, press.language) if case.entry.asker else ""

    async def _approve(self, press: Press) -> None:
        """On a card; in a modal that is its submission."""
        await self._judged_on_card(press, Decision.APPROVE)

    async def _reject(self, press: Press) -> None:
        """On a card, or in a modal with what was filled in there."""
        if not press.in_modal:
            await self._judged_on_card(press, Decision.REJECT)
            return
        said = forms.said_in(press.view["state"]["values"], Decision.REJECT, f"{press.view['id']} reject")
        await self._judged(press, said)
        await press.tell("kept")

    async def _judged_on_card(self, press: Press, decision: Decision) -> None:
        """One press of one coach is one verdict for each time that the entry comes into the queue."""
        if await self._taken(press):
            return
        case = await asyncio.to_thread(self._coaching.case, press.value, press.reader)
        key = f"{case.entry.id} {case.entry.since} {press.reader.person} {decision.value}"
        await self._judged(press, Said(decision=decision, marks={}, rubric={}, key=key))

    async def _judged(self, press: Press, said: Said) -> None:
        await asyncio.to_thread(self._coaching.judge, press.value, press.reader, said)
        self._wake()

    async def _approved(
        self, ack: AsyncAck, body: Body, view: Body, client: AsyncWebClient, context: Mapping[str, Any]
    ) -> None:
        press, entry = await self._press(body, client, context), Form.of(str(view["private_metadata"])).entry
        said = forms.said_in(view["state"]["values"], Decision.APPROVE, f"{view['id']} approve")
        try:
            await asyncio.to_thread(self._coaching.judge, entry, press.reader, said)
        except NoCase:
            await ack(response_action="update", view=modals.notice("no_case", press.language))
            return
        await ack()
        self._wake()

    async def _verify(self, press: Press) -> None:
        renewed = await asyncio.to_thread(self._coaching.verify_again, press.value, press.reader)
        self._wake()
        await press.tell("verified" if renewed else "not_verified")

    async def _turn(self, press: Press) -> None:
        """Another part of the queue in the App Home."""
        wanted = home.Wanted.of(press.value)
        await self._tab.show(press.client, press.team, press.person, wanted)
