"""`coach slack --http` as a process of its own, called with signed requests, for one workspace and for several."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.slack.installs import States
from integrations.slack.manifest import BOT_SCOPES, manifest
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, browser, running, shown
from tests.integrations.slack.processes import index

ROOT = Path(__file__).parents[3]
QUESTION = "What do we offer a quiet account?"
FACT = "Offer the quiet account one fix for a fault it complains about."
_COACH = (sys.executable, "-m", "integrations.cli")


def _environment(home: Path, **more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "SLACK_"))}
    return {**ours, "COACH_HOME": str(home / "home"), "PYTHONPATH": str(ROOT), **more}


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as page:
        return str(page.read().decode())


def _listens(url: str) -> bool:
    try:
        return '"ok": true' in _get(f"{url}/healthz")
    except urllib.error.URLError:
        return False


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as workspace:
        workspace.add_team("T2", "Hillside")
        workspace.add_user("U9", "lea", team="T2")
        workspace.add_channel("C9", "deals", ["U9"], team="T2")
        yield workspace


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "quiet.md").write_text(f"# Quiet accounts\n\n## Open the door\n\n{FACT}\n", encoding="utf-8")
    index(tmp_path / "home", tmp_path / "quiet.md")
    return tmp_path


@contextmanager
def bot(slack: Workspace, home: Path, **settings: str) -> Iterator[str]:
    """A bot that listens; its address. Stopped in an orderly way at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    ours = {"COACH_SLACK_SIGNING_SECRET": slack.app.signing_secret, "COACH_SLACK_API_URL": slack.api_url, **settings}
    command = [*_COACH, "slack", "--http", "--port", str(port)]
    with (home / "bot.log").open("wb") as errors:
        process = subprocess.Popen(command, cwd=home, env=_environment(home, **ours), stderr=errors)
    try:
        slack.wait(lambda: _listens(url) or process.poll() is not None, timeout=30)
        slack.app.redirect_urls = [f"{url}/slack/oauth_redirect"]
        slack.http.target = f"{url}/slack/events"
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


@pytest.fixture
def one(slack: Workspace, home: Path) -> Iterator[str]:
    """A bot for the workspace of its token."""
    with bot(slack, home, COACH_SLACK_BOT_TOKEN=slack.bot_token) as url:
        yield url


@pytest.fixture
def many(slack: Workspace, home: Path) -> Iterator[str]:
    """A bot that workspaces install by themselves."""
    with bot(slack, home, **_oauth(slack)) as url:
        yield url


def _oauth(slack: Workspace) -> dict[str, str]:
    return {"COACH_SLACK_CLIENT_ID": slack.app.client_id, "SLACK_CLIENT_SECRET": slack.app.client_secret}


def install(slack: Workspace, url: str, team: str) -> None:
    landed = browser.install(slack, f"{url}/slack/install", team)
    assert landed.status == 200, landed.text


def answers(slack: Workspace, asked: Message) -> list[Message]:
    return slack.wait(lambda: slack.replies(asked), timeout=15)


def mention_in_second(slack: Workspace) -> Message:
    slack.on_loop(lambda: slack.state.channels["C9"].members.add("U0BOTT2"))
    return slack.user("U9").mention("C9", QUESTION)


def kept(home: Path, what: str) -> list[Any]:
    with sqlite3.connect(home / "home" / "catalogue.sqlite") as database:
        return list(database.execute(what))


def test_the_url_is_verified(slack: Workspace, one: str) -> None:
    assert slack.http.verify_url()


def test_a_mention_is_answered_once(slack: Workspace, one: str) -> None:
    (answer,) = answers(slack, slack.user("U3").mention("C1", QUESTION))
    assert FACT in shown(answer)
    assert slack.complaints == []


def test_a_slash_command_is_answered_to_its_asker_alone(slack: Workspace, one: str) -> None:
    slack.user("U3").slash("/coach", QUESTION, "C1")
    assert FACT in shown(slack.wait(lambda: slack.ephemerals("U3"))[-1])
    assert not [each for each in slack.messages("C1") if each.bot]
    assert slack.complaints == []


def test_health_and_metrics_are_on_the_same_port(slack: Workspace, one: str) -> None:
    answers(slack, slack.user("U3").mention("C1", QUESTION))
    assert '"ok": true' in _get(f"{one}/healthz")
    assert 'coach_questions_total{outcome="answered"} 1' in _get(f"{one}/metrics")


@pytest.mark.parametrize(("forge", "skew"), [(True, 0), (False, -400), (False, 400)])
def test_what_is_not_signed_now_by_slack_is_refused(
    slack: Workspace, one: str, home: Path, forge: bool, skew: int
) -> None:
    slack.http.forge, slack.http.clock_skew = forge, skew
    sent = slack.user("U3").slash("/coach", QUESTION, "C1")
    slack.wait(lambda: sent.done)
    assert [each.status for each in sent.attempts] == [401]
    assert kept(home, "select id from slack_inbox") == []


def test_a_small_difference_of_clocks_does_no_harm(slack: Workspace, one: str) -> None:
    slack.http.clock_skew = -200
    assert len(answers(slack, slack.user("U3").mention("C1", QUESTION))) == 1


