"""A company with coaches: a bot in its workspace and the console beside it, over one database."""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from integrations import bootstrap
from integrations.people import People
from integrations.review.reviewing import Reviewing
from integrations.settings import Settings
from integrations.web import serving
from integrations.web.app import build
from integrations.web.console import Console, Visitor
from integrations.web.slack_readers import SlackReaders
from integrations.web.visitors import Visitors
from tests.leaks.company import Company, Paper
from tests.leaks.review_judge import Judge, ReviewWatch
from tests.leaks.review_ledger import Ledger
from tests.leaks.stage import Stage, staged

CHANNEL = "CCOACHES"
_COACHES, _IN_CHANNEL = 9, 4
# What fails is tried again later, and looked at then.
_ERRANDS = "select count(*) from review_errands where done = 0 and tries < 2 and due < strftime('%s', 'now') + 600"
_PATIENCE = 60.0
# What waits for the next wave is not held open: the server lets go of it after some seconds.
_HEADERS = {"Accept-Language": "en", "Connection": "close"}


class Door:
    """The console's rights by Slack, asked anew after each change: what it keeps for a minute is no matter here."""

    def __init__(self, people: People, token: str, api: str) -> None:
        self._about = people, token, api
        self._readers = SlackReaders(*self._about)
        self._visitors = Visitors(people, False, self._readers)

    def __call__(self, person: str) -> Visitor | None:
        """A person by the rights of this moment."""
        return self._visitors(person)

    def renew(self) -> None:
        """Forget what Slack said."""
        self.close()
        self._readers = SlackReaders(*self._about)
        self._visitors = Visitors(self._about[0], False, self._readers)

    def close(self) -> None:
        """Let go of the thread, and of what it held."""
        loop = self._readers._loop
        self._readers.close()
        while loop.is_running():
            time.sleep(0.005)
        loop.close()


@dataclass(slots=True)
class Office:
    """What the probes of coach review act on and look at."""

    stage: Stage
    console: Console
    door: Door
    judge: Judge
    url: str
    chance: random.Random
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def review(self) -> Reviewing:
        """The use cases."""
        return self.console.review

    def name(self, user: str) -> str:
        """What people.yaml calls somebody."""
        return self.stage.world.people[user].name.lower()

    def listed(self) -> list[str]:
        """Whoever can sign in."""
        return [each.id for each in self.stage.world.people.values() if each.kind not in ("unlisted", "bot")]

    def able(self) -> list[str]:
        """The company's own people who are still there."""
        world, users = self.stage.world, self.stage.slack.state.users
        return [each for each in world.people if world.inside(each) and not users[each].deactivated]

    def coaches(self, paper: Paper | None = None, may: bool = True) -> list[str]:
        """The coaches who may, or may not, read a document."""
        world = self.stage.world
        return [
            each for each in self.able() if world.is_coach(each) and (not paper or world.may_read(each, paper) is may)
        ]

    # The console, by HTTP

    def browser(self, user: str) -> httpx.Client:
        """The browser of somebody who is signed in."""
        if user not in self._clients:
            client = httpx.Client(base_url=self.url, timeout=60, trust_env=False, headers=_HEADERS)
            name = f"coach_{self.url.rpartition(':')[2]}"
            client.cookies.set(name, self.console.sessions.begin(self.name(user)), domain="127.0.0.1")
            self._clients[user] = client
        return self._clients[user]

    def get(self, user: str, surface: str, path: str, judged: bool = True, **asked: str) -> str:
        """Look at a page; it is judged."""
        return self._judged(user, surface, lambda: self.browser(user).get(path, params=asked or None), judged)

    def post(self, user: str, surface: str, path: str, **fields: Any) -> str:
        """Send a form, and look at what comes of it."""

        def send() -> httpx.Response:
            client = self.browser(user)
            token = re.search(r'name="csrf" value="([^"]+)"', client.get("/ask").text)
            form = {"csrf": token[1] if token else "", **fields}
            sent = client.post(path, data=form, headers={"Origin": self.url})
            return client.get(sent.headers["location"]) if sent.status_code == 303 else sent

        return self._judged(user, surface, send, True)

    def _judged(self, user: str, surface: str, ask: Callable[[], httpx.Response], judged: bool) -> str:
        shown = ask()
        if shown.headers.get("location", "").startswith("/signin") or str(shown.url).endswith("/signin"):
            self._clients.pop(user).close()
        # Where people.yaml cannot be read, what needs it says that it is busy.
        assert shown.status_code < 500 or self.stage.world.broken, (surface, str(shown.url), shown.text[-600:])
        self.judge.ledger.refresh()
        if judged:
            self.judge.page(user, surface, f"{shown.url}\n{shown.text}\n{shown.headers}")
        return shown.text

    # Waiting

    def settle(self) -> None:
        """Wait until all is said that is to be said, and judge it."""
        end = time.monotonic() + _PATIENCE
        while True:
            self.stage.settle()
            if not self.stage._asked(_ERRANDS)[0][0]:
                break
            assert time.monotonic() < end, self.stage._asked("select key, tries from review_errands where done = 0")
            time.sleep(0.05)
        self.stage.settle()
        self.stage.watch.look()

    def sign_out(self) -> None:
        """Close all browsers."""
        for each in self._clients.values():
            each.close()


