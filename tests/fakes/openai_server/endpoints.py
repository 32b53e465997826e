"""HTTP: which address, whose key, is it a request at all; then the reply, with what befalls it."""

import asyncio
import json
import re
import time
import traceback
from collections.abc import Iterable, Mapping

from aiohttp import web

from . import damage, tokens
from .accepting import accept_chat, accept_embeddings
from .answers import Page
from .errors import Problem, Refused, refuse
from .faults import NONE, Fault, applicable
from .messages import body_of, events_of, message_of
from .records import CHAT, EMBEDDINGS, MODELS, Pace, Payload, Reply, Request
from .server import Server
from .vectors import encoded
from .wire import Outgoing, send

BIGGEST_BODY = 64 << 20
JSON, SSE = {"Content-Type": "application/json"}, {"Content-Type": "text/event-stream; charset=utf-8"}
METHODS = {CHAT: "POST", EMBEDDINGS: "POST", MODELS: "GET"}


def application(server: Server) -> web.Application:
    app = web.Application(client_max_size=BIGGEST_BODY)
    app.router.add_route("*", "/{path:.*}", Endpoints(server).handle)
    return app


class Endpoints:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def handle(self, http: web.Request) -> web.StreamResponse:
        raw = await http.read()
        request = _received(http, raw, len(self._server.requests) + 1)
        self._server.requests.append(request)
        try:
            return await send(http, request, self._outgoing(request))
        except asyncio.CancelledError:
            request.disconnected = time.time()
            raise

    def _outgoing(self, request: Request) -> Outgoing:
        try:
            self._find(request)
            self._admit(request)
            return self._answer(request)
        except Refused as refused:
            return self._refusal(refused.problem)
        except Exception as error:
            self._server.complaints.append("".join(traceback.format_exception(error)))
            return self._refusal(Problem(500, f"The fake itself failed: {error!r}", "fake_misused"))

    def _find(self, request: Request) -> None:
        """Which endpoint is meant; the path may hold the name of the model."""
        found = next(filter(None, (_under(prefix, request.path) for prefix in self._server.prefixes)), None)
        if found is None:
            raise refuse(f"Invalid URL ({request.method} {request.path})", status=404)
        request.endpoint = found["endpoint"]
        deployment = found.groupdict().get("model")
        if deployment and isinstance(request.body, dict):
            request.body = {"model": deployment, **request.body}
        if request.method != METHODS.get(request.endpoint, "GET"):
            raise refuse(f"Not allowed to {request.method} on {request.path}", code="method_not_supported", status=405)

    def _admit(self, request: Request) -> None:
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        given = value if scheme.lower() == "bearer" else ""
        if self._server.profile.takes_api_key_header:
            given = request.headers.get("api-key", given)
        if self._server.profile.asks_key and given != self._server.key:
            message = f"Incorrect API key provided: {given[:3]}***." if given else "You didn't provide an API key."
            raise refuse(message, code="invalid_api_key", status=401)
        typed = request.headers.get("content-type", "").startswith("application/json")
        if request.method == "POST" and not typed:
            raise refuse("Unsupported content type: the body must be application/json", status=415)

    def _answer(self, request: Request) -> Outgoing:
        if request.endpoint == CHAT:
            accept_chat(request, self._server.profile)
            self._knows(request, self._server.chat_models, self._server.embedding_models)
            return self._chat(request)
        if request.endpoint == EMBEDDINGS:
            if not self._server.profile.embeddings:
                raise refuse(f"Invalid URL ({request.method} {request.path})", status=404)
            accept_embeddings(request, self._server.profile)
            self._knows(request, self._server.embedding_models, self._server.chat_models)
            return self._embeddings(request)
        return self._models(request)

    def _knows(self, request: Request, models: Iterable[str], others: Iterable[str]) -> None:
        if not self._server.profile.knows_models or request.model in models:
            return
        if request.model in others:
            raise refuse(f"The model `{request.model}` is not one for /{request.endpoint}", "model", status=404)
        message = f"The model `{request.model}` does not exist or you do not have access to it."
        raise refuse(message, "model", "model_not_found", 404)

    def _models(self, request: Request) -> Outgoing:
        names = (*self._server.chat_models, *self._server.embedding_models)
        listed = [{"id": name, "object": "model", "created": 1, "owned_by": "fake"} for name in names]
        wanted = request.endpoint.removeprefix(MODELS).strip("/")
        found = next((each for each in listed if each["id"] == wanted), None)
        if wanted and found is None:
            raise refuse(f"The model '{wanted}' does not exist", "model", "model_not_found", 404)
        fault = _fault(request, self._server.fault_for(request))
        return self._plain(request, fault, found or {"object": "list", "data": listed})

    def _chat(self, request: Request) -> Outgoing:
        reply = self._server.reply_to(request)
        fault = _fault(request, reply.fault)
        if fault.answer is not None:
            return self._instead(fault.answer(request))
        profile = self._server.profile
        message = fault.message(message_of(reply, request, profile))
        if request.streamed != fault.other_way:
            events = fault.events(events_of(message, request, profile))
            return _damaged(map(fault.line, events), SSE, reply, fault, chunked=True)
        body = fault.body(body_of(message, request, profile))
        return _damaged([damage.encoded(body)], JSON, reply, fault)

    def _embeddings(self, request: Request) -> Outgoing:
        profile, embedder = self._server.profile, self._server.embedder
        wanted = request.field("dimensions", 0) if profile.dimensions == "honour" else 0
        if wanted > embedder.dimensions:
            raise refuse(f"This model has at most {embedder.dimensions} dimensions.", "dimensions")
        fault = _fault(request, self._server.fault_for(request))
        packed = request.field("encoding_format", "float") == "base64" and profile.base64 == "honour"
        data = [
            {"object": "embedding", "index": index, "embedding": encoded(vector) if packed else vector}
            for index, vector in fault.rows(list(enumerate(embedder.embed(request.inputs, wanted or None))))
        ]
        count = sum(tokens.count(each) if isinstance(each, str) else len(each) for each in request.inputs)
        usage = {"prompt_tokens": count, "total_tokens": count}
        return self._plain(request, fault, {"object": "list", "data": data, "model": request.model, "usage": usage})

    def _plain(self, request: Request, fault: Fault, body: Payload) -> Outgoing:
        if fault.answer is not None:
            return self._instead(fault.answer(request))
        return _damaged([damage.encoded(body)], JSON, Reply(), fault)

    def _instead(self, answer: Problem | Page) -> Outgoing:
        if isinstance(answer, Problem):
            return self._refusal(answer)
        return Outgoing([answer.body.encode()], answer.status, answer.headers)

    def _refusal(self, problem: Problem) -> Outgoing:
        body = self._server.profile.shape(problem)
        return Outgoing([damage.encoded(body)], problem.status, JSON | dict(problem.headers))


