"""The coach in the fake workspace: acknowledgements under load, nothing lost or doubled, deaf time, forged markup."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from integrations.slack.manifest import manifest
from tests.benchmarks.shared import SAMPLES, Number, Place, Table, quantile
from tests.benchmarks.slack_fuzz import fuzzed
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, running
from tests.integrations.slack.processes import coach, kill, start, stop

_QUESTION = "How do we win back a key account that went quiet?"
_BUSY = 50
_BUSY_SECONDS = 20.0
_AT_ONCE = 200
_ALONE = 60
_LOSES_AN_ACK = 14
_OPEN = 100
_RESTARTS = 3
_PATIENCE = 180.0
_DEAF = {"end": 2.0, "reset": 2.0, "black_hole": 6.0}


def measure(place: Place) -> list[Number]:
    """Every part in a workspace of its own, with real processes and real sockets; Slack's rate limits are off."""
    return [
        *_alone(_home(place, "alone")),
        *_busy(_home(place, "busy")),
        *_all_at_once(_home(place, "at-once")),
        *(_deaf(_home(place, fault), fault, most) for fault, most in _DEAF.items()),
        *_restarts(_home(place, "restarts"), place.slack_events),
        *fuzzed(),
    ]


def _home(place: Place, name: str) -> Path:
    """The starter library in a home of its own, since each workspace numbers its events from one."""
    library = place.library("slack", SAMPLES)
    return Path(shutil.copytree(library, place.work / f"slack-{name}", dirs_exist_ok=True))


@contextmanager
def _workspace() -> Iterator[Workspace]:
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as slack:
        yield slack


