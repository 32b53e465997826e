"""The stage: a workspace full of people, the bot as a process, and waiting until both are quiet."""

import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Delivery, Message, Rates, Timing, Workspace, running
from tests.integrations.slack.processes import index, kill, start, stop
from tests.leaks.canaries import Canaries
from tests.leaks.company import Company
from tests.leaks.policy import World
from tests.leaks.watching import Watch

_QUIET = 0.12
_PATIENCE = 120.0


@dataclass(slots=True)
class Stage:
    """What the probes act on."""

    slack: Workspace
    world: World
    watch: Watch
    home: Path
    settings: Mapping[str, str]
    process: "subprocess.Popen[bytes]"
    port: int
    questions: int = 0
    _open: list[Delivery] = field(default_factory=list)
    _taken: int = 0

    # What people do

    def mention(self, user: str, room: str, text: str, thread: str | None = None) -> Message:
        """Ask the bot in a conversation."""
        self.questions += 1
        return self._said(user, self.slack.user(user).say(room, f"<@{self.slack.bot_user}> {text}", thread), text)

    def say(self, user: str, room: str, text: str, thread: str | None = None) -> Message:
        """Say something there, to nobody in particular."""
        return self._said(user, self.slack.user(user).say(room, text, thread), text)

    def dm(self, user: str, text: str, thread: str | None = None) -> Message:
        """Ask the bot in direct messages."""
        self.questions += 1
        return self._said(user, self.slack.user(user).dm(text, thread), text)

    def _said(self, user: str, message: Message, text: str) -> Message:
        self.watch.typed(text, user, message.channel, f"{message.channel} {message.root}")
        return message

    def slash(self, user: str, text: str, room: str) -> None:
        """Use the command."""
        self.questions += 1
        self.watch.typed(text, user)
        self.slack.user(user).slash("/coach", text, room)

    def shortcut(self, user: str, message: Message) -> None:
        """Have the bot look at somebody's message."""
        self.questions += 1
        self.watch.typed(message.text, user)
        self.slack.user(user).shortcut("ask_coach", message)

    def press(self, user: str, message: Message, action: str, value: str | None = None) -> None:
        """Press a button; with a value of one's own, a forged or a replayed one."""
        pressed = message if value is None else replace(message, blocks=[_button(action, value)])
        self.slack.user(user).click(pressed, action, value)

    # Waiting

    def settle(self) -> None:
        """Wait until every question has all its parts, and nothing has happened for a moment."""
        end, since, last = time.monotonic() + _PATIENCE, time.monotonic(), (-1, -1, -1)
        while True:
            state = (self.left(), self._unheard(), len(self.slack.recorded))
            now = time.monotonic()
            if state != last or state[0] or state[1]:
                since, last = now, state
            if now - since > _QUIET:
                return
            if now > end:
                raise AssertionError(f"not quiet after {_PATIENCE:.0f} s: {state}; {self.slack.complaints[-3:]}")
            time.sleep(0.02)

    def left(self) -> int:
        """How many recorded questions have not had all their parts."""
        return int(self._asked("select count(*) from slack_inbox where state != 'done'")[0][0])

    def outcomes(self) -> dict[str, int]:
        """How the questions ended."""
        return dict(self._asked("select outcome, count(*) from slack_inbox group by outcome"))

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        database = sqlite3.connect(self.home / "catalogue.sqlite", timeout=30)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def _unheard(self) -> int:
        records = self.slack.deliveries.records
        fresh = list(records[self._taken :])
        self._taken += len(fresh)
        self._open = [each for each in (*self._open, *fresh) if not each.done]
        return len(self._open)

    # The process

    def crash(self) -> None:
        """kill -9, and another one that takes over at once."""
        kill(self.process)
        database = sqlite3.connect(self.home / "catalogue.sqlite", timeout=30)
        with database:
            database.execute("update slack_inbox set lease = 0 where state != 'done'")
        database.close()
        self.process = start(self.slack, self.home, self.settings)

    def metrics(self) -> str:
        """The metrics page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as page:
            return str(page.read().decode())

    def logs(self) -> str:
        """Everything that any process logged."""
        return "\n".join(each.read_text("utf-8", "replace") for each in sorted(self.home.glob("bot-*.log")))


def _button(action: str, value: str) -> dict[str, object]:
    text = {"type": "plain_text", "text": "x"}
    return {"type": "actions", "elements": [{"type": "button", "action_id": action, "text": text, "value": value}]}


@contextmanager
def staged(company: Company, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """A company in a workspace of its own, with a bot that knows its documents."""
    home, port = folder / "home", _free_port()
    home.mkdir(parents=True)
    company.write(folder / "documents")
    world = World.of(company)
    world.write_people(home / "people.yaml")
    index(home, folder / "documents")
    timing, about = Timing(time_scale=0.02), {**(settings or {}), "COACH_HEALTH_PORT": str(port)}
    with running(manifest=manifest(), timing=timing, rates=Rates(on=False), furnished=False) as slack:
        world.furnish(slack)
        watch = Watch(slack, world, Canaries(company))
        stage = Stage(slack, world, watch, home, about, start(slack, home, about), port)
        try:
            yield stage
        finally:
            stop(stage.process)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