def test_a_replayed_signature_is_refused_and_answered_once(slack: Workspace, one: str, home: Path) -> None:
    sent = slack.user("U3").slash("/coach", QUESTION, "C1")
    slack.wait(lambda: sent.done and slack.ephemerals("U3"))
    assert slack.http.replay(sent) == 401
    answers(slack, slack.user("U3").mention("C1", QUESTION))
    assert len(slack.ephemerals("U3")) == 1
    assert len(kept(home, "select id from slack_inbox")) == 2


def test_events_whose_acknowledgement_was_lost_are_answered_once(slack: Workspace, one: str) -> None:
    slack.faults.lose_acks(2)
    asked = slack.user("U3").mention("C1", QUESTION)
    answers(slack, slack.user("U3").mention("C1", QUESTION))
    slack.wait(lambda: all(each.done for each in slack.deliveries.records))
    assert len(answers(slack, asked)) == 1


def test_a_second_workspace_is_answered_with_its_own_token(slack: Workspace, many: str) -> None:
    install(slack, many, "T1")
    install(slack, many, "T2")
    first = answers(slack, slack.user("U3").mention("C1", QUESTION))
    second = answers(slack, mention_in_second(slack))
    assert [FACT in shown(each) for each in (*first, *second)] == [True, True]
    posted = {call.arguments["channel"]: call.team for call in slack.calls("chat.postMessage")}
    assert posted == {"C1": "T1", "C9": "T2"}
    assert slack.complaints == []


def test_slack_is_asked_who_we_are_once_a_token(slack: Workspace, many: str) -> None:
    install(slack, many, "T1")
    asked = [slack.user("U3").mention("C1", f"{QUESTION} Number {number}") for number in range(10)]
    slack.wait(lambda: all(slack.replies(each) for each in asked), timeout=30)
    assert len(slack.calls("auth.test")) <= 2  # one when it was installed, one at the first event


def test_an_installation_outlives_the_process(slack: Workspace, home: Path) -> None:
    with bot(slack, home, **_oauth(slack)) as url:
        install(slack, url, "T2")
    with bot(slack, home, **_oauth(slack)):
        assert len(answers(slack, mention_in_second(slack))) == 1


def test_a_workspace_that_removed_the_bot_is_forgotten(slack: Workspace, many: str, home: Path) -> None:
    install(slack, many, "T2")
    answers(slack, mention_in_second(slack))
    payload = slack.delivered("app_mention")[-1].payload
    slack.uninstall("T2")
    slack.wait(lambda: not kept(home, "select team from slack_teams"))
    before = len(slack.recorded)
    again = payload | {"event_id": "Ev0LATE", "event": payload["event"] | {"ts": "1700000000.000100"}}
    late = slack.on_loop(lambda: slack.deliveries.send("events_api", "app_mention", "Ev0LATE", again))
    slack.wait(lambda: late.done)
    assert len(slack.recorded) == before
    assert len(kept(home, "select id from slack_inbox")) == 1


def test_a_refused_consent_installs_nothing(slack: Workspace, many: str, home: Path) -> None:
    slack.denies_installation = True
    assert "access_denied" in browser.install(slack, f"{many}/slack/install", "T2").text
    assert kept(home, "select team from slack_teams") == []


def test_the_installation_asks_for_the_scopes_of_the_manifest(slack: Workspace, many: str) -> None:
    install(slack, many, "T2")
    installed = slack.installation("T2")
    assert installed is not None
    assert installed.scopes == frozenset(BOT_SCOPES)


def test_a_state_is_good_once_and_not_for_long(tmp_path: Path) -> None:
    import asyncio

    async def play() -> list[bool]:
        first, late = await states.async_issue(), await states.async_issue()
        seen = [await states.async_consume(first), await states.async_consume(first)]
        clock.append(601.0)
        return [*seen, await states.async_consume(late), await states.async_consume("never issued")]

    clock = [0.0]
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    states = States(catalogue.engine, lambda: clock[-1])
    assert asyncio.run(play()) == [True, False, False, False]
    catalogue.close()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"COACH_SLACK_BOT_TOKEN": "xoxb-1"}, "COACH_SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "s"}, "COACH_SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s", "COACH_SLACK_CLIENT_ID": "1.2"}, "COACH_SLACK_CLIENT_SECRET"),
    ],
)
def test_what_is_missing_is_named(home: Path, settings: dict[str, str], named: str) -> None:
    done = subprocess.run(
        [*_COACH, "slack", "--http"], cwd=home, env=_environment(home, **settings), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_named(slack: Workspace, one: str, home: Path) -> None:
    settings = _environment(
        home,
        COACH_SLACK_BOT_TOKEN=slack.bot_token,
        COACH_SLACK_SIGNING_SECRET="s",
        COACH_SLACK_API_URL=slack.api_url,
        COACH_SLACK_PORT=one.rpartition(":")[2],
    )
    done = subprocess.run([*_COACH, "slack", "--http"], cwd=home, env=settings, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"port {one.rpartition(':')[2]}" in done.stderr
