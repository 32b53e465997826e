"""What goes wrong between Slack and the coach: nothing is lost, and nothing is said twice."""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import cast

import aiohttp
import pytest
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome
from assistant.ask import Assistant, OnClaim
from assistant.questions import Question
from integrations.catalogue import SqlCatalogue
from integrations.people import People
from integrations.slack.desk import Desk
from integrations.slack.incoming import Incoming
from integrations.slack.journal import LEASE, Journal
from integrations.slack.manifest import manifest
from integrations.slack.rights import Rights
from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE
from knowledge.documents import Hit
from knowledge.glossary import shipped
from knowledge.library import Library
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, running, serving
from tests.fakes.slack_workspace.blocks import texts_in
from tests.integrations.slack.processes import coach, index, kill
from tests.integrations.slack.stored import passages_over

QUESTION = "What do we offer a quiet account?"
PLAYBOOK = """# Quiet accounts

## Open the door

Offer the quiet account one fix for a fault it complains about.
"""
STOPPED = "Stopped. Ask again whenever you like."
PATIENCE = 20.0
TIMING = Timing(time_scale=0.02)


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running(manifest=manifest(), timing=TIMING, rates=Rates(on=False)) as workspace:
        yield workspace


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "quiet.md").write_text(PLAYBOOK, encoding="utf-8")
    return index(tmp_path, tmp_path / "quiet.md")


