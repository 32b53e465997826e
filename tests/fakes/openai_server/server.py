"""The server as tests see it: what it was told to say, and what it was sent."""

import dataclasses
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import tokens
from .faults import FAULTS
from .instances import instance_of
from .limits import forced_tool
from .models import honest
from .profiles import PROFILES, Profile
from .records import CHAT, EMBEDDINGS, MODELS, Model, Reply, Request, Says, ToolCall
from .vectors import Embedder


@dataclass
class Rule:
    applies: Callable[[Request], bool]
    says: Says
    left: int | None


@dataclass
class Overlay:
    """A fault that awaits the next requests of an endpoint, whatever is said to them."""

    fault: str
    endpoint: str
    left: int | None


class Server:
    """Rules come first, then the queue, then the model.

    profile: a name in PROFILES, or one of your own: `replace(PROFILES["openai"], embedding_inputs=3)`.
    key: what the client must send; prefix: where the API is, if not where this profile has it.
    """

    def __init__(
        self,
        profile: str | Profile = "openai",
        *,
        model: Model = honest,
        key: str = "sk-fake",
        chat_models: Sequence[str] = ("fake-chat",),
        embedding_models: Sequence[str] = ("fake-embedding",),
        dimensions: int = 384,
        concepts: Sequence[Sequence[str]] = (),
        prefix: str | None = None,
    ) -> None:
        self.profile = PROFILES[profile] if isinstance(profile, str) else profile
        self.prefixes = self.profile.prefixes if prefix is None else (prefix,)
        self.model, self.key = model, key
        self.chat_models, self.embedding_models = tuple(chat_models), tuple(embedding_models)
        self.embedder = Embedder(dimensions, concepts)
        self.base = ""
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        """Faults that could not apply, models that failed. A good test leaves this empty."""
        self._queue: deque[Says] = deque()
        self._rules: list[Rule] = []
        self._overlays: list[Overlay] = []
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """What a client takes as its base URL."""
        return self.base + self.prefixes[0]

    # Saying

    def reply(self, *replies: Says) -> None:
        """The next chat requests get these, one each."""
        for each in replies:
            _known(each)
        with self._lock:
            self._queue.extend(replies)

    def when(self, applies: Callable[[Request], bool], says: Says, times: int | None = None) -> None:
        """Every chat request for which this is true gets this reply, or so many of them."""
        _known(says)
        with self._lock:
            self._rules.append(Rule(applies, says, times))

    def fail(self, fault: str, times: int | None = 1, on: str = CHAT) -> None:
        """The next requests meet this fault, for ever if `times` is None. What is queued waits for better days.

        on: chat/completions, embeddings or models.
        """
        _known(Reply(fault=fault))
        if on not in (CHAT, EMBEDDINGS, MODELS):
            raise KeyError(f"no such endpoint: {on}")
        with self._lock:
            self._overlays.append(Overlay(fault, on, times))

    def reset(self) -> None:
        """Forget what was received, and what was to be said."""
        with self._lock:
            for each in (self.requests, self.complaints, self._queue, self._rules, self._overlays):
                each.clear()

    # Hearing

    @property
    def last(self) -> Request:
        return self.requests[-1]

    def wait(self, until: Callable[[], object], timeout: float = 5.0) -> None:
        """TimeoutError, unless it becomes true."""
        deadline = time.monotonic() + timeout
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError("the fake OpenAI server did not see it happen")
            time.sleep(0.005)

    # Answering

    def reply_to(self, request: Request) -> Reply:
        """What to say to a chat request that was accepted."""
        seen = self._as_seen(request)
        with self._lock:
            says: Says = self._structured(seen) or self.model
            overlay = self._overlay(request)
            if not overlay:
                says = self._scripted(seen) or says
        said = says(seen) if callable(says) else says
        reply = Reply(said) if isinstance(said, str) else said
        return dataclasses.replace(reply, fault=overlay) if overlay else reply

    def fault_for(self, request: Request) -> str:
        with self._lock:
            return self._overlay(request)

    def _overlay(self, request: Request) -> str:
        for each in self._overlays:
            if request.endpoint.startswith(each.endpoint) and each.left != 0:
                each.left = None if each.left is None else each.left - 1
                return each.fault
        return ""

    def _scripted(self, request: Request) -> Says | None:
        for rule in self._rules:
            if rule.left != 0 and rule.applies(request):
                rule.left = None if rule.left is None else rule.left - 1
                return rule.says
        return self._queue.popleft() if self._queue else None

    def _structured(self, request: Request) -> Reply | None:
        """A model without a script obeys a schema or a forced tool, if this server holds it to them."""
        tool, asked = forced_tool(request), request.field("response_format", {})
        if tool and self.profile.forced_tool == "honour":
            functions = [each["function"] for each in request.body["tools"] if "function" in each]
            parameters = next(each.get("parameters", {}) for each in functions if each["name"] == tool)
            return Reply(tool_calls=(ToolCall(tool, json.dumps(instance_of(parameters))),))
        if asked.get("type") == "json_schema" and self.profile.json_schema == "honour":
            return Reply(json.dumps(instance_of(asked["json_schema"].get("schema", {}))))
        return Reply("{}") if asked.get("type") == "json_object" and self.profile.json_object == "honour" else None

    def _as_seen(self, request: Request) -> Request:
        """A prompt that is too long loses its beginning, on servers that do not refuse it."""
        left = tokens.fitted(request.messages, self.profile.context)
        return dataclasses.replace(request, body={**request.body, "messages": left})


def _known(says: Says) -> None:
    if isinstance(says, Reply) and says.fault and says.fault not in FAULTS:
        raise KeyError(f"no such fault: {says.fault}")
