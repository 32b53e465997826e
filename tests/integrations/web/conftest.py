"""Consoles that really listen, with people, documents and, where wanted, a fake Slack to sign in with."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from re import search
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from integrations import bootstrap
from integrations.settings import Settings
from integrations.web import serving
from integrations.web.app import build
from integrations.web.console import Console
from integrations.web.sessions import LocalDoor
from tests.conftest import Write
from tests.fakes.slack_workspace import Workspace, running

QUESTION = "How do we win back a key account that went quiet?"
HANS, HANT = "大客户怎么分级？", "客戶被競爭對手把持，怎麼打開突破口？"
FACT = "Call a quiet account within two weeks, and bring a question rather than an offer."
SECRET = "Larkspur Metals will close its Lyon plant in March."

PEOPLE = """
people:
  ann: {slack: U1}
  bo: {slack: U2}
  cleo: {slack: U3}
groups:
  emea: [ann, bo]
accounts:
  Larkspur Metals: [ann, cleo]
coaches: [cleo]
"""


@dataclass
class Place:
    """A folder with a library, people and settings."""

    home: Path
    people: Path
    docs: Path
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """What is in force here."""
        return Settings(home=self.home, library=(self.docs,), people=self.people, **self.more)


@pytest.fixture
def place(tmp_path: Path, docs: Path, write: Write) -> Place:
    """A few documents: public ones in three languages, one for a team, one that is no longer in force."""
    write(
        "playbooks/quiet.md",
        f"---\ntitle: Winning back a quiet account\nowner: cleo\n---\n\n# First steps\n\n{FACT} Then map who left.\n\n"
        "# After that\n\nReview the account every month until it buys again.\n",
    )
    write(
        "playbooks/hans.md",
        "---\ntitle: 大客户分级办法\n---\n\n# 分级标准\n\n大客户按战略价值和收入分成三级，每个季度复核一次。\n",
    )
    write(
        "playbooks/hant.md",
        "---\ntitle: 打開對手的客戶\n---\n\n# 突破口\n\n客戶被對手把持時，先從邊緣部門找突破口，做成一件小事。\n",
    )
    write(
        "plans/larkspur.md",
        "---\ntitle: Larkspur Metals plan\nkind: account_plan\naccount: Larkspur Metals\naudience: team\n---\n\n"
        f"# Situation\n\n{SECRET} Their buyer is unsure.\n",
    )
    write("playbooks/old.md", "---\ntitle: Old tiers\nexpires: 2020-01-01\n---\n\n# Tiers\n\nEveryone is tier one.\n")
    people = tmp_path / "people.yaml"
    people.write_text(PEOPLE, "utf-8")
    return Place(tmp_path / "home", people, docs)


@dataclass
class Served:
    """A console that listens."""

    url: str
    console: Console
    clients: list[httpx.Client] = field(default_factory=list)

    def visitor(self) -> httpx.Client:
        """A browser that is not signed in; it follows no redirect by itself."""
        client = httpx.Client(base_url=self.url, timeout=30, trust_env=False, headers={"Accept-Language": "en"})
        self.clients.append(client)
        return client

    @property
    def entry(self) -> str:
        """The address that would be printed."""
        assert isinstance(self.console.door, LocalDoor)
        return f"{self.url}/local?token={self.console.door.token}"

    def as_person(self, person: str) -> httpx.Client:
        """A browser that a person signed in with, however they came in."""
        client = self.visitor()
        name = f"coach_{self.url.rpartition(':')[2]}"
        client.cookies.set(name, self.console.sessions.begin(person), domain="127.0.0.1")
        return client


if TYPE_CHECKING:
    from tests.integrations.web.desk import Desk

Serve = Callable[..., Served]


@pytest.fixture
def serve(place: Place) -> Iterator[Serve]:
    """Serve a console over the place; with other settings, or for a person."""
    with ExitStack() as stack:

        def served(person: str = "", host: str = "127.0.0.1", **more: Any) -> Served:
            place.more |= more
            return stack.enter_context(console_of(place.settings, person, host))

        yield served


@contextmanager
def console_of(settings: Settings, person: str, host: str = "127.0.0.1") -> Iterator[Served]:
    """A console that listens for as long as it is wanted."""
    library = bootstrap.library(settings)
    library.ingest(list(settings.folders))
    door = serving.listen(host, 0)
    port = door.getsockname()[1]
    if settings.web_url:
        settings = Settings(**settings.model_dump() | {"web_url": f"http://127.0.0.1:{port}"})
    console = bootstrap.console(settings, library, door, person)
    server = serving.server(build(console))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    found = Served(f"http://127.0.0.1:{port}", console)
    try:
        yield found
    finally:
        for each in found.clients:
            each.close()
        server.should_exit = True
        thread.join(timeout=15)
        door.close()


@pytest.fixture
def local(serve: Serve) -> Served:
    """A console on one's own machine, for cleo, who is the only coach."""
    return serve()


@pytest.fixture
def desk(serve: Serve, place: Place) -> "Desk":
    """A console with two coaches, for answers that wait."""
    from tests.integrations.web.desk import opened

    return opened(serve, place)


@pytest.fixture
def slack() -> Iterator[Workspace]:
    """A workspace of U1, U2 and U3, who are ann, bo and cleo."""
    with running() as workspace:
        yield workspace


@pytest.fixture
def signing_in(slack: Workspace, serve: Serve) -> Served:
    """A console that people sign in to with Slack."""
    served = serve(
        web_url="http://127.0.0.1:1",
        slack_client_id=slack.app.client_id,
        slack_client_secret=slack.app.client_secret,
        slack_bot_token=slack.bot_token,
        slack_api_url=slack.api_url,
    )
    slack.app.redirect_urls = [f"{served.url}/slack/back"]
    return served


def csrf(client: httpx.Client, path: str = "/ask") -> str:
    """The token of the forms on a page."""
    found = search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found, "the page has no form"
    return found[1]


def post(client: httpx.Client, path: str, origin: str = "", **fields: str) -> httpx.Response:
    """Send a form as a browser does that stands on one of our pages."""
    ours = str(client.base_url).rstrip("/")
    return client.post(path, data={"csrf": csrf(client), **fields}, headers={"Origin": origin or ours})


def ask(client: httpx.Client, question: str) -> httpx.Response:
    """Ask, and look at the answer."""
    sent = post(client, "/ask", question=question)
    assert sent.status_code == 303, sent.text
    return client.get(sent.headers["location"])


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
