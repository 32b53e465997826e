"""Rights that change while an answer is being made, shown or kept: what was not shown yet is not shown."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from assistant.answers import Answer, Claim, ClaimKind
from assistant.ask import Assistant, OnClaim
from assistant.questions import Question
from integrations.answer_store import AnswerStore
from integrations.catalogue import SqlCatalogue
from integrations.people import People
from integrations.slack.answering import OnAnswered, unheard
from integrations.slack.desk import Desk
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.slack.manifest import manifest
from integrations.slack.passages import Passages
from integrations.slack.rights import Rights
from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE, Audience, Reader
from knowledge.glossary import shipped
from knowledge.library import Library
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, serving, shown
from tests.integrations.slack.confidential import CANARY, FIX, PEOPLE, PLAYBOOK, QUESTION, SECRET
from tests.integrations.slack.stored import passages_over

DEAL = Reader("mei", frozenset({"deal"}))
_ADVICE = "Ask the client what still hurts."


@dataclass
class Interrupted:
    """The assistant; something happens once it has searched, and again once it has answered."""

    real: Assistant
    searched: Callable[[], None] = lambda: None
    answered: Callable[[], None] = lambda: None
    questions: list[Question] = field(default_factory=list)
    drafter = None
    language = None
    corrections = None

    @property
    def library(self) -> Library:
        return self.real.library

    def ask(self, question: Question, on_claim: OnClaim, on_found: Callable[[int], None]) -> Answer:
        self.questions.append(question)

        def found(passages: int) -> None:
            self.searched()
            on_found(passages)

        answer = self.real.ask(question, on_claim, found)
        self.answered()
        return answer


def opened(home: Path) -> tuple[SqlCatalogue, Library]:
    (home / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (home / "quiet.md").write_text(PLAYBOOK, encoding="utf-8")
    (home / "rebates.md").write_text(SECRET, encoding="utf-8")
    catalogue = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")
    library = Library(catalogue, TantivyIndex(home), shipped)
    library.ingest([home / "quiet.md", home / "rebates.md"])
    return catalogue, library


@dataclass
class Scene:
    slack: Workspace
    desk: Desk
    rights: Rights
    journal: Journal
    assistant: Interrupted
    home: Path

    async def ask(self, channel: str = "C2") -> Message:
        """Mei asks in a channel, and is answered."""
        asked = self.slack.user("U1").mention(channel, QUESTION)
        job = self.journal.record(Incoming(asked.ts, "T1", channel, "U1", QUESTION, "thread", asked.ts, asked.ts))
        assert job
        self.desk.take(job)
        await self.slack.eventually(lambda: not self.desk.busy, 20)
        (reply,) = self.slack.replies(asked)
        return reply

    def join(self, user: str) -> None:
        self.slack.state.channels["C2"].members.add(user)
        self.rights.heard({"type": "member_joined_channel", "channel": "C2"})

    def revoke(self) -> None:
        (self.home / "people.yaml").write_text(PEOPLE.replace("[Mei, Ana, Gil]", "[Ana]"), encoding="utf-8")

    def close_document(self) -> None:
        (self.home / "rebates.md").write_text(SECRET.replace("audience: deal", "audience: ken"), encoding="utf-8")
        self.assistant.library.ingest([self.home / "rebates.md"])


@asynccontextmanager
async def scene(home: Path, on_answered: OnAnswered = unheard) -> AsyncIterator[Scene]:
    async with (
        serving(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as slack,
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        catalogue, library = opened(home)
        rights, journal = Rights(People(home / "people.yaml"), client_of), Journal(catalogue.engine)
        assistant = Interrupted(Assistant(library))
        desk = Desk(assistant, journal, passages_over(catalogue, library), client_of, rights, on_answered)  # type: ignore[arg-type]
        yield Scene(slack, desk, rights, journal, assistant, home)
        catalogue.engine.dispose()


CHANGES: dict[str, Callable[[Scene], None]] = {
    "somebody joins the channel": lambda scene: scene.join("U2"),
    "a guest joins the channel": lambda scene: scene.join("U5"),
    "the asker loses the right": Scene.revoke,
    "the document is closed": Scene.close_document,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("moment", ["searched", "answered"])
def test_what_is_closed_in_mid_answer_is_not_shown(tmp_path: Path, change: str, moment: str) -> None:
    async def play() -> None:
        async with scene(tmp_path) as it:
            it.slack.add_user("U5", "gil", guest=True)
            loop, done = asyncio.get_running_loop(), []

            def act() -> None:
                if not done:
                    done.append(True)
                    if "join" in change:
                        loop.call_soon_threadsafe(CHANGES[change], it)
                    else:
                        CHANGES[change](it)

            setattr(it.assistant, moment, act)
            reply = await it.ask()
            assert done
            assert FIX in shown(reply)
            assert CANARY not in shown(reply).lower()

    asyncio.run(play())


def test_a_claim_that_was_not_streamed_yet_when_it_was_closed_is_never_shown(tmp_path: Path) -> None:
    async def play() -> None:
        async with scene(tmp_path) as it:
            real = it.assistant.real

            def claim_by_claim(question: Question, on_claim: OnClaim, on_found: Callable[[int], None]) -> Answer:
                answer = real.ask(question, None, on_found)
                for claim in sorted(answer.claims, key=lambda each: CANARY in each.text.lower()):
                    on_claim(claim)
                    time.sleep(0.5)
                    it.revoke()
                return answer

            it.assistant.ask = claim_by_claim  # type: ignore[method-assign]
            reply = await it.ask()
            assert it.slack.calls("chat.startStream")
            said = [str(each.arguments) for each in it.slack.calls() if each.method.startswith("chat.")]
            assert CANARY not in "".join(said).lower()
            assert FIX in shown(reply)

    asyncio.run(play())


def test_whoever_leaves_in_mid_answer_leaves_it_open_to_those_who_stay(tmp_path: Path) -> None:
    async def play() -> None:
        async with scene(tmp_path) as it:
            it.join("U2")
            loop = asyncio.get_running_loop()

            def leave() -> None:
                it.slack.state.channels["C2"].members.discard("U2")
                it.rights.heard({"type": "member_left_channel", "channel": "C2"})

            def answered() -> None:
                loop.call_soon_threadsafe(leave)

            it.assistant.answered = answered
            reply = await it.ask()
            assert CANARY in shown(reply).lower()
            assert [each.reader.may_read(Audience.of("deal")) for each in it.assistant.questions] == [False, True]

    asyncio.run(play())


def test_the_desk_tells_of_each_part_with_its_reader_once_it_was_shown(tmp_path: Path) -> None:
    told: list[tuple[Question, Answer, Incoming]] = []

    async def play() -> None:
        async with scene(tmp_path, lambda *each: told.append(each)) as it:
            await it.ask("C1")

    asyncio.run(play())
    (first, public, there), (second, private, alone) = told
    assert (there.surface, alone.surface) == ("thread", "private")
    assert not first.reader.names
    assert second.reader.names
    assert CANARY not in str(public).lower()
    assert CANARY in str(private).lower()


# Stored answers


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Passages, AnswerStore, Answer]:
    """Passages over stored answers, and an answer as Mei got it."""
    catalogue, library = opened(tmp_path)
    answer = Assistant(library).ask(Question(QUESTION, reader=DEAL))
    assert CANARY in str(answer).lower()
    passages = passages_over(catalogue, library)
    return passages, passages.answers, answer


HERE = Incoming("E", "T1", "C1", "U1", QUESTION, "thread", "1.1", "1.1")


def keep(answers: AnswerStore, answer: Answer, where: Incoming) -> None:
    answers.keep(answer, where.place)


def test_a_follow_up_hears_of_earlier_claims_as_far_as_its_reader_may_read_them(
    stored: tuple[Passages, AnswerStore, Answer],
) -> None:
    passages, answers, answer = stored
    keep(answers, answer, HERE)
    asked, told = passages.history(replace(HERE, person="U2"), ANYONE)
    assert asked.text == QUESTION
    assert FIX in told.text
    assert CANARY not in told.text.lower()
    assert CANARY in passages.history(HERE, DEAL)[1].text.lower()


def test_what_was_asked_in_private_is_in_nobody_elses_conversation(
    stored: tuple[Passages, AnswerStore, Answer],
) -> None:
    passages, answers, answer = stored
    for private in (replace(HERE, surface="private"), replace(HERE, surface="private", thread="")):
        keep(answers, answer, private)
        assert passages.history(replace(private, person="U2"), DEAL) == ()
        assert passages.history(replace(private, surface="thread"), DEAL) == ()
        assert passages.history(private, DEAL)


def test_in_private_one_goes_on_with_the_thread_one_is_in(stored: tuple[Passages, AnswerStore, Answer]) -> None:
    passages, answers, answer = stored
    keep(answers, answer, HERE)
    assert passages.history(replace(HERE, person="U2", surface="private"), ANYONE)


def test_what_is_left_of_an_answer_has_nothing_that_rests_on_nothing(
    stored: tuple[Passages, AnswerStore, Answer],
) -> None:
    passages, _, answer = stored
    advice = Claim(_ADVICE, ClaimKind.ADVICE, (), _ADVICE, drafted=True)
    whole = replace(answer, claims=(*answer.claims, advice), owners=("Heron Desk",))
    assert passages.recheck.still(whole, DEAL) == whole
    left = passages.recheck.still(whole, ANYONE)
    assert [claim.plain for claim in left.claims if not claim.citations] == []
    assert CANARY not in str(replace(left, rejected=())).lower()


def test_what_goes_beyond_a_channel_is_all_that_it_may_not_see(stored: tuple[Passages, AnswerStore, Answer]) -> None:
    passages, _, answer = stored
    beyond = passages.recheck.beyond(answer, ANYONE)
    assert beyond.claims
    assert all(CANARY in claim.text.lower() for claim in beyond.claims)
    assert passages.recheck.beyond(answer, DEAL).claims == ()


def test_a_drafted_claim_that_rests_on_nothing_is_not_shared(stored: tuple[Passages, AnswerStore, Answer]) -> None:
    passages, answers, answer = stored
    advice = Claim(_ADVICE, ClaimKind.ADVICE, (), _ADVICE, drafted=True)
    keep(answers, replace(answer, claims=(*answer.claims, advice)), replace(HERE, surface="private"))
    (message,) = passages.shareable(answer.id, "U1", "en", DEAL)
    assert CANARY in str(message).lower()
    assert _ADVICE not in str(message)
    assert passages.shareable(answer.id, "U1", "en", ANYONE) == []
