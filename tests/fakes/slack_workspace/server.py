"""The HTTP server: the Web API, sockets, response URLs, the consent page of OAuth, and the page for people."""

import asyncio
import base64
import json
import time
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from .errors import RateLimited, SlackError
from .faults import CallFault
from .grants import Code
from .page import add_page
from .records import Call, Installation, Payload
from .web_api import METHODS, Context, Method

if TYPE_CHECKING:
    from .workspace import Workspace

BIGGEST_BODY = 8 << 20


def application(slack: "Workspace") -> web.Application:
    app = web.Application(client_max_size=BIGGEST_BODY)
    api = Api(slack)
    app.router.add_route("*", "/api/{method}", api.handle)
    app.router.add_get("/link", slack.sockets.handle)
    app.router.add_post("/hook/{name}", slack.interactions.hook)
    app.router.add_get("/oauth/v2/authorize", Consent(slack).handle)
    app.router.add_get("/openid/connect/authorize", slack.openid.authorize)
    add_page(app, slack)
    return app


class Api:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.StreamResponse:
        arguments = await _arguments(request)
        token = _token(request, arguments)
        call = Call(time.monotonic(), request.match_info["method"], arguments)
        self._slack.recorded.append(call)
        await asyncio.sleep(self._slack.faults.delay(call.method))
        response = self._answer(request, call, token, self._slack.faults.for_call(call.method))
        call.took = time.monotonic() - call.at
        return response

    def _answer(self, request: web.Request, call: Call, token: str, fault: CallFault | None) -> web.Response:
        headers: dict[str, str] = {}
        if fault is None or fault.performed:
            headers = self._perform(call, token)
        if fault is not None:
            call.status, call.reply, headers = fault.status, fault.body, fault.headers
        if fault is not None and fault.cut and request.transport is not None:
            call.reply = {"ok": False, "error": "cut"}
            request.transport.abort()
        headers = {**headers, "X-Slack-Req-Id": uuid.uuid4().hex}
        return web.json_response(call.reply, status=call.status, headers=headers)

    def _perform(self, call: Call, token: str) -> dict[str, str]:
        """Do what the call asks; its reply is left in the call, the headers are returned."""
        try:
            method = self._method(call.method)
            installed = self._authorised(method, token)
            call.team = installed.team
            self._slack.rates.check(call.method, installed.team, call.arguments)
            context = Context(self._slack, call, installed)
            call.reply = {"ok": True, **method.run(context, dict(call.arguments))}
        except SlackError as error:
            call.reply = error.reply()
            return {}
        except RateLimited as limit:
            call.status, call.reply = 429, {"ok": False, "error": "ratelimited"}
            return {"Retry-After": str(limit.retry_after)}
        scopes = ",".join(sorted(installed.scopes))
        return {"X-OAuth-Scopes": scopes, "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}

    def _method(self, name: str) -> Method:
        if name not in METHODS:
            self._slack.complain(f"unknown method: {name}")
            raise SlackError("unknown_method", req_method=name)
        return METHODS[name]

    def _authorised(self, method: Method, token: str) -> Installation:
        app = self._slack.app
        if method.token == "none":
            return Installation("", "", "", "", frozenset())
        if not token:
            raise SlackError("not_authed")
        if token.startswith("xapp-") != (method.token == "app"):
            raise SlackError("not_allowed_token_type")
        if token == app.app_token:
            return Installation(next(iter(self._slack.state.teams)), token, "", "", app.app_scopes)
        installed = self._slack.state.installations.get(token)
        if installed is None:
            raise SlackError("invalid_auth")
        if installed.gone:
            raise SlackError(installed.gone)
        return installed


class Consent:
    """Where Slack asks a person whether to install the app; here they say yes, unless told to deny."""

    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.Response:
        asked, app = request.query, self._slack.app
        back = asked.get("redirect_uri") or next(iter(app.redirect_urls), "")
        if asked.get("client_id") != app.client_id or not back:
            return web.Response(status=400, text="invalid client_id, or no redirect_uri")
        if self._slack.denies_installation:
            answer = {"error": "access_denied"}
        else:
            answer = {"code": self._slack.grants.code(self._code(request, back))}
        answer["state"] = asked.get("state", "")
        raise web.HTTPFound(f"{back}{'&' if '?' in back else '?'}{urlencode(answer)}")

    def _code(self, request: web.Request, back: str) -> Code:
        team = request.query.get("team") or next(iter(self._slack.state.teams))
        people = [user.id for user in self._slack.state.users.values() if user.team == team and not user.bot]
        scopes = frozenset(filter(None, request.query.get("scope", "").split(",")))
        return Code(team, next(iter(people), "U0ADMIN"), scopes, back)


async def _arguments(request: web.Request) -> Payload:
    """What the call was given, as JSON, form or query; the token aside."""
    arguments: Payload = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        arguments |= json.loads(body or "{}")
    elif request.method == "POST":
        arguments |= dict(await request.post())
    return arguments


def _token(request: web.Request, arguments: Payload) -> str:
    """Bearer, or the argument; Basic carries the client's id and secret, for OAuth."""
    given = str(arguments.pop("token", "") or "")
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        name, _, secret = base64.b64decode(value).decode().partition(":")
        arguments |= {"client_id": name, "client_secret": secret}
        return given
    return value.strip() if scheme == "Bearer" else given
