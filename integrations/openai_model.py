"""A chat model of any OpenAI-compatible server, through langchain's client."""

import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import Failure, ModelFailed
from assistant.ports import Message, Piece, Usage
from integrations.deadline import until
from integrations.openai_errors import Trouble, trouble

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk
    from langchain_openai import ChatOpenAI

OPENAI = "https://api.openai.com/v1"
_TRIES = 2
_CONNECT = 5.0


@dataclass(slots=True)
class _Accepted:
    """What of the optional fields this server takes; learned from its first refusals."""

    temperature: bool = True
    usage: bool = True
    own_name_for_limit: bool = False

    def without(self, refused: str) -> bool:
        """Do without what a refusal names; whether it named anything that can be done without."""
        before = (self.temperature, self.usage, self.own_name_for_limit)
        if "temperature" in refused:
            self.temperature = False
        if "stream_options" in refused or "include_usage" in refused:
            self.usage = False
        if "max_completion_tokens" in refused or "max_tokens" in refused:
            self.own_name_for_limit = not self.own_name_for_limit
        return before != (self.temperature, self.usage, self.own_name_for_limit)


@dataclass(slots=True)
class OpenAIModel:
    """Implements assistant.ports.ChatModel. The client is made at the first question, once."""

    name: str
    key: str = field(repr=False)
    url: str = OPENAI
    _accepted: _Accepted = field(default_factory=_Accepted)
    _made: "ChatOpenAI | None" = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._accepted.own_name_for_limit = self._is("openai.com", "azure")

    def _is(self, *whose: str) -> bool:
        place = urlsplit(self.url)
        return any(each in (place.hostname or "") or f"/{each}/" in place.path for each in whose)

    def ready(self) -> "ChatOpenAI":
        """The client, with everything off that would call anyone else."""
        with self._making:
            self._made = self._made or self._client()
        return self._made

    def _client(self) -> "ChatOpenAI":
        import langsmith
        from langchain_openai import ChatOpenAI

        langsmith.configure(enabled=False)
        headers = {"api-key": self.key} if self._is("azure.com", "azure-api.net", "openai") else None
        return ChatOpenAI(
            model=self.name,
            base_url=self.url,
            api_key=lambda: self.key,
            default_headers=headers,
            max_retries=0,
            use_responses_api=False,
            stream_usage=False,
        )

    def stream(self, messages: Sequence[Message], seconds: float, most: int) -> Generator[Piece, None, None]:
        """The reply as it arrives. Raises ModelFailed.

        Asked again only before a word of it came: once after a hiccup that is over soon, and without
        the fields that the server says it does not know.
        """
        end = time.monotonic() + seconds
        tries = 0
        while True:
            begun = False
            try:
                for piece in until(end, self._asked(messages, end - time.monotonic(), most)):
                    begun = True
                    yield piece
                return
            except TimeoutError:
                raise ModelFailed(Failure.SLOW) from None
            except Trouble as error:
                tries += not self._accepted.without(error.refused)
                wait = 0.0 if error.refused else error.wait
                if begun or not error.passes or tries >= _TRIES or time.monotonic() + wait >= end:
                    raise ModelFailed(error.failure, str(error)) from None
                time.sleep(wait)

    def _asked(self, messages: Sequence[Message], seconds: float, most: int) -> Generator[Piece, None, None]:
        """One request. Raises Trouble for whatever goes wrong, by whatever name."""
        import httpx2

        given = [(each.role, each.text) for each in messages]
        try:
            timeout = httpx2.Timeout(max(seconds, 0.1), connect=min(_CONNECT, max(seconds, 0.1)))
            for chunk in self.ready().stream(given, timeout=timeout, **self._fields(most)):
                yield _piece(chunk)
        except Exception as error:
            raise trouble(error) from error

    def _fields(self, most: int) -> dict[str, Any]:
        """The optional fields of a request, by the names this server knows."""
        wanted: dict[str, Any] = {}
        if self._accepted.temperature:
            wanted["temperature"] = 0.0
        if self._accepted.usage:
            wanted["stream_usage"] = True
        if self._accepted.own_name_for_limit:
            return {**wanted, "max_completion_tokens": most}
        return {**wanted, "extra_body": {"max_tokens": most}}


def _piece(chunk: "BaseMessageChunk") -> Piece:
    finish = chunk.response_metadata.get("finish_reason")
    counted: Any = getattr(chunk, "usage_metadata", None)
    usage = Usage(counted["input_tokens"], counted["output_tokens"]) if counted else None
    text = chunk.content if isinstance(chunk.content, str) else ""
    return Piece(text, str(finish) if finish else None, usage)
