"""A correction on its way: begun, given more passages, checked line by line, kept."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from assistant.correction import Correction, Fault
from assistant.review import Decision
from integrations.review.cases import Case, NoCase, Said
from integrations.review.files import WrongCorrection
from integrations.review.reviewing import Reviewing
from integrations.slack.home import Languages
from integrations.slack.kit import Block
from integrations.slack.review import forms, modals
from integrations.slack.review.forms import LINES, MOST_FOUND, TOPICS, Form
from integrations.slack.review.pressing import Press
from integrations.slack.review.texts import said
from integrations.slack.rights import Rights
from knowledge.access import Reader
from knowledge.documents import Hit, Kind
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

_AT_ONCE = 5
# Slack waits three seconds for what a submission comes to; checking that takes longer goes on in its modal.
_SOON = 2.0
_EMPTY = Said(decision=Decision.CORRECT, marks={}, rubric={})


class Correcting:
    """The modal in which corrections are written."""

    def __init__(self, review: Reviewing, rights: Rights, languages: Languages, wake: Callable[[], None]) -> None:
        self._coaching = review.coaching
        self._rights = rights
        self._languages = languages
        self._wake = wake

    async def begin(self, press: Press) -> None:
        """Open the modal, from a card or on top of a verdict; whoever corrects is on it, unless another is."""
        claimed = await asyncio.to_thread(self._coaching.claim, press.value, press.reader)
        if claimed:
            self._wake()
        await press.open(self._begun(press))

    async def _begun(self, press: Press) -> Block:
        try:
            return await asyncio.to_thread(self._first, press)
        except NoCase:
            return modals.notice("no_case", press.language)

    def _first(self, press: Press) -> Block:
        verdict = Form.of(str(press.view["private_metadata"])) if press.in_modal else Form(press.value)
        case = self._coaching.case(press.value, press.reader, shown=verdict.passages)
        if case.kept:
            cited = [each.passage_id for one in case.kept.correction.statements for each in one.citations]
            case = self._coaching.case(press.value, press.reader, shown=[*forms.numbered(case), *cited])
        put = forms.said_in(press.view["state"]["values"], Decision.CORRECT, "") if press.in_modal else None
        form = Form(press.value, forms.numbered(case), 0, put)
        return modals.correction(case, form, press.language, lines=_before(case))

    async def show(self, press: Press) -> None:
        """A passage in full."""
        await press.open(asyncio.to_thread(self._passage, press))

    def _passage(self, press: Press) -> Block:
        number, _, name = press.value.partition(" ")
        found = self._coaching.library.passages([name], press.reader)
        if name not in found:
            return modals.notice("no_case", press.language)
        return modals.passage(int(number), Hit(*found[name], 0.0), press.language)

    async def find(self, press: Press) -> None:
        """Add what a search finds to the passages; their numbers stay."""
        await press.change(await asyncio.to_thread(self._with_found, press))

    def _with_found(self, press: Press) -> Block:
        form = Form.of(str(press.view["private_metadata"]))
        new = [each for each in self._found(press.value, press.reader) if each not in form.passages][:_AT_ONCE]
        room = MOST_FOUND - form.found
        note = "" if new else said("not_found", press.language)
        if len(new) > room:
            note = said("enough", press.language, most=MOST_FOUND)
        added = new[:room]
        form = Form(form.entry, (*form.passages, *added), form.found + len(added), form.said)
        case = self._coaching.case(form.entry, press.reader, shown=form.passages)
        return modals.correction(case, form, press.language, note, lines=_before(case))

    def _found(self, text: str, reader: Reader) -> list[str]:
        """Passages that a correction may cite: what coaches wrote before is no source."""
        hits = self._coaching.search(text, reader)
        return [hit.passage.id for hit in hits if hit.entry.kind is not Kind.REVIEWED_ANSWER]

    async def submitted(
        self, ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], client: AsyncWebClient,
        context: Mapping[str, Any],
    ) -> None:  # fmt: skip
        """Check and keep what was written; what is to be mended is said, and what was typed stays."""
        press = await Press.of({**body, "view": view}, client, context, self._rights, self._languages)
        kept = asyncio.ensure_future(asyncio.to_thread(self._kept, press))
        await asyncio.wait({kept}, timeout=max(0.0, press.begun + _SOON - time.monotonic()))
        if kept.done():
            await self._answered(ack, press, kept)
        else:
            await ack(response_action="update", view=modals.notice("checking", press.language))
            await self._later(press, kept)

    def _kept(self, press: Press) -> Correction | tuple[Fault, ...] | str:
        """The correction, what is to be mended, or why there is neither."""
        form, state = Form.of(str(press.view["private_metadata"])), press.view["state"]["values"]
        verdict = form.said or _EMPTY
        put = Said(
            decision=Decision.CORRECT, marks=verdict.marks, rubric=verdict.rubric, reason=verdict.reason,
            better_source=verdict.better_source, key=f"{press.view['id']} {press.reader.person} correct",
        )  # fmt: skip
        topics = [each.strip() for each in forms.typed(state, TOPICS).replace("\uff0c", ",").split(",") if each.strip()]
        text = forms.typed(state, LINES)
        try:
            return self._coaching.correct(
                form.entry, press.reader, text, put, press.language, topics=topics, shown=form.passages
            )
        except NoCase:
            return "no_case"
        except WrongCorrection:
            return "nothing_said"
        except KnowledgeError as error:
            log.warning("%s", error)
            return "busy"

    async def _answered(
        self, ack: AsyncAck, press: Press, kept: "asyncio.Future[Correction | tuple[Fault, ...] | str]"
    ) -> None:
        result = kept.result()
        if isinstance(result, Correction):
            await ack(response_action="clear")
            self._wake()
        elif result == "no_case":
            await ack(response_action="update", view=modals.notice("no_case", press.language))
        else:
            await ack(response_action="errors", errors={LINES: _wrong(result, press)})

    async def _later(self, press: Press, kept: "asyncio.Future[Correction | tuple[Fault, ...] | str]") -> None:
        """The same, when Slack does not wait any more."""
        result = await kept
        if isinstance(result, Correction):
            self._wake()
            await press.change(modals.notice("taught", press.language))
        else:
            await press.change(await asyncio.to_thread(self._again, press, result))

    def _again(self, press: Press, result: tuple[Fault, ...] | str) -> Block:
        """The modal once more, with what was typed and what is to be mended."""
        form, state = Form.of(str(press.view["private_metadata"])), press.view["state"]["values"]
        faults, note = ((), said(result, press.language)) if isinstance(result, str) else (result, "")
        try:
            case = self._coaching.case(form.entry, press.reader, shown=form.passages)
        except NoCase:
            return modals.notice("no_case", press.language)
        return modals.correction(case, form, press.language, note, faults, forms.typed(state, LINES))


def _wrong(result: tuple[Fault, ...] | str, press: Press) -> str:
    return said(result, press.language) if isinstance(result, str) else modals.errors(result, press.language)


def _before(case: Case) -> str:
    """The lines of a correction that no longer holds, as far as what they cite can be cited now."""
    if case.kept is None:
        return ""
    numbers = {hit.passage.id: number for number, hit in case.offered.items()}
    lines = []
    for each in case.kept.correction.statements:
        cited = [numbers.get(citation.passage_id) for citation in each.citations]
        if None not in cited:
            lines.append(" ".join(filter(None, (each.text, "".join(f"[{number}]" for number in dict.fromkeys(cited))))))
    return "\n".join(lines)
