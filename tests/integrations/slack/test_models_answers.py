"""A model's answer in Slack: shown as it is verified, stopped when asked, honest about failures."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integrations.slack.manifest import manifest
from tests.fakes.openai_server import Pace, Reply, Request, Server, passages
from tests.fakes.openai_server import running as model_server
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, running
from tests.fakes.slack_workspace.blocks import texts_in
from tests.integrations.slack.processes import coach, index

PLAYBOOK = """# Quiet accounts

## Open the door

Offer the quiet account one fix for a fault it already complains about.
Record the reason for the silence of a quiet account as assumed until a named person confirms it.
"""
QUESTION = "What do we offer a quiet account?"
FIX = "Offer the quiet account one fix for a fault it already complains about."
REASON = "Record the reason for the silence of a quiet account as assumed until a named person confirms it."
CLAIMS = (
    "Offer one fix for a fault that the quiet account complains about.",
    "Record the reason for the silence as assumed until a named person confirms it.",
)


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as workspace:
        yield workspace


@pytest.fixture
def model() -> Iterator[Server]:
    with model_server("vllm") as server:
        yield server
        assert not server.complaints


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "quiet.md").write_text(PLAYBOOK, encoding="utf-8")
    place = tmp_path / "home"
    place.mkdir()
    return index(place, tmp_path / "quiet.md")


@contextmanager
def bot(slack: Workspace, home: Path, model: Server) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {"COACH_MODEL": "fake-chat", "COACH_MODEL_URL": model.url, "COACH_MODEL_KEY": model.key}
    with coach(slack, home, settings) as process:
        yield process


def draft(pause: float) -> Callable[[Request], Reply]:
    def reply(request: Request) -> Reply:
        number = next(each.number for each in passages(request) if FIX in each.text)
        blocks = [
            f'[{number}] "{quote}"\nRULE: {claim}\n\n' for quote, claim in zip((FIX, REASON), CLAIMS, strict=True)
        ]
        return Reply(chunks=["STATUS: answered\n", *blocks], pace=Pace(each=pause))

    return reply


def shown(message: Message) -> str:
    return "\n".join(texts_in(message.blocks or []))


def test_claims_appear_in_the_thread_while_the_model_is_still_writing(
    slack: Workspace, home: Path, model: Server
) -> None:
    model.when(lambda request: True, draft(2.0))
    with bot(slack, home, model):
        asked = slack.user("U3").mention("C1", QUESTION)
        slack.wait(lambda: slack.calls("chat.startStream"), timeout=20)
        assert model.last.finished is None
        slack.wait(lambda: [each for each in slack.replies(asked) if "Sources" in shown(each)], timeout=20)
    (reply,) = slack.replies(asked)
    assert all(claim in shown(reply) for claim in CLAIMS)


def test_stop_hangs_up_on_the_model(slack: Workspace, home: Path, model: Server) -> None:
    model.when(lambda request: True, draft(3.0))
    with bot(slack, home, model):
        asked = slack.user("U3").mention("C1", QUESTION)
        slack.wait(lambda: slack.calls("chat.startStream"), timeout=20)
        (reply,) = slack.replies(asked)
        slack.user("U3").press_stop(reply)
        slack.wait(lambda: slack.ephemerals("U3"), timeout=10)
    assert CLAIMS[1] not in shown(slack.replies(asked)[0])


def test_a_model_that_fails_leaves_an_answer_in_the_sources_words_and_a_note(
    slack: Workspace, home: Path, model: Server
) -> None:
    model.fail("unauthorized", times=None)
    with bot(slack, home, model):
        asked = slack.user("U3").mention("C1", QUESTION)
        (reply,) = slack.wait(lambda: slack.replies(asked), timeout=20)
    assert FIX in shown(reply)
    assert "rejects our key, so the sources are quoted word for word" in shown(reply)


def test_a_private_answer_of_a_model_comes_whole_to_its_asker_alone(
    slack: Workspace, home: Path, model: Server
) -> None:
    model.when(lambda request: True, draft(0.0))
    with bot(slack, home, model):
        slack.user("U3").slash("/coach", QUESTION, "C1")
        (private,) = slack.wait(lambda: slack.ephemerals("U3"), timeout=20)
    assert all(claim in shown(private) for claim in CLAIMS)
