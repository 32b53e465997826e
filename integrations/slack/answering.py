"""Answers with the rights of this moment: before composing, and again before anything is shown or kept."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assistant.answers import Answer, Claim
from assistant.ask import Assistant, OnClaim
from assistant.questions import Asker, Question
from integrations.slack.incoming import Incoming
from integrations.slack.passages import Passages
from integrations.slack.replies import Stopped
from integrations.slack.rights import Rights

log = logging.getLogger(__name__)

# Told of every answer once it was shown, in a thread of its own.
OnAnswered = Callable[[Question, Answer, Incoming], None]

# Answers at once, and threads for them. Quoting is all interpreter: with one thread the recording of questions, which
# Slack waits for, neither queues behind answers nor shares the interpreter with several. Waiting for a model is none.
_QUOTING, _DRAFTING = (8, 1), (32, 32)


def unheard(_question: Question, _answer: Answer, _incoming: Incoming) -> None:
    """Nobody wants to be told."""


class Answering:
    """Has questions answered for whoever will see the answer, in threads beside the loop."""

    def __init__(
        self, assistant: Assistant, passages: Passages, rights: Rights, on_answered: OnAnswered = unheard
    ) -> None:
        self.assistant = assistant
        self.passages = passages
        self.recheck = passages.recheck
        self.rights = rights
        self._on_answered = on_answered
        at_once, threads = _DRAFTING if assistant.drafter else _QUOTING
        self.slots = asyncio.Semaphore(at_once)
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def question(self, incoming: Incoming) -> Question:
        """What is asked, after what, and for whose eyes."""
        reader = await self.rights.of(incoming)
        history = await asyncio.to_thread(self.passages.history, incoming, reader)
        asker, rights = Asker(incoming.person), self.rights.later(incoming)
        return Question(incoming.text, asker, history, reader, incoming.conversation, rights)

    def ask(
        self, question: Question, on_claim: OnClaim | None = None, on_found: Callable[[int], None] | None = None
    ) -> "asyncio.Future[Answer]":
        """The answer to come. `on_claim` is called in the loop, `on_found` in the thread that answers.

        Once the future is cancelled, the answer is given up at its next claim.
        """
        loop = asyncio.get_running_loop()

        def tell(claim: Claim) -> None:
            if asked.cancelled():
                raise Stopped
            if on_claim:
                loop.call_soon_threadsafe(on_claim, claim)

        asked = loop.run_in_executor(self.threads, self.assistant.ask, question, tell, on_found or _nobody)
        return asked

    async def may_show(self, claim: Claim, question: Question, incoming: Incoming) -> bool:
        """Whether a claim of an answer that is not whole yet may be shown at this moment."""
        reader = await self.rights.of(incoming)
        return reader == question.reader and await asyncio.to_thread(self.recheck.may_show, claim, reader)

    async def settled(
        self, asked: "asyncio.Future[Answer]", question: Question, incoming: Incoming
    ) -> tuple[Question, Answer]:
        """The answer as it may be shown now; where rights changed meanwhile, a new one for those who see it now.

        It is kept before anyone sees it: buttons and follow-ups may come in the next moment.
        """
        answer = await asked
        reader = await self.rights.of(incoming)
        if reader != question.reader:
            question = await self.question(incoming)
            answer = await self.ask(question)
            reader = await self.rights.of(incoming)
        answer = await asyncio.to_thread(self.recheck.still, answer, reader)
        await self.keep(answer, incoming)
        return replace(question, reader=reader), answer

    async def keep(self, answer: Answer, incoming: Incoming) -> None:
        """Store an answer with where it was asked."""
        await asyncio.to_thread(self.passages.answers.keep, answer, incoming.place)

    async def shown(self, answer: Answer, message: str) -> None:
        """Note the message that shows an answer to others."""
        await asyncio.to_thread(self.passages.answers.shown, answer.id, message)

    async def answered(self, question: Question, answer: Answer, incoming: Incoming) -> None:
        """Tell whoever wants to know that an answer was shown; that they fail changes nothing for the asker."""
        try:
            await asyncio.to_thread(self._on_answered, question, answer, incoming)
        except Exception as error:
            log.error("an answer could not be noted: %s", type(error).__name__)


def _nobody(_passages: int) -> None: ...
