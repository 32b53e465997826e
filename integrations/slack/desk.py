"""The desk: takes recorded questions, works on them, and sees that each ends in one reply."""

import asyncio
import logging
import sys
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer, Claim, Outcome
from assistant.ask import Assistant
from assistant.questions import Question
from assistant.understand import language_of_question
from integrations.slack import replies, telling
from integrations.slack.answering import Answering, OnAnswered, unheard
from integrations.slack.incoming import Incoming
from integrations.slack.journal import LEASE, Job, Journal
from integrations.slack.metrics import Metrics
from integrations.slack.parts import SecondPart
from integrations.slack.passages import Passages
from integrations.slack.replies import Stopped, Thread, code_of
from integrations.slack.rights import ClientOf, Rights
from integrations.slack.texts import said
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

# An answer that is ready this soon after its first claim is posted whole, in one call.
_AT_ONCE = 0.15

# Seconds a computing thread may keep the interpreter while an acknowledgement waits; Python's own is ten times that.
_TURN = 0.0005


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer, for whom it was in the end, and the ts of its first message if others see it."""

    question: Question
    answer: Answer
    ts: str = ""


class Desk:
    """One process's share of the work. `client_of` gives the Slack client of a team.

    `on_answered` is told of every answer that was shown: the question with its reader, the answer, where.
    """

    def __init__(
        self,
        assistant: Assistant,
        journal: Journal,
        passages: Passages,
        client_of: ClientOf,
        rights: Rights,
        on_answered: OnAnswered = unheard,
    ) -> None:
        self._journal = journal
        self._client_of = client_of
        self._answering = Answering(assistant, passages, rights, on_answered)
        self._second = SecondPart(self._answering, client_of)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._jobs: dict[str, Job] = {}
        self._keeper: asyncio.Task[None] | None = None
        self.metrics = Metrics()

    async def start(self) -> None:
        """Begin to renew leases and to take over what other processes left behind."""
        sys.setswitchinterval(_TURN)
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self, patience: float = 10.0) -> None:
        """Finish what is being worked on; what does not end in time is handed back."""
        if self._keeper:
            self._keeper.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=patience)
        left = list(self._tasks)
        for task in list(self._tasks.values()):
            task.cancel()
        self._answering.threads.shutdown(wait=False)
        await asyncio.to_thread(self._journal.hand_back, left)

    def take(self, job: Job) -> None:
        """Work on a recorded question."""
        self._jobs[job.id] = job
        self._tasks[job.id] = asyncio.create_task(self._work(job))

    def stop_answers(self, channel: str, thread: str = "", message: str = "") -> int:
        """Stop the answers to a thread, or to one message; how many there were."""
        wanted = [
            job.id
            for job in self._jobs.values()
            if job.incoming.channel == channel
            and ((thread and job.incoming.thread == thread) or (message and job.incoming.message == message))
        ]
        for each in wanted:
            self._tasks[each].cancel()
        return len(wanted)

    @property
    def busy(self) -> int:
        """How many questions are being worked on."""
        return len(self._tasks)

    async def _keep(self) -> None:
        while True:
            try:
                for job in await asyncio.to_thread(self._journal.abandoned):
                    self.take(job)
                await asyncio.to_thread(self._journal.renew, list(self._tasks))
            except KnowledgeError as error:
                log.warning("%s", error)
            await asyncio.sleep(LEASE / 6)

    async def _work(self, job: Job) -> None:
        outcome, shown = job.outcome, None
        try:
            if not outcome:
                outcome, shown = await self._ended(job)
                self.metrics.ended(outcome)
            await self._afterwards(job, outcome, shown)
        finally:
            self._tasks.pop(job.id, None)
            self._jobs.pop(job.id, None)
        await asyncio.to_thread(self._journal.done, job.id, outcome)

    async def _ended(self, job: Job) -> "tuple[str, _Shown | None]":
        """How the question ended, and what was shown to all who may see it."""
        try:
            async with self._answering.slots:
                shown = await self._answered(job)
            return (shown.answer.outcome.value, shown) if shown else ("empty", None)
        except Stopped:
            return await telling.stopped(self._client_of, job), None
        except asyncio.CancelledError:
            if self._closing:
                raise
            return await telling.stopped(self._client_of, job), None
        except Exception as error:
            return await telling.failed(self._client_of, job, error), None

    @property
    def _closing(self) -> bool:
        return self._keeper is not None and self._keeper.cancelled()

    async def _afterwards(self, job: Job, outcome: str, shown: "_Shown | None") -> None:
        """Note what was shown, and give the asker what only they may see; when they stop that, what stands stands."""
        try:
            if shown:
                await self._answering.shown(shown.answer, shown.ts)
                await self._answering.answered(shown.question, shown.answer, job.incoming)
                await asyncio.to_thread(self._journal.shown, job.id, shown.ts, outcome)
            if job.incoming.surface == "thread" and outcome in tuple(Outcome):
                async with self._answering.slots:
                    await self._second.offer(job.incoming)
        except asyncio.CancelledError:
            if self._closing:
                raise

    async def _answered(self, job: Job) -> "_Shown | None":
        """The answer, shown: whole when it is ready at once, claim by claim when it is not."""
        incoming = job.incoming
        client = await self._client_of(incoming.team)
        if not incoming.text:
            await telling.nothing_asked(client, incoming)
            return None
        question, loop = await self._answering.question(incoming), asyncio.get_running_loop()
        claims: asyncio.Queue[Claim] = asyncio.Queue()

        def on_found(passages: int) -> None:
            asyncio.run_coroutine_threadsafe(self._status(client, incoming, passages), loop)

        asked = self._answering.ask(question, claims.put_nowait, on_found)
        if incoming.surface != "private":
            return await self._in_thread(Thread(client, job), question, asked, claims)
        question, answer = await self._answering.settled(asked, question, incoming)
        await replies.private(client, incoming, answer)
        return _Shown(question, answer)

    async def _in_thread(
        self, thread: Thread, question: Question, asked: "asyncio.Future[Answer]", claims: "asyncio.Queue[Claim]"
    ) -> "_Shown":
        """The answer in its thread."""
        try:
            await self._stream(thread, question, asked, claims)
            question, answer = await self._answering.settled(asked, question, thread.job.incoming)
            ts = await (thread.finish(answer) if thread.begun else thread.whole(answer))
        except asyncio.CancelledError:
            asked.cancel()
            await thread.close()
            raise
        return _Shown(question, answer, ts)

    async def _stream(
        self, thread: Thread, question: Question, asked: "asyncio.Future[Answer]", claims: "asyncio.Queue[Claim]"
    ) -> None:
        """Show claims one by one for as long as the answer is not ready."""
        first = asyncio.create_task(claims.get())
        await _either(asked, first)
        await asyncio.wait({asked}, timeout=_AT_ONCE)
        try:
            while not asked.done() and thread.job.tries == 1:
                claim = await first
                if await self._answering.may_show(claim, question, thread.job.incoming):
                    await thread.claim(claim)
                    await asyncio.to_thread(self._journal.begun, thread.job.id, " ".join(thread.begun))
                first = asyncio.create_task(claims.get())
                await _either(asked, first)
        finally:
            first.cancel()

    async def _status(self, client: AsyncWebClient, incoming: Incoming, passages: int) -> None:
        """Say what is being done; that it cannot be said is no reason to stop."""
        if incoming.surface == "private":
            return
        language = language_of_question(incoming.text)
        try:
            await client.assistant_threads_setStatus(
                channel_id=incoming.channel,
                thread_ts=incoming.thread,
                status=said("reading", language, passages=passages),
            )
        except SlackApiError as error:
            log.info("no status: %s", code_of(error))


async def _either(one: "asyncio.Future[Any]", other: "asyncio.Future[Any]") -> None:
    await asyncio.wait([one, other], return_when=asyncio.FIRST_COMPLETED)
