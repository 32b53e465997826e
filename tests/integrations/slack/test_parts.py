"""Answers in two parts: the first is the same whatever else there is, the second comes once, to the asker alone."""

import json
import re
import shutil
import sqlite3
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.openai_server import Reply, Request, passages
from tests.fakes.openai_server import running as model_server
from tests.fakes.slack_workspace import Message, Workspace, shown
from tests.integrations.slack.confidential import (
    CANARY,
    FIX,
    MORE,
    QUESTION,
    company,
    library,
    only_for,
    replies,
    seen_by,
    settled,
)
from tests.integrations.slack.processes import coach, kill

_APPROVED = "Offer the quiet account the heron rebate that the board approved in March."
_NAMES = re.compile(r"\b[0-9a-f]{32}\b|\d{10}\.\d{6}")
_TIME = re.compile(r"(?m)^[-\d]+ [:,\d]+ |s_\d+")
_ALONE = "chat.postEphemeral"


def test_the_first_part_is_the_same_byte_for_byte_whether_or_not_more_exists(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with_more = played(home, secret=True)
    shutil.rmtree(home)
    without = played(home, secret=False)
    assert (with_more["alone"], without["alone"]) == (2, 0)
    for what in ("calls", "messages", "statuses", "metrics", "log"):
        assert with_more[what] == without[what], what


def played(home: Path, secret: bool) -> dict[str, Any]:
    """What a channel, the metrics and the log show of the same questions, over a library with or without a secret."""
    library(home, secret)
    port = _free_port()
    with company() as slack, coach(slack, home, {"COACH_HEALTH_PORT": str(port)}):
        for text in (QUESTION, "Which rebate did the board approve?", "Who owns the rebates?"):
            asked = slack.user("U1").mention("C1", text)
            replies(slack, asked)
            settled(slack, home)
        follow = slack.user("U1").say("C1", "And what about a quiet account?", thread_ts=asked.ts)
        slack.wait(lambda: len(slack.replies(follow)) == 2)
        settled(slack, home)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as page:
            metrics = page.read().decode()
        calls = [each for each in slack.calls() if each.arguments.get("channel", each.arguments.get("channel_id"))]
        public = [json.dumps([each.method, each.arguments], sort_keys=True) for each in calls if each.method != _ALONE]
        messages = [json.dumps(each.payload(), sort_keys=True) for each in slack.messages("C1")]
        history = [change for place, changes in slack.state.statuses.items() for change in changes if place[0] == "C1"]
        alone = len(slack.ephemerals("U1"))
    return {
        "calls": [_NAMES.sub("?", each) for each in public],
        "messages": [_NAMES.sub("?", each) for each in messages],
        "statuses": [each.status for each in history],
        "metrics": metrics,
        "log": _TIME.sub("", (home / "bot-0.log").read_text("utf-8")),
        "alone": alone,
    }


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_the_second_part_is_begun_only_once_the_first_stands(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home):
        slack.user("U1").mention("C1", QUESTION)
        only_for(slack, "U1")
        posted, *_ = slack.calls("chat.postMessage")
        (alone,) = slack.calls(_ALONE)
    assert alone.at >= posted.at + posted.took
    with sqlite3.connect(home / "catalogue.sqlite") as database:
        first, second = database.execute("select answer, created from answers order by created")
    database.close()
    assert CANARY not in first[0].lower()
    assert CANARY in second[0].lower()


def test_the_second_part_is_kept_where_only_its_reader_comes_back_to_it(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home):
        asked = slack.user("U1").mention("C1", QUESTION)
        only_for(slack, "U1")
        settled(slack, home)
    with sqlite3.connect(home / "catalogue.sqlite") as database:
        threads = {thread for (thread,) in database.execute("select thread from answers")}
    database.close()
    assert threads == {asked.ts, f"{asked.ts} U1"}


def test_a_crash_between_the_parts_repeats_the_second_at_most(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack:
        with coach(slack, home) as first:
            slack.faults.slow(30.0, _ALONE)
            asked = slack.user("U1").mention("C1", QUESTION)
            slack.wait(lambda: slack.calls(_ALONE), timeout=20)
            kill(first)
            slack.faults.slow(0.0, _ALONE)
        with sqlite3.connect(home / "catalogue.sqlite") as database:
            database.execute("update slack_inbox set lease = 0")
        database.close()
        with coach(slack, home):
            more = only_for(slack, "U1")
            settled(slack, home)
        assert [FIX in shown(each) for each in slack.replies(asked)] == [True]
        assert len(slack.calls("chat.postMessage")) == 1
        assert slack.calls("chat.update") == []
        assert {shown(each) for each in more} == {shown(more[0])}


def test_a_second_part_that_fails_is_told_to_nobody_and_is_not_tried_for_ever(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home):
        slack.faults.refuse(_ALONE, "internal_error", times=9)
        slack.faults.refuse("conversations.open", "internal_error", times=9)
        asked = slack.user("U1").mention("C1", QUESTION)
        replies(slack, asked)
        settled(slack, home)
        assert len(slack.replies(asked)) == 1
        assert slack.ephemerals("U1") == []
    log = (home / "bot-0.log").read_text("utf-8")
    assert "Traceback" not in log
    assert CANARY not in log.lower()


def test_who_left_the_channel_meanwhile_gets_the_second_part_in_direct_messages(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home):
        slack.faults.refuse(_ALONE, "user_not_in_channel")
        slack.user("U1").mention("C1", QUESTION)
        (more,) = slack.wait(lambda: slack.messages(slack.dm("U1")), timeout=20)
    assert shown(more).startswith(MORE)
    assert CANARY in shown(more).lower()
    assert CANARY not in seen_by(slack, "U2")


def test_stopping_the_second_part_leaves_the_first_and_says_nothing(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home):
        slack.faults.slow(3.0, _ALONE)
        asked = slack.user("U1").mention("C1", QUESTION)
        slack.wait(lambda: slack.calls(_ALONE), timeout=20)
        slack.user("U1").delete(asked)
        settled(slack, home)
        slack.faults.slow(0.0, _ALONE)
        assert "Stopped" not in seen_by(slack, "U1")
        assert len([each for each in slack.messages("C1") if each.bot]) == 1


# With a model


def draft(request: Request) -> Reply:
    """Every passage that is known, quoted; and advice that rests on nothing."""
    known = [(each.number, text) for each in passages(request) for text in (FIX, _APPROVED) if text in each.text]
    blocks = [f'[{number}] "{text}"\nRULE: {text}\n\n' for number, text in known]
    return Reply(chunks=["STATUS: answered\n", *blocks, "ADVICE: Ask the client what still hurts.\n\n"])


def asked_of_a_model(home: Path, ask: Callable[[Workspace], Message]) -> tuple[Workspace, Message, list[Request]]:
    with company() as slack, model_server("vllm") as model:
        model.when(lambda request: True, draft)
        settings = {"COACH_MODEL": "fake-chat", "COACH_MODEL_URL": model.url, "COACH_MODEL_KEY": model.key}
        with coach(slack, home, settings):
            asked = ask(slack)
            replies(slack, asked)
            settled(slack, home)
        return slack, asked, list(model.requests)


def test_a_model_is_asked_twice_only_when_there_is_more_and_first_without_it(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    slack, asked, requests = asked_of_a_model(home, lambda slack: slack.user("U1").mention("C1", QUESTION))
    (reply,), (more,) = slack.replies(asked), slack.ephemerals("U1")
    first, second = requests
    assert CANARY not in str(first.body).lower()
    assert CANARY in str(second.body).lower()
    assert FIX in shown(reply)
    assert CANARY in shown(more).lower()
    assert FIX not in shown(more)
    assert "what still hurts" not in shown(more)
    assert CANARY not in seen_by(slack, "U2")
    assert "HTTP Request" not in (home / "bot-0.log").read_text("utf-8")


def test_a_model_is_asked_once_when_there_is_no_more(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    slack, _, requests = asked_of_a_model(home, lambda slack: slack.user("U2").mention("C1", QUESTION))
    assert len(requests) == 1
    assert slack.ephemerals("U2") == []
