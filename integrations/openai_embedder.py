"""An embedding model of any OpenAI-compatible server, through OpenAI's own client.

Texts are sent as they are, never as token ids, which only OpenAI understands. What a server takes at once,
and how long a text may be, is learned from its refusals.
"""

import math
import re
import time
import weakref
from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from assistant.errors import Failure
from integrations.openai_errors import Trouble, trouble
from integrations.patience import within
from knowledge.errors import EmbedderError, TextRefused
from knowledge.language import han_count
from knowledge.ports import Embedded, Vector

if TYPE_CHECKING:
    from openai import OpenAI

_TRIES = 2
_LONGEST_WAIT = 10.0
_AT_ONCE = 64
# Of a text that is too long three quarters are tried, again and again; what is shorter than this many tokens is not.
_SHORTER, _SHORTEST = 0.75, 64
_TOO_LONG = re.compile(
    r"context[ _]length|context size|too large to process|too long|maximum.{0,30}tokens|exceed.{0,40}tokens", re.I
)
_TOO_MANY = re.compile(r"batch size|array|too many|per request|maximum number of inputs", re.I)
_NOT_TOO_MANY = re.compile(r"physical batch size", re.I)

_MEND = {
    Failure.UNREACHABLE: "cannot be reached: see that it runs and that COACH_EMBEDDER_URL is its address",
    Failure.SLOW: "does not answer in time: see that it is well, or try again later",
    Failure.BUSY: "is overloaded or limits requests: try again later",
    Failure.NO_QUOTA: "has no quota left for this key: see the account it belongs to",
    Failure.KEY: "does not accept the key: check COACH_EMBEDDER_KEY",
    Failure.UNKNOWN: "knows no such model or address: check COACH_EMBEDDER and COACH_EMBEDDER_URL",
}
_BROKEN = "answers with something else than vectors: check COACH_EMBEDDER and COACH_EMBEDDER_URL"


class _TooLong(Exception):
    """One of the texts is longer than the model takes."""


class _Refused(Exception):
    """The request is not taken: there is a text that the server will not have, or too many (`many`: it said so)."""

    def __init__(self, many: bool = False) -> None:
        super().__init__()
        self.many = many


