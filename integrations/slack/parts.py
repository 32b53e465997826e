"""The second part of an answer in a channel: what its asker may read and not everyone there, for them alone.

It begins once the first part stands, and whether it comes to anything shows nowhere but to the asker.
"""

import asyncio
import logging
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer
from assistant.evidence import gather
from assistant.questions import Question
from assistant.understand import understand
from integrations.slack import blocks, replies
from integrations.slack.answering import Answering
from integrations.slack.incoming import Incoming
from integrations.slack.texts import said
from knowledge.access import Reader

log = logging.getLogger(__name__)


class SecondPart:
    """Looks again with the asker's own rights, and shows them what the channel may not see."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def offer(self, client: AsyncWebClient, incoming: Incoming) -> None:
        """Look, and show what there is; a failure is told to nobody, as there may be nothing to be told."""
        try:
            await self._offer(client, incoming)
        except Exception:
            # What failed would tell whether there was something to show.
            log.error("a second look at a question failed")

    async def _offer(self, client: AsyncWebClient, incoming: Incoming) -> None:
        alone = replace(incoming, surface="private")
        channel = await self._answering.rights.of(incoming)
        question = await self._answering.question(alone)
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self._answering.threads, self._holds_more, question, channel):
            return
        answer = await self._rest(question, alone, channel)
        if not (answer.claims or answer.next_steps or answer.questions):
            return
        await self._answering.keep(answer, alone)
        heading = said("more_alone", answer.language)
        for message in blocks.headed(blocks.plain(heading)[0], blocks.messages(answer)):
            await replies.only_to(client, incoming, message, heading)
        await self._answering.answered(question, answer, alone)

    def _holds_more(self, question: Question, channel: Reader) -> bool:
        """Whether what is found for the asker includes what the channel may not see; no model is asked."""
        assistant = self._answering.assistant
        library, reader = assistant.library, question.reader
        if library.readable(reader) == library.readable(channel):
            return False
        understood = understand(question, library.accounts(reader), assistant.language)
        found = gather(library, understood, reader)
        given = found.hits if assistant.drafter else (*found.hits, *found.found.hits)
        return any(not channel.may_read(hit.entry.audience) for hit in given)

    async def _rest(self, question: Question, alone: Incoming, channel: Reader) -> Answer:
        """The answer for the asker alone, less what the first part could say."""
        passages = self._answering.passages
        answer = await self._answering.ask(question)
        rest = await asyncio.to_thread(passages.beyond, answer, channel)
        return await asyncio.to_thread(passages.still, rest, await self._answering.rights.of(alone))