def _under(prefix: str, path: str) -> re.Match[str] | None:
    before = re.escape(prefix).replace(r"\{model\}", "(?P<model>[^/]+)")
    return re.fullmatch(rf"{before}/(?P<endpoint>{CHAT}|{EMBEDDINGS}|{MODELS}(?:/[^/]+)?)", path)


def _received(http: web.Request, raw: bytes, number: int) -> Request:
    headers = {name.lower(): value for name, value in http.headers.items()}
    request = Request(number, time.time(), http.method, http.path, headers, raw)
    try:
        request.body = json.loads(raw) if raw else None
    except ValueError:
        request.body = None
    return request


def _fault(request: Request, name: str) -> Fault:
    request.fault = name
    if name and name not in applicable(request):
        streamed = "streamed" if request.streamed else "not streamed"
        raise LookupError(f"the fault {name} does nothing to /{request.endpoint} that is {streamed}")
    return applicable(request)[name] if name else NONE


def _damaged(
    frames: Iterable[bytes], headers: Mapping[str, str], reply: Reply, fault: Fault, chunked: bool = False
) -> Outgoing:
    return Outgoing(
        fault.wire(frames),
        headers={**headers, **reply.headers, **fault.headers},
        chunked=chunked,
        writes=reply.writes,
        pace=_slower(reply.pace, fault.pace),
        sent=fault.sent,
        with_headers=fault.with_headers,
        end=fault.end,
    )


def _slower(pace: Pace, other: Pace | None) -> Pace:
    return Pace(max(pace.first, other.first), max(pace.each, other.each)) if other else pace
