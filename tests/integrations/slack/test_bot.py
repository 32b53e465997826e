"""`coach slack` as a process of its own, over real websockets, in the fake workspace."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, running, shown
from tests.integrations.slack import processes

QUESTION = "What do we offer a quiet account?"
PLAYBOOK = """# Quiet accounts

## Open the door

Offer the quiet account one fix for a fault it complains about.
Record the reason for the silence of a quiet account as assumed until somebody confirms it.
安静的客户要先查旧账，再谈新单。
"""


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as workspace:
        yield workspace


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "quiet.md").write_text(PLAYBOOK, encoding="utf-8")
    return processes.index(tmp_path / "home", tmp_path / "quiet.md")


@pytest.fixture
def coach(slack: Workspace, home: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with processes.coach(slack, home) as process:
        yield process


def answers(slack: Workspace, asked: Message) -> list[Message]:
    """The bot's replies to a message, once there is one."""
    return slack.wait(lambda: slack.replies(asked), timeout=15)


def private(slack: Workspace, user: str) -> Message:
    return slack.wait(lambda: slack.ephemerals(user))[-1]


def clean(slack: Workspace) -> None:
    assert slack.complaints == []
    assert slack.pings == []
    assert slack.links == []


def test_a_mention_is_answered_once_in_its_thread_with_sources(slack: Workspace, coach: object) -> None:
    asked = slack.user("U3").mention("C1", QUESTION)
    (answer,) = answers(slack, asked)
    text = shown(answer)
    assert "Offer the quiet account one fix for a fault it complains about." in text
    assert "[1]" in text
    assert "Quiet accounts › Open the door" in text
    clean(slack)


def test_a_direct_message_is_answered_without_a_question_mark(slack: Workspace, coach: object) -> None:
    asked = slack.user("U1").dm("安静的客户怎么办")
    (answer,) = answers(slack, asked)
    assert "安静的客户要先查旧账" in shown(answer)
    assert "打法手册怎么说" in shown(answer)
    clean(slack)


def test_a_follow_up_in_a_thread_needs_no_mention_and_knows_what_it_follows(slack: Workspace, coach: object) -> None:
    asked = slack.user("U3").mention("C1", QUESTION)
    answers(slack, asked)
    slack.user("U3").say("C1", "And who confirms the reason?", thread_ts=asked.ts)
    slack.wait(lambda: len(answers(slack, asked)) == 2)
    assert "until somebody confirms it" in shown(answers(slack, asked)[1])
    clean(slack)


def test_talk_in_a_thread_that_asks_nothing_is_left_alone(slack: Workspace, coach: object) -> None:
    asked = slack.user("U3").mention("C1", QUESTION)
    answers(slack, asked)
    slack.user("U2").say("C1", "Thanks, that helps.", thread_ts=asked.ts)
    later = slack.user("U3").mention("C1", QUESTION)
    answers(slack, later)
    assert len(answers(slack, asked)) == 1


def test_a_slash_command_is_answered_to_its_asker_alone_and_can_be_shared(slack: Workspace, coach: object) -> None:
    slack.user("U3").slash("/coach", QUESTION, "C1")
    answer = private(slack, "U3")
    assert "Offer the quiet account one fix" in shown(answer)
    assert not [each for each in slack.messages("C1") if each.bot]
    slack.user("U3").click(answer, "share")
    shared = slack.wait(lambda: [each for each in slack.messages("C1") if each.bot])[0]
    assert "Offer the quiet account one fix" in shown(shared)
    assert {ping.target for ping in slack.pings} <= {"U3"}


def test_a_shortcut_asks_the_coach_about_a_message(slack: Workspace, coach: object) -> None:
    said = slack.user("U2").say("C1", "Our best customer is a quiet account now, what do we offer?")
    slack.user("U3").shortcut("ask_coach", said)
    assert "Offer the quiet account one fix" in shown(private(slack, "U3"))
    clean(slack)


