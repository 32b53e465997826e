"""The second part of an answer in a channel: what its asker may read and not everyone there, for them alone.

It begins once the first part stands, and whether it comes to anything shows nowhere but to the asker.
"""

import asyncio
import logging
from dataclasses import replace

from assistant.answers import Answer
from assistant.evidence import gather
from assistant.questions import Question
from assistant.reviewed import remembered
from assistant.understand import understand
from integrations.slack import blocks, replies
from integrations.slack.answering import Answering
from integrations.slack.incoming import Incoming
from integrations.slack.rights import ClientOf
from integrations.slack.texts import said
from knowledge.access import Reader

log = logging.getLogger(__name__)


class SecondPart:
    """Looks again with the asker's own rights, and shows them what the channel may not see."""

    def __init__(self, answering: Answering, client_of: ClientOf) -> None:
        self._answering = answering
        self._client_of = client_of

    async def offer(self, incoming: Incoming) -> None:
        """Look, and show what there is; a failure is told to nobody, as there may be nothing to be told."""
        try:
            await self._offer(incoming)
        except Exception:
            # What failed would tell whether there was something to show.
            log.error("a second look at a question failed")

    async def _offer(self, incoming: Incoming) -> None:
        alone, rights = replace(incoming, surface="private"), self._answering.rights
        reader, channel = await rights.of(alone), await rights.of(incoming)
        library = self._answering.assistant.library
        if await asyncio.to_thread(library.readable, reader) == await asyncio.to_thread(library.readable, channel):
            return
        question, loop = await self._answering.question(alone), asyncio.get_running_loop()
        if not await loop.run_in_executor(self._answering.threads, self._finds_more, question, channel):
            return
        answer = await self._rest(question, alone, channel)
        if not (answer.claims or answer.next_steps or answer.questions):
            return
        await self._answering.keep(answer, alone)
        client, heading = await self._client_of(incoming.team), said("more_alone", answer.language)
        for message in blocks.headed(blocks.plain(heading)[0], blocks.messages(answer)):
            await replies.only_to(client, incoming, message, heading)
        await self._answering.answered(question, answer, alone)

    def _finds_more(self, question: Question, channel: Reader) -> bool:
        """Whether what is found for the asker includes what the channel may not see; no model is asked."""
        assistant = self._answering.assistant
        library, reader = assistant.library, question.reader
        held = assistant.corrections.current(reader) if assistant.corrections else ()
        reviewed = remembered(library, question, held).same
        if reviewed and not self._answering.recheck.holds(reviewed.id, channel):
            return True
        understood = understand(question, library.accounts(reader), assistant.language)
        found = gather(library, understood, reader)
        given = found.hits if assistant.drafter else (*found.hits, *found.found.hits)
        return any(not channel.may_read(hit.entry.audience) for hit in given)

    async def _rest(self, question: Question, alone: Incoming, channel: Reader) -> Answer:
        """The answer for the asker alone, less what the first part could say."""
        recheck = self._answering.recheck
        answer = await self._answering.ask(question)
        rest = await asyncio.to_thread(recheck.beyond, answer, channel)
        return await asyncio.to_thread(recheck.still, rest, await self._answering.rights.of(alone))
