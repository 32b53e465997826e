"""The desk: takes recorded questions, works on them, and sees that each ends in one reply."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer, Claim
from assistant.ask import Assistant
from assistant.questions import Asker, Language, Question
from assistant.understand import language_of_question
from integrations import as_json
from integrations.slack import blocks, replies
from integrations.slack.incoming import Incoming
from integrations.slack.journal import LEASE, Job, Journal
from integrations.slack.metrics import Metrics
from integrations.slack.passages import Passages
from integrations.slack.replies import Stopped, Thread, code_of
from integrations.slack.texts import PROMPTS, said
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

# An answer that is ready this soon after its first claim is posted whole, in one call.
_AT_ONCE = 0.15

# Seconds a computing thread may keep the interpreter while an acknowledgement waits; Python's own is ten times that.
_TURN = 0.0005

# Answers at once, and threads for them. Quoting is all interpreter: with one thread the recording of questions, which
# Slack waits for, neither queues behind answers nor shares the interpreter with several. Waiting for a model is none.
_QUOTING, _DRAFTING = (8, 1), (32, 32)

ClientOf = Callable[[str], Awaitable[AsyncWebClient]]


class Desk:
    """One process's share of the work. `client_of` gives the Slack client of a team."""

    def __init__(self, assistant: Assistant, journal: Journal, client_of: ClientOf) -> None:
        self._assistant = assistant
        self._journal = journal
        self._passages = Passages(assistant.library, journal)
        self._client_of = client_of
        at_once, threads = _DRAFTING if assistant.drafter else _QUOTING
        self._slots = asyncio.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")
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
        self._threads.shutdown(wait=False)
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
        outcome = "failed"
        try:
            async with self._slots:
                outcome = await self._answered(job)
        except Stopped:
            outcome = await self._stopped(job)
        except asyncio.CancelledError:
            if self._keeper and self._keeper.cancelled():
                raise
            outcome = await self._stopped(job)
        except Exception as error:
            outcome = await self._failed(job, error)
        finally:
            self._tasks.pop(job.id, None)
            self._jobs.pop(job.id, None)
        self.metrics.ended(outcome)
        await asyncio.to_thread(self._journal.done, job.id, outcome)

    async def _answered(self, job: Job) -> str:
        incoming = job.incoming
        client = await self._client_of(incoming.team)
        if not incoming.text:
            return await self._nothing_asked(client, incoming)
        answer = await self._composed(client, job)
        return answer.outcome.value

    async def _nothing_asked(self, client: AsyncWebClient, incoming: Incoming) -> str:
        example = PROMPTS["en"][0][1]
        message = blocks.plain(said("nothing_asked", "en", example=example))
        await replies.only_to(client, incoming, message, said("nothing_asked", "en", example=example))
        return "empty"

    async def _composed(self, client: AsyncWebClient, job: Job) -> Answer:
        """The answer, shown: whole when it is ready at once, claim by claim when it is not."""
        incoming, loop = job.incoming, asyncio.get_running_loop()
        history = await asyncio.to_thread(self._passages.history, incoming)
        question = Question(incoming.text, Asker(incoming.person), history, conversation=incoming.thread)
        claims: asyncio.Queue[Claim] = asyncio.Queue()

        def on_claim(claim: Claim) -> None:
            if asked.cancelled():
                raise Stopped
            loop.call_soon_threadsafe(claims.put_nowait, claim)

        def on_found(passages: int) -> None:
            asyncio.run_coroutine_threadsafe(self._status(client, incoming, passages), loop)

        asked = loop.run_in_executor(self._threads, self._assistant.ask, question, on_claim, on_found)
        if incoming.surface == "private":
            answer = await self._kept(asked, incoming)
            await replies.private(client, incoming, answer)
            return answer
        thread = Thread(client, job)
        try:
            await self._stream(thread, asked, claims)
            answer = await self._kept(asked, incoming)
            ts = await (thread.finish(answer) if thread.begun else thread.whole(answer))
        except asyncio.CancelledError:
            asked.cancel()
            await thread.close()
            raise
        await asyncio.to_thread(self._journal.begun, job.id, ts)
        return answer

    async def _kept(self, asked: "asyncio.Future[Answer]", incoming: Incoming) -> Answer:
        """The answer, stored before anyone sees it: buttons and follow-ups may come in the next moment."""
        answer = await asked
        await asyncio.to_thread(self._journal.keep, answer, incoming, as_json.answer(answer))
        return answer

    async def _stream(self, thread: Thread, asked: "asyncio.Future[Answer]", claims: "asyncio.Queue[Claim]") -> None:
        """Show claims one by one for as long as the answer is not ready."""
        first = asyncio.create_task(claims.get())
        await _either(asked, first)
        await asyncio.wait({asked}, timeout=_AT_ONCE)
        try:
            while not asked.done() and thread.job.tries == 1:
                await thread.claim(await first)
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

    async def _stopped(self, job: Job) -> str:
        """The last word on a question that was stopped, to its asker alone."""
        text = said("stopped", language_of_question(job.incoming.text))
        try:
            await replies.only_to(await self._client_of(job.incoming.team), job.incoming, blocks.plain(text), text)
        except Exception as error:
            log.info("nobody to tell that %s was stopped: %s", job.id, type(error).__name__)
        return "stopped"

    async def _failed(self, job: Job, error: Exception) -> str:
        """Tell the asker alone what went wrong, in one sentence; nothing of the error itself is shown."""
        log.error("question %s failed: %s", job.id, type(error).__name__, exc_info=error)
        language = language_of_question(job.incoming.text)
        cause = _cause(error, language)
        try:
            client = await self._client_of(job.incoming.team)
            message = blocks.failure(cause, language, job.id)
            await replies.only_to(client, job.incoming, message, said("failed", language, cause=cause))
        except Exception as second:
            log.error("question %s could not even be told so: %s", job.id, type(second).__name__)
        return "failed"


async def _either(one: "asyncio.Future[Any]", other: "asyncio.Future[Any]") -> None:
    await asyncio.wait([one, other], return_when=asyncio.FIRST_COMPLETED)


def _cause(error: Exception, language: Language) -> str:
    if isinstance(error, KnowledgeError):
        return said("cause_library", language)
    if isinstance(error, SlackApiError):
        return said("cause_slack", language, code=code_of(error))
    return said("cause_unknown", language)