@pytest.fixture
def bot(slack: Workspace, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with coach(slack, home) as process:
        yield process


def ask(slack: Workspace, many: int = 1) -> list[Message]:
    return [slack.user("U3").mention("C1", f"{QUESTION} Number {number}") for number in range(many)]


def settled(slack: Workspace, home: Path) -> None:
    """Slack has stopped trying, and the journal holds nothing that is not done."""

    def quiet() -> bool:
        tried = all(each.done for each in slack.delivered() if each.type in ("app_mention", "message"))
        return tried and not inbox(home, "state != 'done'")

    slack.wait(quiet, PATIENCE)


def inbox(home: Path, condition: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(home / "catalogue.sqlite", timeout=10) as database:
        found = list(database.execute(f"select id from slack_inbox where {condition}"))
    database.close()
    return found


def answered_once(slack: Workspace, home: Path, asked: list[Message]) -> None:
    slack.wait(lambda: all(slack.replies(each) for each in asked), PATIENCE)
    settled(slack, home)
    assert [len(slack.replies(each)) for each in asked] == [1] * len(asked)
    assert slack.ephemerals("U3") == []


@pytest.mark.parametrize("fault", ["end", "reset", "black_hole", "refresh", "close"])
def test_a_question_asked_as_the_sockets_die_is_answered_once(
    slack: Workspace, home: Path, bot: object, fault: str
) -> None:
    before = ask(slack)
    getattr(slack.faults, fault)()
    answered_once(slack, home, [*before, *ask(slack, 3)])


def test_refreshes_under_load_lose_nothing(slack: Workspace, home: Path, bot: object) -> None:
    asked = []
    for _ in range(4):
        asked += ask(slack, 10)
        slack.faults.refresh()
        time.sleep(0.3)
    answered_once(slack, home, asked)


def test_a_rate_limit_is_waited_for(slack: Workspace, home: Path, bot: object) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=1)
    (asked,) = ask(slack)
    answered_once(slack, home, [asked])
    limited, posted = slack.calls("chat.postMessage")
    assert limited.status == 429
    assert posted.at - limited.at >= 1.0


def test_a_locked_database_loses_nothing(slack: Workspace, home: Path, bot: object) -> None:
    with locked(home):
        asked = ask(slack, 5)
        time.sleep(2.5)
    answered_once(slack, home, asked)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    database = sqlite3.connect(home / "catalogue.sqlite", isolation_level=None, timeout=10)
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        database.execute("ROLLBACK")
        database.close()


def test_duplicates_and_lost_acks_are_answered_once(slack: Workspace, home: Path, bot: object) -> None:
    slack.faults.duplicate(6)
    asked = ask(slack, 3)
    slack.faults.lose_acks(4)
    answered_once(slack, home, [*asked, *ask(slack, 3)])
    assert any(each.retries for each in slack.delivered())


def test_events_out_of_order_are_answered_once(slack: Workspace, home: Path, bot: object) -> None:
    with slack.faults.reordered():
        asked = ask(slack, 5)
    answered_once(slack, home, asked)


def test_two_processes_share_the_work(slack: Workspace, home: Path, bot: object) -> None:
    with coach(slack, home):
        asked = ask(slack, 30)
        answered_once(slack, home, asked)
        with sqlite3.connect(home / "catalogue.sqlite") as database:
            owners = list(database.execute("select owner from slack_inbox group by owner"))
        database.close()
    assert len(owners) == 2


@pytest.mark.parametrize("after", ["before it posts", "after it posted"])
def test_an_answer_cut_short_by_a_kill_is_given_once_after_the_restart(
    slack: Workspace, home: Path, after: str
) -> None:
    with coach(slack, home) as first:
        if after == "after it posted":
            kill_between_posting_and_noting_it(slack, home, first)
        else:
            slack.faults.slow(30.0, "chat.postMessage")
            ask(slack)
            slack.wait(lambda: slack.calls("chat.postMessage"))
            kill(first)
            slack.faults.slow(0.0, "chat.postMessage")
    (asked,) = (each for each in slack.messages("C1") if not each.bot)
    lease_runs_out(home)
    with coach(slack, home):
        slack.wait(lambda: inbox(home, "state = 'done'"), PATIENCE)
        answered_once(slack, home, [asked])


def kill_between_posting_and_noting_it(slack: Workspace, home: Path, process: "subprocess.Popen[bytes]") -> None:
    """The message stands in Slack; that it does could not be written down."""
    slack.faults.slow(0.5, "chat.postMessage")
    (asked,) = ask(slack)
    slack.wait(lambda: slack.calls("chat.postMessage"))
    with locked(home):
        slack.wait(lambda: slack.replies(asked))
        kill(process)
    slack.faults.slow(0.0, "chat.postMessage")


def lease_runs_out(home: Path) -> None:
    """Half a minute passes."""
    with sqlite3.connect(home / "catalogue.sqlite") as database:
        database.execute("update slack_inbox set lease = lease - ?", (LEASE,))
    database.close()


# Answers that arrive claim by claim


class Slowly:
    """Stands in for an assistant whose model takes its time; what it says stands in a document."""

    drafter = None
    language = None
    corrections = None

    def __init__(self, library: Library, claims: int = 4, wait: float = 0.2) -> None:
        self.library = library
        found = library.search("claim stands", ANYONE).hits[0]
        cited = tuple(_claim(found, number) for number in range(claims))
        self.answer = Answer("a1", QUESTION, Outcome.ANSWERED, "en", cited)
        self._wait = wait

    def ask(self, question: Question, on_claim: OnClaim, on_found: Callable[[int], None]) -> Answer:
        on_found(3)
        for claim in self.answer.claims:
            time.sleep(self._wait)
            on_claim(claim)
        time.sleep(self._wait)
        return self.answer


def _claim(found: Hit, number: int) -> Claim:
    text = f"Claim {number} stands."
    start = found.passage.start + found.passage.text.index(text)
    entry, heading = found.entry, found.passage.heading
    citation = Citation(
        found.passage.id, entry.id, entry.title, entry.source, heading, None, text, start, start + len(text)
    )
    return Claim(text, ClaimKind.RULE, (citation,), text)


def _library(catalogue: SqlCatalogue, home: Path) -> Library:
    (home / "claims.md").write_text("# Claims\n\n" + " ".join(f"Claim {n} stands." for n in range(4)), encoding="utf-8")
    library = Library(catalogue, TantivyIndex(home), shipped)
    library.ingest([home / "claims.md"])
    return library


@asynccontextmanager
async def writing(home: Path, claims: int = 4, wait: float = 0.2) -> AsyncIterator[tuple[Workspace, Desk, Message]]:
    """A workspace, a desk in this process, and a question that the desk is working on."""
    async with (
        serving(manifest=manifest(), timing=TIMING, rates=Rates(on=False)) as slack,
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        catalogue = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")
        journal = Journal(catalogue.engine)
        assistant = Slowly(_library(catalogue, home), claims, wait)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        passages = passages_over(catalogue, assistant.library)
        rights = Rights(People(home / "people.yaml"), client_of)
        desk = Desk(cast(Assistant, assistant), journal, passages, client_of, rights)
        asked = slack.user("U3").mention("C1", QUESTION)
        job = journal.record(Incoming("E1", "T1", "C1", "U3", QUESTION, "thread", asked.ts, asked.ts))
        assert job
        desk.take(job)
        try:
            yield slack, desk, asked
        finally:
            await slack.eventually(lambda: not desk.busy, PATIENCE)
            catalogue.engine.dispose()


def while_writing(
    home: Path, act: Callable[[Workspace, Desk, Message, Message], Awaitable[object]], claims: int = 4
) -> tuple[Workspace, list[Message]]:
    """Do something to an answer of which the first claim is shown; the workspace and what stands in the end."""

    async def play() -> tuple[Workspace, list[Message]]:
        async with writing(home, claims) as (slack, desk, asked):
            (reply,) = await slack.eventually(lambda: slack.replies(asked))
            await act(slack, desk, asked, reply)
            await slack.eventually(lambda: not desk.busy, PATIENCE)
            return slack, slack.replies(asked)

    return asyncio.run(play())


async def nothing(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
    """Let it be."""


def outcomes(home: Path) -> list[str]:
    with sqlite3.connect(home / "catalogue.sqlite") as database:
        found = [each for (each,) in database.execute("select outcome from slack_inbox")]
    database.close()
    return found


def text_of(replies: list[Message]) -> str:
    return "\n".join(text for reply in replies for text in texts_in(reply.blocks))


def test_a_slow_answer_is_shown_claim_by_claim_in_one_message(tmp_path: Path) -> None:
    slack, replies = while_writing(tmp_path, nothing)
    (reply,) = replies
    assert len(slack.calls("chat.appendStream")) >= 2
    assert [text_of(replies).count(f"Claim {number} stands.") for number in range(4)] == [1] * 4
    assert "Sources" in text_of(replies)
    assert reply.stream
    assert reply.stream.state == "completed"
    assert slack.complaints == []


def test_a_stream_that_dies_in_mid_answer_goes_on_and_every_claim_stands_once(tmp_path: Path) -> None:
    async def expire(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
        assert slack.faults.expire_streams() == 1

    _, replies = while_writing(tmp_path, expire)
    assert [text_of(replies).count(f"Claim {number} stands.") for number in range(4)] == [1] * 4
    assert text_of(replies).count("Sources") == 1
    assert outcomes(tmp_path) == ["answered"]


def test_stop_stops_the_answer(tmp_path: Path) -> None:
    async def stop(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
        slack.user("U3").press_stop(reply)

    slack, replies = while_writing(tmp_path, stop)
    assert "Claim 3 stands." not in text_of(replies)
    assert outcomes(tmp_path) == ["stopped"]
    assert [each.text for each in slack.ephemerals("U3")] == [STOPPED]


def test_the_stop_event_ends_the_answer_and_closes_its_stream(tmp_path: Path) -> None:
    async def stop(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
        assert desk.stop_answers("C1", thread=asked.ts) == 1

    _, (reply,) = while_writing(tmp_path, stop)
    assert "Claim 3 stands." not in text_of([reply])
    assert outcomes(tmp_path) == ["stopped"]
    assert reply.stream
    assert reply.stream.state == "completed"


def test_an_answer_stopped_while_slack_begins_its_stream_leaves_none_open(tmp_path: Path) -> None:
    async def play() -> list[Message]:
        async with writing(tmp_path) as (slack, desk, asked):
            slack.faults.slow(0.3, "chat.startStream")
            await slack.eventually(lambda: slack.calls("chat.startStream"))
            assert desk.stop_answers("C1", thread=asked.ts) == 1
            await slack.eventually(lambda: not desk.busy, PATIENCE)
            return slack.replies(asked)

    replies = asyncio.run(play())
    assert outcomes(tmp_path) == ["stopped"]
    assert [each.stream.state for each in replies if each.stream] == ["completed"]


def test_a_reply_deleted_in_mid_answer_stays_deleted(tmp_path: Path) -> None:
    async def delete(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
        slack.user("U3").delete(reply)

    slack, replies = while_writing(tmp_path, delete)
    assert replies == []
    assert outcomes(tmp_path) == ["stopped"]
    assert [each.text for each in slack.ephemerals("U3")] == [STOPPED]


def test_a_reply_deleted_between_its_last_claim_and_its_end_stays_deleted(tmp_path: Path) -> None:
    async def delete(slack: Workspace, desk: Desk, asked: Message, reply: Message) -> None:
        await slack.eventually(lambda: slack.calls("chat.stopStream"))
        slack.user("U3").delete(reply)

    slack, replies = while_writing(tmp_path, delete, claims=1)
    told = [each.text for each in slack.ephemerals("U3")]
    assert (outcomes(tmp_path), told) in ((["answered"], []), (["stopped"], [STOPPED]))
    assert replies == [] or outcomes(tmp_path) == ["answered"]


def test_a_stream_left_open_by_a_kill_becomes_the_answer(tmp_path: Path) -> None:
    """What a killed process left: a message that is still being streamed, and its ts in the journal."""

    async def play() -> list[Message]:
        async with writing(tmp_path, claims=1, wait=0.0) as (slack, desk, asked):
            await slack.eventually(lambda: not desk.busy, PATIENCE)
            client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
            other = slack.user("U3").mention("C1", QUESTION)
            blocks = [{"type": "blocks", "blocks": [{"type": "divider"}]}]
            begun = await client.chat_startStream(
                channel="C1", thread_ts=other.ts, recipient_team_id="T1", recipient_user_id="U3", chunks=blocks
            )
            catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
            dead, alive = Journal(catalogue.engine, lambda: time.time() - 2 * LEASE), Journal(catalogue.engine)
            job = dead.record(Incoming("E2", "T1", "C1", "U3", QUESTION, "thread", other.ts, other.ts))
            assert job
            dead.begun(job.id, str(begun["ts"]))
            (again,) = alive.abandoned()
            desk.take(again)
            await slack.eventually(lambda: not desk.busy, PATIENCE)
            catalogue.engine.dispose()
            return slack.replies(other)

    (reply,) = asyncio.run(play())
    assert reply.stream
    assert reply.stream.state == "completed"
    assert text_of([reply]).count("Claim 0 stands.") == 1
    assert reply.blocks[-1]["type"] == "actions"