@contextmanager
def opened(company: Company, folder: Path, seed: int) -> Iterator[Office]:
    """The company at work, with coaches of different rights, four of them in a channel of their own."""
    settings = {"COACH_REVIEW_CHANNEL": CHANNEL, "COACH_REVIEW_SHARE": "0.3", "COACH_REVIEW_DIGEST": ""}
    with staged(company, folder, settings) as stage:
        chance = random.Random(seed)
        judge = _furnish(stage, chance)
        with _console(stage) as (console, door, url):
            office = Office(stage, console, door, judge, url, chance)
            try:
                yield office
            finally:
                office.sign_out()


def _furnish(stage: Stage, chance: random.Random) -> Judge:
    world = stage.world
    inside = [each for each in sorted(world.people) if world.inside(each)]
    outside = [each.id for each in world.people.values() if each.kind == "guest"]
    coaches = chance.sample(inside, _COACHES)
    world.coaches |= {*coaches, *outside[:1]}
    # Coaches are of some team each, so that there is something to correct with.
    for number, team in enumerate(world.teams.values()):
        team |= set(chance.sample(coaches, 2)) if number % 3 else {coaches[0], coaches[1]}
    world.groups["board"] |= {coaches[0]}
    world.groups["pricing"] |= {coaches[0], coaches[2]}
    stage.slack.admin.regroup("SPRICING", sorted(world.groups["pricing"]))
    world.write_people(stage.home / "people.yaml")
    world.members[CHANNEL] = set(coaches[:_IN_CHANNEL])
    stage.slack.add_channel(CHANNEL, "coaches", coaches[:_IN_CHANNEL], kind="private")
    judge = Judge(world, stage.watch.canaries, Ledger(world, stage.home))
    stage.watch = ReviewWatch.over(stage.slack, world, judge, CHANNEL)
    return judge


@contextmanager
def _console(stage: Stage) -> Iterator[tuple[Console, Door, str]]:
    slack = stage.slack
    settings = Settings(
        home=stage.home, people=stage.home / "people.yaml", review_channel=CHANNEL, review_share=0.3,
        web_url="http://127.0.0.1:1", slack_client_id=slack.app.client_id, slack_client_secret=slack.app.client_secret,
        slack_bot_token=slack.bot_token, slack_api_url=slack.api_url,
    )  # fmt: skip
    socket = serving.listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{socket.getsockname()[1]}"
    settings = Settings(**settings.model_dump() | {"web_url": url})
    console = bootstrap.console(settings, bootstrap.library(settings), socket)
    door = Door(console.people, slack.bot_token, slack.api_url)
    object.__setattr__(console, "visitor", door)
    server = serving.server(build(console))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield console, door, url
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        socket.close()
        door.close()
