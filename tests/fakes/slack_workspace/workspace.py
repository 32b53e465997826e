"""The workspace as a test holds it: its people, what can be read from it, and the parts it is joined from."""

import asyncio
import concurrent.futures
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from . import markup
from .administration import Administration
from .app import App, Timing
from .deliveries import Deliveries
from .elements_state import inputs
from .events import Events
from .faults import Faults
from .grants import Grants
from .http_mode import HttpMode
from .interactions import Interactions
from .openid import OpenId
from .people import Person
from .rates import Rates
from .reading import Reading
from .records import (
    Call,
    Channel,
    Conversation,
    Group,
    Installation,
    Link,
    Message,
    Payload,
    Ping,
    Refusal,
    Stream,
    Team,
    User,
    View,
)
from .sockets import Sockets
from .state import State

Result = TypeVar("Result")


class Workspace(Reading):
    """`base` is the server's address. Every public method may be called from any thread, the loop's own included."""

    def __init__(self, app: App, timing: Timing, rates: Rates) -> None:
        self.app, self.timing, self.rates = app, timing, rates
        self.base = ""
        self.state = State()
        self.grants = Grants(timing)
        self.events = Events(self)
        self.deliveries = Deliveries(self)
        self.interactions = Interactions(self)
        self.sockets = Sockets(self)
        self.http = HttpMode(self)
        self.faults = Faults(self)
        self.admin = Administration(self)
        self.openid = OpenId(self)
        self.recorded: list[Call] = []
        self.complaints: list[str] = []
        """What the app did that Slack would refuse, ignore or regret."""
        self.refusals: list[Refusal] = []
        self.pings: list[Ping] = []
        self.links: list[Link] = []
        self.denies_installation = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    # Where a developer starts

    @property
    def api_url(self) -> str:
        return f"{self.base}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """What to start the bot with."""
        return {
            "COACH_SLACK_BOT_TOKEN": self.bot_token,
            "COACH_SLACK_APP_TOKEN": self.app.app_token,
            "COACH_SLACK_SIGNING_SECRET": self.app.signing_secret,
            "COACH_SLACK_API_URL": self.api_url,
        }

    @property
    def bot_token(self) -> str:
        """The token of the first team's installation."""
        return next(iter(self.state.installations))

    @property
    def bot_user(self) -> str:
        return self.state.installations[self.bot_token].bot_user

    # Setting the scene

    def add_team(self, id: str, name: str, installed: bool = False) -> Team:
        def add() -> Team:
            team = self.state.teams[id] = Team(id, name, name.lower().replace(" ", "-"))
            if installed:
                self.install(id)
            return team

        return self.on_loop(add)

    def add_user(self, id: str, name: str, team: str | None = None, **more: Any) -> Person:
        """`more` as in records.User: locale, tz, guest, single_channel_guest, bot, deactivated."""
        user = User(id, name, team or self._first_team(), **more)
        self.on_loop(lambda: self.state.users.update({id: user}))
        return self.user(id)

    def add_channel(
        self,
        id: str,
        name: str,
        members: list[str],
        kind: Conversation = "public",
        team: str | None = None,
        bot: bool = True,
        **more: Any,
    ) -> Channel:
        """`bot`: the app's bot is in it too. `more` as in records.Channel: shared_with, archived."""

        def add() -> Channel:
            channel = Channel(id, name, team or self._first_team(), kind, set(members), **more)
            installed = self.installation(channel.team)
            if bot and installed:
                channel.members.add(installed.bot_user)
            self.state.channels[id] = channel
            return channel

        return self.on_loop(add)

    def add_group(self, id: str, handle: str, members: list[str], team: str | None = None) -> Group:
        group = Group(id, handle, team or self._first_team(), list(members))
        self.on_loop(lambda: self.state.groups.update({id: group}))
        return group

    def user(self, id: str) -> Person:
        return Person(self, self.state.users[id])

    def _first_team(self) -> str:
        return next(iter(self.state.teams))

    # Installing

    def installation(self, team: str) -> Installation | None:
        """The app's living installation in a team."""
        found = [each for each in self.state.installations.values() if each.team == team and not each.gone]
        return found[-1] if found else None

    def install(self, team: str, scopes: frozenset[str] | None = None, installer: str = "") -> Installation:
        def add() -> Installation:
            number = len(self.state.installations) + 1
            user, bot = f"U0BOT{team}", f"B0BOT{team}"
            token = f"xoxb-{team}-{number}"
            made = Installation(team, token, user, bot, self.app.scopes if scopes is None else scopes, installer)
            self.state.installations[token] = made
            self.state.users[user] = User(user, "coach", team, self.app.name, bot=True)
            return made

        return self.on_loop(add)

    def uninstall(self, team: str) -> None:
        """Somebody removes the app: both events go out, and its tokens stop working."""

        def remove() -> None:
            installed = self.installation(team)
            assert installed is not None
            bots = {"tokens": {"oauth": [], "bot": [installed.bot_user]}}
            self.events.send(team, {"type": "tokens_revoked", **bots})
            self.events.send(team, {"type": "app_uninstalled"})
            installed.gone = "account_inactive"

        self.on_loop(remove)

    # What the parts do together

    def post_as_bot(
        self,
        team: str,
        channel: str,
        text: str = "",
        blocks: list[Payload] | None = None,
        thread_ts: str | None = None,
        ephemeral_to: str | None = None,
        metadata: Payload | None = None,
        stream: Stream | None = None,
        markdown: bool = False,
        names: bool = False,
    ) -> Message:
        installed = self.installation(team)
        assert installed is not None
        message = Message(channel, self.state.ts(), installed.bot_user, text, thread_ts, list(blocks or []))
        message.bot, message.metadata, message.stream = installed.bot, metadata, stream
        message.ephemeral_to = ephemeral_to
        self.state.post(message)
        self.note_markup(message, markdown, names)
        if not ephemeral_to:
            self.events.message(message)
        return message

    def note_markup(self, message: Message, markdown: bool = False, names: bool = False) -> None:
        found = list(markup.in_text(message.text, message.channel, markdown, names))
        tasks = list(message.stream.tasks.values()) if message.stream else []
        found += markup.in_blocks([*message.blocks, *tasks], message.channel)
        fresh = [each for each in dict.fromkeys(found) if each not in message.marks]
        message.marks += fresh
        self.pings += [each for each in fresh if isinstance(each, Ping)]
        self.links += [each for each in fresh if isinstance(each, Link)]

    def remove(self, message: Message) -> None:
        before = message.payload()
        message.deleted = True
        if not message.ephemeral_to:
            self.events.deleted(message, before)

    def replace_view(self, view: View, content: Payload) -> None:
        """What was typed stays where an input has the same block_id and action_id as before."""
        before, after = inputs(view.blocks), inputs(content["blocks"])
        same = {name for name in before.keys() & after.keys() if before[name] == after[name]}
        view.typed = {name: value for name, value in view.typed.items() if name in same}
        view.content, view.errors = content, {}
        view.hash = self.state.new_id("h")
        self.note_markup(Message("", "", view.user, blocks=view.blocks))

    def push_view(self, parent: View, content: Payload) -> View:
        made = self.state.add_view(parent.team, parent.user, content)
        made.root, made.previous = parent.root, parent.id
        self.state.stacks[parent.user].append(made.id)
        return made

    def complain(self, what: str) -> None:
        self.complaints.append(what)

    # The loop

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.complain(f"the fake itself failed: {error!r}")

    def on_loop(self, work: Callable[[], Result]) -> Result:
        """Do this on the workspace's loop, from whichever thread."""
        if self._loop is None or self._is_here():
            return work()
        future: concurrent.futures.Future[Result] = concurrent.futures.Future()

        def act() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        self._loop.call_soon_threadsafe(act)
        return future.result(timeout=10)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Wait for a coroutine on the workspace's loop; never from that loop."""
        assert self._loop is not None
        if self._is_here():
            work.close()
            raise RuntimeError("this waits for the workspace's loop: call it from another thread")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def _is_here(self) -> bool:
        try:
            return asyncio.get_running_loop() is self._loop
        except RuntimeError:
            return False

    async def close(self) -> None:
        await self.sockets.close()
        await self.http.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @staticmethod
    def now() -> float:
        """The clock of `calls` and `deliveries`."""
        return time.monotonic()
