"""A small page on which a developer tries the bot: channels, threads, buttons, a box to type in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .people import Impossible
from .records import Message, Payload, View

if TYPE_CHECKING:
    from .workspace import Workspace

PAGE = Path(__file__).with_name("page.html")


def add_page(app: web.Application, slack: "Workspace") -> None:
    page = Page(slack)
    app.router.add_get("/", page.show)
    app.router.add_get("/page/state", page.state)
    app.router.add_post("/page/act", page.act)


class Page:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack

    async def show(self, request: web.Request) -> web.Response:
        return web.Response(text=PAGE.read_text(encoding="utf-8"), content_type="text/html")

    async def state(self, request: web.Request) -> web.Response:
        """All that the chosen person can see."""
        slack, me = self._slack, request.query.get("user", "")
        people = [{"id": each.id, "name": each.real_name or each.name} for each in slack.state.users.values()]
        mine = [each for each in slack.state.channels.values() if me in each.members]
        channels = [{"id": each.id, "name": each.name or "coach"} for each in mine]
        home = slack.home(me)
        shown: Payload = {
            "people": people,
            "channels": channels,
            "messages": {each.id: self._messages(me, each.id) for each in mine},
            "views": [self._view(each) for each in slack.views(me)],
            "home": self._view(home) if home else None,
            "prompts": {each.id: slack.state.prompts.get(each.id) for each in mine},
            "commands": sorted(slack.app.commands),
            "shortcuts": sorted(slack.app.shortcuts),
            "notes": slack.complaints[-20:] + [each.text for each in slack.refusals if each.user == me][-5:],
            "connections": len(slack.sockets.connections),
        }
        return web.json_response(shown)

    async def act(self, request: web.Request) -> web.Response:
        asked: Payload = await request.json()
        try:
            self._do(asked)
        except (Impossible, LookupError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({})

    def _do(self, asked: Payload) -> None:
        person = self._slack.user(asked["user"])
        channel, text = asked.get("channel", ""), asked.get("text", "")
        match asked["do"]:
            case "say" if text.startswith("/"):
                command, _, rest = text.partition(" ")
                person.slash(command, rest, channel)
            case "say":
                bot = f"<@{self._slack.bot_user}>"
                person.say(channel, text.replace("@coach", bot), asked.get("thread") or None)
            case "click":
                person.click(self._target(asked), asked["action"], asked.get("value"), asked.get("index", 0))
            case "submit":
                person.submit(self._slack.state.views[asked["view"]], asked["values"])
            case "close":
                person.close(self._slack.state.views[asked["view"]])
            case "shortcut":
                target = self._target(asked)
                assert isinstance(target, Message)
                person.shortcut(asked["callback"], target)
            case other:
                self._do_more(other, asked)

    def _do_more(self, what: str, asked: Payload) -> None:
        person = self._slack.user(asked["user"])
        match what:
            case "home":
                person.open_home()
            case "agent":
                person.open_agent_view()
            case "stop":
                target = self._target(asked)
                assert isinstance(target, Message)
                person.press_stop(target)
            case _:
                raise LookupError(f"nobody can {what}")

    def _target(self, asked: Payload) -> Message | View:
        if asked.get("view"):
            return self._slack.state.views[asked["view"]]
        for message in self._slack.state.ephemerals:
            if message.ts == asked["ts"]:
                return message
        return self._slack.state.messages[asked["channel"]][asked["ts"]]

    def _messages(self, me: str, channel: str) -> list[Payload]:
        every = [*self._slack.messages(channel), *self._slack.ephemerals(me, channel)]
        return [self._message(each) for each in sorted(every, key=lambda each: each.ts)]

    def _message(self, message: Message) -> Payload:
        status = self._slack.status(message.channel, message.ts)
        stream: dict[str, Any] = {}
        if message.stream:
            stream = {"state": message.stream.state, "tasks": list(message.stream.tasks.values())}
        name = self._slack.state.users[message.user].name
        session = self._slack.session(message.channel, message.ts)
        busy = bool(session and session.status == "processing")
        more = {"name": name, "status": status, "stream": stream, "private": bool(message.ephemeral_to), "busy": busy}
        return {**message.payload(), **more}

    def _view(self, view: View) -> Payload:
        return {"id": view.id, "errors": view.errors, **view.content}
