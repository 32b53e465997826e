"""`coach serve` as a process: the address it prints, what it refuses, how it ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.integrations.web.conftest import Place, free_port

_COACH = [sys.executable, "-m", "evals.cli", "serve"]
_ROOT = Path(__file__).parents[3]


def environment(place: Place) -> dict[str, str]:
    ours = {"COACH_HOME": place.home, "COACH_LIBRARY": place.docs, "COACH_PEOPLE": place.people, "PYTHONPATH": _ROOT}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "SLACK_"))}
    return kept | {name: str(value) for name, value in ours.items()}


@contextmanager
def started(place: Place, *options: str) -> Iterator["subprocess.Popen[str]"]:
    command = [*_COACH, "--port", str(free_port()), *options]
    process = subprocess.Popen(
        command, cwd=place.docs, env=environment(place), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def printed(process: "subprocess.Popen[str]") -> str:
    """The address, once it is printed."""
    assert process.stderr
    for line in process.stderr:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError("no address was printed")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_an_address_serves_it_and_stops_when_told(place: Place, told: signal.Signals) -> None:
    with started(place) as process:
        address = printed(process)
        with httpx.Client(trust_env=False, follow_redirects=True, timeout=30) as client:
            shown = client.get(address)
            assert "Signed in as cleo" in shown.text
            assert "token" not in str(shown.url)
            assert "5 of 5" in client.get(shown.url.join("/documents")).text
        process.send_signal(told)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "this machine alone"),
        (["--as", "dora"], "dora is not among the people"),
        (["--port", "0"], "must be a number"),
    ],
)
def test_what_it_cannot_do_it_says_in_one_line(place: Place, options: list[str], said: str) -> None:
    run = subprocess.run(
        [*_COACH, "--port", str(free_port()), *options],
        cwd=place.docs,
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 2
    last = run.stderr.strip().split("\n")[-1]
    assert last.startswith("coach: ")
    assert said in last
    assert "Traceback" not in run.stderr


def test_a_sign_in_that_lacks_something_is_said_in_one_line(place: Place) -> None:
    run = subprocess.run(
        _COACH,
        cwd=place.docs,
        env=environment(place) | {"COACH_WEB_URL": "https://coach.example.com"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 2
    assert "COACH_SLACK_CLIENT_ID" in run.stderr
