"""The whole story of a correction, over a fake workspace, a real browser, real processes and a real database."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main
from integrations import bootstrap
from integrations.settings import Settings
from integrations.web import serving
from integrations.web.app import build
from tests.fakes.slack_workspace import Message, Workspace, shown
from tests.integrations.slack.coached import (
    ANA,
    ASKER,
    CLERK,
    KEN,
    PROMISES,
    TALK,
    answered,
    at_work,
    card,
    clean,
    quiet,
    told,
)
from tests.integrations.slack.processes import ingest

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium (Debian)")

ASKED = "When must the promises of an executive visit be sent?"
AGAIN = "\u9ad8\u5c64\u4e92\u8a2a\u7684\u627f\u8afe\u6700\u665a\u4ec0\u9ebc\u6642\u5019\u8981\u767c\uff1f"
SAID = "The promises of an executive visit are sent, with their owners, within two working days."
EXPERIENCE = "I send mine on the way home."


@contextmanager
def console(home: Path, person: str) -> Iterator[tuple[str, str]]:
    """A console beside the bot: its address, and the one with which a person gets in."""
    settings = Settings(home=home, people=home / "people.yaml")
    door = serving.listen("127.0.0.1", 0)
    served = bootstrap.console(settings, bootstrap.library(settings), door, person)
    server = serving.server(build(served))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    url = f"http://127.0.0.1:{door.getsockname()[1]}"
    yield url, f"{url}/local?token={served.door.token}"  # type: ignore[union-attr]
    server.should_exit = True
    thread.join(timeout=15)


@contextmanager
def browser() -> Iterator[Any]:
    """A page of a real browser."""
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened.new_context(locale="en-US").new_page()
        opened.close()


def corrects(home: Path, person: str, lines: str) -> None:
    """A coach opens the oldest answer in the console, writes what should be said, mends it and publishes it."""
    with console(home, person) as (url, entry), browser() as page:
        page.goto(entry)
        page.goto(f"{url}/review")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/*")
        page.keyboard.press("c")
        page.wait_for_url("**/correct*")
        page.get_by_role("textbox", name="What should be said").fill(lines.replace("two", "nine"))
        page.get_by_role("button", name="Check").click()
        page.get_by_text("nine").first.wait_for()
        page.get_by_role("textbox", name="What should be said").fill(lines)
        page.get_by_role("button", name="Publish").click()
        page.wait_for_load_state()


def dm(slack: Workspace, person: str, text: str) -> str:
    """What a person is answered in private."""
    return shown(answered(slack, slack.user(person).dm(text)))


def corrected(slack: Workspace, asked: Message) -> str:
    """What stands below an answer once a coach corrected it."""
    return shown(slack.wait(lambda: slack.replies(asked)[1:], timeout=30)[0])


def test_a_bad_answer_is_corrected_told_on_asked_again_flagged_verified_and_becomes_a_benchmark_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, ASKED)
        slack.user(ASKER).click(answered(slack, asked), "feedback", "not helpful", index=1)
        slack.user(KEN).click(card(slack, "Voted not helpful"), "review_claim")
        card(slack, "ken is on it")

        corrects(home, "ken", f"{SAID} [1]\n{EXPERIENCE}")
        below = corrected(slack, asked)
        for each in ("Coach ken reviewed this", SAID, "[1]", "ken's own experience", EXPERIENCE):
            assert each in below
        slack.wait(lambda: "Corrected by coach ken" in shown(slack.replies(asked)[0]))
        slack.user(ASKER).click(slack.replies(asked)[1], "review_helped")
        told(slack, ASKER, "kept with the answer")

        again = dm(slack, CLERK, AGAIN)
        assert SAID in again
        assert "ken" in again

        visits = home / "visits.md"
        visits.write_text(visits.read_text("utf-8") + "\nThank each guest by name.\n", "utf-8")
        ingest(home, visits)
        assert SAID not in dm(slack, CLERK, AGAIN)
        stale = card(slack, "changed", 1)
        slack.user(KEN).click(stale, "review_verify")
        told(slack, KEN, "Verified: it holds anew from today")
        assert SAID in dm(slack, ANA, AGAIN)
        quiet(slack, home)
        clean(slack)

    monkeypatch.chdir(home)
    monkeypatch.setenv("COACH_HOME", str(home))
    proposed = home / "proposed.jsonl"
    assert main(["review", "export", str(proposed), "--as", "ken"]) == 0
    line = json.loads(proposed.read_text("utf-8").splitlines()[0])
    assert line["question"] == ASKED
    assert PROMISES in str(line["gold"])
    line.pop("complete", None)
    (home / "set.jsonl").write_text(json.dumps(line | {"why": "An executive asks."}), "utf-8")
    capsys.readouterr()
    assert main(["eval", "run", str(home / "set.jsonl"), "--plain", "--name", "story", "--json"]) == 0
    (attempt,) = (json.loads(each) for each in _attempts(home))
    assert SAID not in str(attempt)
    assert attempt["recipe"]["composer"] == "extract"


def _attempts(home: Path) -> list[str]:
    """The lines of a run that are attempts."""
    lines = (home / "evals" / "runs" / "story" / "attempts.jsonl").read_text("utf-8").splitlines()
    return [each for each in lines if '"item"' in each]