class OpenAIEmbedder:
    """Implements knowledge.ports.Embedder.

    `patience` is how many seconds a request of passages may be silent, `hurry` how many a question may take.
    """

    def __init__(self, model: str, url: str, key: str, patience: float = 60.0, hurry: float = 1.5) -> None:
        self._model = model
        self._url = url
        self._key = key
        self._patience = patience
        self._hurry = hurry
        self._at_once = self._most = _AT_ONCE
        self._longest = math.inf

    @property
    def name(self) -> str:
        """The model and its server."""
        return f"{self._model} at {_public(self._url)}"

    @cached_property
    def _client(self) -> "OpenAI":
        """The client. It follows no redirect: what is embedded goes to this server alone."""
        import httpx2
        import openai

        place = urlsplit(self._url)
        http = httpx2.Client()
        weakref.finalize(self, http.close)
        return openai.OpenAI(
            base_url=place._replace(query="", fragment="").geturl(),
            # Servers on one's own machine want no key, but the client insists on one.
            api_key=self._key or "none",
            default_headers={"api-key": self._key} if "azure" in (place.hostname or "") else None,
            default_query=dict(parse_qsl(place.query)),
            max_retries=0,
            http_client=http,
        )

    def question(self, text: str) -> Vector:
        """The vector of a question, of its beginning if it is too long; not waited for. Raises EmbedderError."""
        # The client takes a second to load: that is not the server's time.
        ready = self._client
        try:
            return within(self._hurry, lambda: self._hurried(ready, text))
        except TimeoutError:
            raise self._error(Failure.SLOW) from None
        except (_TooLong, _Refused):
            raise TextRefused(f"the embedder {self.name} does not take this question") from None
        except Trouble as error:
            raise self._error(error.failure) from None

    def _hurried(self, client: "OpenAI", text: str) -> Vector:
        """The vector of a text. Raises _TooLong, _Refused or Trouble."""
        while True:
            cut = self._cut(text)
            try:
                return self._vectors(client, [cut], self._hurry)[0]
            except _TooLong:
                self._longest = _SHORTER * _tokens(cut)
                if self._longest < _SHORTEST:
                    raise

    def passages(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """The first of the texts, as many as the server takes at once; at least one. Raises EmbedderError."""
        while True:
            some = [self._cut(each) for each in texts[: self._at_once]]
            try:
                vectors = self._patiently(some)
            except (_TooLong, _Refused) as error:
                longest = max(map(_tokens, some))
                if isinstance(error, _TooLong) and longest > _SHORTEST:
                    self._longest = _SHORTER * longest
                elif len(some) > 1:
                    self._at_once = len(some) // 2
                    self._most = self._at_once if isinstance(error, _Refused) and error.many else self._most
                else:
                    return [self._alone(texts[0])]
            else:
                shares = (len(cut) / max(len(text), 1) for cut, text in zip(some, texts, strict=False))
                return [Embedded(vector, share) for vector, share in zip(vectors, shares, strict=True)]

    def _alone(self, text: str) -> Embedded:
        """A text that the server refuses by itself: some of it, or none, if the server takes other texts."""
        self._at_once = self._most
        for share in (0.5, 0.25, 0.125):
            try:
                return Embedded(self._patiently([text[: max(int(len(text) * share), 1)]])[0], share)
            except (_TooLong, _Refused):
                continue
        try:
            self._patiently(["account"])
        except (_TooLong, _Refused):
            raise EmbedderError(f"{self.name} refuses every text: check COACH_EMBEDDER") from None
        return Embedded(None, 0.0)

    def _cut(self, text: str) -> str:
        """The beginning of a text, as much as is known to be taken."""
        tokens = _tokens(text)
        return text if tokens <= self._longest else text[: int(len(text) * self._longest / tokens)]

    def _patiently(self, texts: list[str]) -> list[Vector]:
        """One request, and one more after a hiccup that is over soon. Raises EmbedderError, _TooLong, _Refused."""
        for left in reversed(range(_TRIES)):
            try:
                return self._vectors(self._client, texts, self._patience)
            except Trouble as error:
                passes = error.passes or error.failure is Failure.BUSY
                if not (left and passes and error.wait <= _LONGEST_WAIT):
                    raise self._error(error.failure) from None
                time.sleep(error.wait)
        raise AssertionError("the last try returns or raises")

    def _vectors(self, client: "OpenAI", texts: list[str], seconds: float) -> list[Vector]:
        """One request. Raises _TooLong, _Refused, or Trouble for everything else."""
        try:
            made = client.embeddings.create(model=self._model, input=texts, timeout=seconds)
            return _checked(made, len(texts))
        except Exception as error:
            _raise_if_refused(error)
            raise trouble(error) from error

    def _error(self, failure: Failure) -> EmbedderError:
        return EmbedderError(f"the embedder {self.name} {_MEND.get(failure, _BROKEN)}")


def _public(url: str) -> str:
    """An address without the name and password that may stand in it."""
    place = urlsplit(url)
    return place._replace(netloc=place.netloc.rpartition("@")[2], query="").geturl().rstrip("/")


def _tokens(text: str) -> float:
    """About how many tokens a text has: one a Chinese character, one for four others."""
    chinese = han_count(text)
    return chinese + (len(text) - chinese) / 4


def _raise_if_refused(error: Exception) -> None:
    """Some servers say 500 for a text that is too long."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in (400, 413, 422, 500):
        return
    said = str(error.body or error.message)
    many = bool(_TOO_MANY.search(said)) and not _NOT_TOO_MANY.search(said)
    if _TOO_LONG.search(said) and not many:
        raise _TooLong from error
    if error.status_code != 500:
        raise _Refused(many) from error


def _checked(made: Any, count: int) -> list[Vector]:
    """The vectors of an answer, each of length 1, in the order that was asked. Raises ValueError for what is none."""
    import numpy as np

    rows = sorted(((each.index, each.embedding) for each in made.data), key=lambda row: int(row[0]))
    found = np.array([embedding for _, embedding in rows], np.float32)
    if [index for index, _ in rows] != list(range(count)) or found.ndim != 2:
        raise ValueError("not one vector for each text")
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise ValueError("a vector without a direction")
    return [array("f", each.tobytes()) for each in found / lengths]