def test_the_home_shows_what_to_ask_in_the_persons_language(slack: Workspace, coach: object) -> None:
    slack.user("U2").open_home()
    home = slack.wait(lambda: slack.home("U2"))
    assert "可以問什麼" in shown(home)
    assert "1 份文件" in shown(home)
    clean(slack)


def test_opening_the_agent_view_offers_questions(slack: Workspace, coach: object) -> None:
    slack.user("U1").open_agent_view()
    prompts = slack.wait(lambda: slack.prompts("U1"))
    assert "沉默的大客户怎么挽回？" in str(prompts)
    clean(slack)


def test_a_source_button_opens_the_passage_with_the_quote(slack: Workspace, coach: object) -> None:
    (answer,) = answers(slack, slack.user("U3").mention("C1", QUESTION))
    slack.user("U3").click(answer, "open_passage")
    (view,) = slack.wait(lambda: slack.views("U3"))
    assert "Offer the quiet account one fix" in shown(view)
    assert "Record the reason" in shown(view)
    clean(slack)


def test_a_bad_vote_asks_why_and_keeps_the_reason(slack: Workspace, coach: object, home: Path) -> None:
    import sqlite3

    (answer,) = answers(slack, slack.user("U3").mention("C1", QUESTION))
    slack.user("U3").click(answer, "feedback", index=1)
    (view,) = slack.wait(lambda: slack.views("U3"))
    slack.user("U3").submit(view, {"reason": "We tried that already."})

    def kept() -> list[tuple[str, str]]:
        with sqlite3.connect(home / "catalogue.sqlite") as database:
            return list(database.execute("select vote, reason from votes order by number"))

    slack.wait(lambda: len(kept()) == 2)
    assert kept() == [("down", ""), ("reason", "We tried that already.")]
    clean(slack)


def test_an_unanswerable_question_is_declined_with_what_was_searched(slack: Workspace, coach: object) -> None:
    (answer,) = answers(slack, slack.user("U3").mention("C1", "Which vaccinations does Kenya ask for?"))
    assert "The library does not answer this." in shown(answer)
    assert "kenya" in shown(answer)
    clean(slack)


def test_an_empty_mention_is_told_what_to_ask(slack: Workspace, coach: object) -> None:
    slack.user("U3").mention("C1", "")
    assert "How do we win back" in shown(private(slack, "U3"))


def test_nothing_a_person_or_a_passage_says_becomes_a_ping_or_a_link(slack: Workspace, coach: object) -> None:
    slack.user("U3").slash("/coach", "quiet account <!channel> <https://evil.example|x> @here", "C1")
    private(slack, "U3")
    clean(slack)


def test_many_questions_at_once_are_each_answered_once(slack: Workspace, coach: object) -> None:
    asked = [slack.user("U3").mention("C1", f"{QUESTION} Number {number}") for number in range(40)]
    slack.wait(lambda: all(slack.replies(one) for one in asked), timeout=60)
    assert [len(answers(slack, one)) for one in asked] == [1] * 40


def test_a_refused_reply_is_told_to_the_asker_alone_and_can_be_tried_again(slack: Workspace, coach: object) -> None:
    slack.faults.refuse("chat.postMessage", "internal_error")
    asked = slack.user("U3").mention("C1", QUESTION)
    told = private(slack, "U3")
    assert "I could not answer" in shown(told)
    slack.user("U3").click(told, "retry")
    assert len(answers(slack, asked)) == 1


def test_health_and_metrics_say_how_it_goes(slack: Workspace, home: Path) -> None:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
            return str(page.read().decode())

    with processes.coach(slack, home, {"COACH_HEALTH_PORT": str(port)}):
        answers(slack, slack.user("U3").mention("C1", QUESTION))
        assert '"ok": true' in get("/healthz")
        slack.wait(lambda: 'coach_questions_total{outcome="answered"} 1' in get("/metrics"))


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "SLACK_"))}
    done = subprocess.run(
        [sys.executable, "-m", "integrations.cli", "slack"],
        cwd=tmp_path,
        env={**ours, "PYTHONPATH": str(processes.ROOT), "COACH_SLACK_BOT_TOKEN": "xoxb-1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "COACH_SLACK_APP_TOKEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