class _Asking:
    """Questions, each with a number of its own, and what became of them."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self.asked: list[Message] = []
        self._open: list[Message] = []

    def ask(self) -> Message:
        text = f"{_QUESTION} Number {len(self.asked)}"
        self.asked.append(self._slack.user("U3").mention("C1", text))
        self._open.append(self.asked[-1])
        return self.asked[-1]

    def open(self) -> int:
        """How many wait for an answer."""
        answered = {each.root for each in list(self._slack.state.messages["C1"].values()) if each.bot}
        self._open = [each for each in self._open if each.ts not in answered]
        return len(self._open)

    def forget(self) -> None:
        """Wait no longer for those that wait now."""
        self._open = []

    def answers(self) -> list[int]:
        """How many answers each question has."""
        posted = [each.root for each in list(self._slack.state.messages["C1"].values()) if each.bot]
        counted = dict.fromkeys((each.ts for each in self.asked), 0)
        for root in posted:
            counted[root] += 1
        return list(counted.values())

    def all_answered(self) -> None:
        """Wait for every answer, and then whether more come than were asked for. A lost one is waited for in vain."""
        end = time.monotonic() + _PATIENCE
        while 0 in self.answers() and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(2.0)


def _alone(home: Path) -> list[Number]:
    """One question after another, and the memory before the first."""
    with _workspace() as slack, coach(slack, home) as process:
        time.sleep(2.0)
        idle = _resident(process)
        asking = _Asking(slack)
        for _ in range(_ALONE):
            asking.ask()
            slack.wait(lambda: not asking.open(), 30.0)
        asking.all_answered()
        added = list(_overheads(slack, home, asking.asked))
        return [
            Number("memory, idle", idle, "MB", at_most=250),
            Number(f"memory after {_ALONE} questions", _resident(process), "MB"),
            Number("added by the Slack side, p50", 1000 * quantile(added, 0.5), "ms", at_most=100),
            Number("added by the Slack side, p99", 1000 * quantile(added, 0.99), "ms"),
        ]


def _resident(process: "Popen[bytes]") -> float:
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def _overheads(slack: Workspace, home: Path, asked: Iterable[Message]) -> Iterator[float]:
    """From the first delivery of a question to the call that posts its answer, less what the assistant took."""
    took = _assistants_seconds(home)
    posted = {call.arguments["thread_ts"]: call.at for call in slack.calls("chat.postMessage")}
    for message in asked:
        sent = min(each.attempts[0].sent for each in slack.deliveries_of(message))
        yield posted[message.ts] - sent - took[message.ts]


def _assistants_seconds(home: Path) -> dict[str, float]:
    database = sqlite3.connect(home / "catalogue.sqlite")
    rows = database.execute("select thread, answer from answers").fetchall()
    database.close()
    return {thread: sum(json.loads(answer)["timings"].values()) for thread, answer in rows}


def _busy(home: Path) -> list[Number]:
    """Fifty questions are always being answered: each answer is followed by another question; no burst begins it."""
    with _workspace() as slack, coach(slack, home):
        asking = _Asking(slack)
        end = time.monotonic() + _BUSY_SECONDS
        while time.monotonic() < end:
            for _ in range(min(2, _BUSY - asking.open())):
                asking.ask()
            time.sleep(0.02)
        asking.all_answered()
        latencies = [1000 * each for each in slack.ack_latencies()]
        return [
            Number(f"answers a second with {_BUSY} questions open", len(asking.asked) / _BUSY_SECONDS),
            Number("event to acknowledgement, p50", quantile(latencies, 0.5), "ms"),
            Number("event to acknowledgement, p99", quantile(latencies, 0.99), "ms", at_most=50),
            *_counted(f"{_BUSY} open", asking),
        ]


def _counted(where: str, asking: _Asking) -> list[Number]:
    answers = asking.answers()
    return [
        Number(f"{where}: questions", len(answers)),
        Number(f"{where}: lost", answers.count(0), at_most=0),
        Number(f"{where}: doubled", sum(each > 1 for each in answers), at_most=0),
    ]


def _all_at_once(home: Path) -> list[Number]:
    with _workspace() as slack, coach(slack, home):
        asking = _Asking(slack)
        started = time.monotonic()
        for _ in range(_AT_ONCE):
            asking.ask()
        slack.wait(lambda: not asking.open(), _PATIENCE)
        lasted = time.monotonic() - started
        asking.all_answered()
        return [Number("at once: until the last answer", lasted, "s"), *_counted("at once", asking)]


def _deaf(home: Path, fault: str, most: float) -> Number:
    """From the moment all connections die until there is one that a question can come in by."""
    with _workspace() as slack, coach(slack, home):
        time.sleep(1.0)
        began = time.monotonic()
        getattr(slack.faults, fault)()
        slack.wait(lambda: [each for each in slack.sockets.connections if each.opened > began], 60.0)
        heard = min(each.opened for each in slack.sockets.connections if each.opened > began)
        return Number(f"deaf after {fault.replace('_', ' ')}", heard - began, "s", at_most=most)


def _restarts(home: Path, events: int) -> list[Number]:
    """Questions, five in a hundred delivered again for want of an ack, while the process is killed three times."""
    with _workspace() as slack:
        process = start(slack, home)
        asking, kills = _Asking(slack), 0
        try:
            while (delivered := len(slack.deliveries.records)) < events:
                if kills < _RESTARTS and delivered > events * (kills + 1) / (_RESTARTS + 1):
                    kill(process)
                    asking.forget()
                    kills, process = kills + 1, start(slack, home)
                _ask_some(slack, asking)
            asking.all_answered()
        finally:
            stop(process)
        return _of_restarts(slack, asking, kills)


def _ask_some(slack: Workspace, asking: _Asking) -> None:
    for _ in range(_OPEN - asking.open()):
        if len(asking.asked) % _LOSES_AN_ACK == 0:
            slack.faults.lose_acks(3)
        asking.ask()
    time.sleep(0.02)


def _of_restarts(slack: Workspace, asking: _Asking, kills: int) -> list[Number]:
    again = sum(bool(each.retries) for each in slack.delivered())
    table = Table(("restarts", "n"))
    table.add("killed", kills)
    table.add("questions that needed a second try of Slack", again)
    table.show()
    return [
        Number("restarts: events", len(slack.delivered())),
        Number("restarts: events delivered again", 100 * again / len(slack.delivered()), "%", at_least=5),
        *_counted("restarts", asking),
    ]
