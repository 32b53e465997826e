"""A chat model of any OpenAI-compatible server, through langchain's client."""

import codecs
import re
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlsplit

from assistant.errors import Failure, ModelFailed
from assistant.ports import Message, Piece, Usage
from integrations.deadline import until
from integrations.openai_errors import Trouble, trouble

if TYPE_CHECKING:
    from langchain_core.outputs import ChatGenerationChunk
    from langchain_openai import ChatOpenAI
    from openai import AsyncOpenAI

OPENAI = "https://api.openai.com/v1"
_TRIES = 2
_CONNECT = 5.0
_AT_AZURE = re.compile(r"://[^/]*azure|/openai/")
_AT_OPENAI = re.compile(r"://[^/]*openai\.com")

_Fields = Mapping[str, object]


@dataclass(slots=True)
class OpenAIModel:
    """Implements assistant.ports.ChatModel. The client is made at the first question, once.

    Which optional fields the server does not take is learned from its refusals, and kept as long as this lives.
    """

    name: str
    key: str = field(repr=False)
    url: str = OPENAI
    _refused: frozenset[str] = frozenset()
    _made: "ChatOpenAI | None" = field(default=None, repr=False)
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ready(self) -> "ChatOpenAI":
        """The client; loading it for the first time takes seconds. Raises ModelFailed for a URL that is none."""
        with self._making:
            try:
                self._made = self._made or _client(self.name, self.key, self.url)
            except Exception as error:
                raise ModelFailed(Failure.UNREACHABLE) from error
        return self._made

    def stream(self, messages: Sequence[Message], seconds: float, most: int) -> Generator[Piece, None, None]:
        """The reply as it arrives. Raises ModelFailed.

        Asked again only before a word of it came: once after a hiccup that is over soon, and without
        the fields that the server says it does not know.
        """
        # Loading is not the server's time.
        client = self.ready()
        end = time.monotonic() + seconds
        tries = 0
        while True:
            fields, begun = self._fields(most), False
            try:
                for piece in until(end, _asked(client, messages, fields)):
                    begun = begun or bool(piece.text)
                    yield piece
                return
            except TimeoutError:
                raise ModelFailed(Failure.SLOW) from None
            except Exception as error:
                met = trouble(error)
            learned = not begun and self._learn(fields, met.refused)
            tries += not learned
            wait = 0.0 if learned else met.wait
            again = learned or (met.passes and not begun and tries < _TRIES)
            if not again or time.monotonic() + wait >= end:
                raise _failed(met, begun)
            time.sleep(wait)

    def _fields(self, most: int) -> _Fields:
        """The optional fields of a request, but for those that this server refused."""
        limits = ["max_completion_tokens", "max_tokens"]
        if not (_AT_OPENAI.search(self.url) or _AT_AZURE.search(self.url)):
            limits.reverse()
        limit = next((name for name in limits if name not in self._refused), "")
        wanted = {"temperature": 0.0, "stream_options": {"include_usage": True}, limit: most}
        return {name: value for name, value in wanted.items() if name and name not in self._refused}

    def _learn(self, sent: _Fields, refused: str) -> bool:
        """Do without what a refusal names of the fields that were sent; whether it named any."""
        named = {name for name in sent if name in refused}
        self._refused |= named
        return bool(named)


def _failed(met: Trouble, begun: bool) -> ModelFailed:
    """A server that cannot be reached any more was there to begin the reply."""
    return ModelFailed(Failure.CUT if begun and met.failure is Failure.UNREACHABLE else met.failure)


def _client(name: str, key: str, url: str) -> "ChatOpenAI":
    """Langchain's client over openai's. It follows no redirect: what is asked goes to this server alone."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from openai import AsyncOpenAI

    place = urlsplit(url)
    base = place._replace(query="", fragment="").geturl()
    chats = _Chats(
        AsyncOpenAI(
            api_key=key,
            base_url=base,
            # Azure's deployments want the key by this name, and the version of the API after a question mark.
            default_headers={"api-key": key} if _AT_AZURE.search(url) else None,
            default_query=dict(parse_qsl(place.query)),
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=_CONNECT),
            # Questions come minutes apart; a connection that is kept open is dead by the next one.
            http_client=httpx2.AsyncClient(limits=httpx2.Limits(max_keepalive_connections=0)),
        )
    )
    return ChatOpenAI(
        model=name,
        client=chats,
        async_client=chats,
        base_url=base,
        api_key=lambda: key,
        use_responses_api=False,
        stream_chunk_timeout=None,
    )


@dataclass(frozen=True, slots=True)
class _Chats:
    """Chat completions as plain data; openai's own builds objects of every chunk, slower than all the rest together."""

    client: "AsyncOpenAI" = field(repr=False)

    async def create(self, extra_body: _Fields, **body: object) -> AbstractAsyncContextManager[AsyncIterator[_Fields]]:
        """The chunks of one reply."""
        return self._chunks({**body, **extra_body})

    @asynccontextmanager
    async def _chunks(self, body: _Fields) -> AsyncIterator[AsyncIterator[_Fields]]:
        from openai import AsyncStream

        asked = self.client.post(
            "/chat/completions", body=body, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        async with await asked as events:
            yield (_tidied(each) async for each in events)


def _tidied(event: Any) -> _Fields:
    """A chunk with a delta in each choice, and with its usage where OpenAI has it."""
    chunk: dict[str, Any] = event if isinstance(event, dict) else {}
    choices = [{**each, "delta": each.get("delta") or {}} for each in chunk.get("choices") or ()]
    inside = [each["usage"] for each in choices if each.get("usage")]
    return {**chunk, "choices": choices, "usage": chunk.get("usage") or (inside[0] if inside else None)}


async def _asked(client: "ChatOpenAI", messages: Sequence[Message], fields: _Fields) -> AsyncGenerator[Piece, None]:
    """One request. Raises whatever goes wrong."""
    from langchain_core.messages import convert_to_messages

    given = convert_to_messages([(each.role, _mended(each.text)) for each in messages])
    reply = _Reply()
    # Not `astream`: that one looks into the environment for whom else to tell what is asked and answered.
    chunks = cast("AsyncGenerator[ChatGenerationChunk, None]", client._astream(given, extra_body=fields))
    async with aclosing(chunks):
        async for chunk in chunks:
            yield reply.piece(chunk)
    if reply.nothing:
        raise Trouble(Failure.BROKEN, passes=True)


@dataclass(slots=True)
class _Reply:
    """A reply as far as it came. What is said after its end is none of it."""

    nothing: bool = True
    finish: str | None = None
    _mending: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-16-le")("ignore")
    )

    def piece(self, chunk: "ChatGenerationChunk") -> Piece:
        """The part of the reply that this chunk is."""
        message, finish = chunk.message, (chunk.generation_info or {}).get("finish_reason")
        said = message.content if isinstance(message.content, str) and not self.finish else ""
        self.finish = self.finish or finish
        self.nothing = self.nothing and not said and not finish
        counted: Any = getattr(message, "usage_metadata", None)
        usage = Usage(counted["input_tokens"], counted["output_tokens"]) if counted else None
        # Halves of a character may come in two chunks; half a character is none.
        text = self._mending.decode(said.encode("utf-16-le", "surrogatepass"), final=bool(finish))
        return Piece(text, str(finish) if finish else None, usage)


def _mended(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
