"""What went wrong with an OpenAI-compatible server, by what its client raises; no words of the server are passed on."""

import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from assistant.errors import Failure

if TYPE_CHECKING:
    import openai

PAUSE = 0.5
"""Seconds until asking again, where a server does not say."""
# Nobody waits longer than this for a server to come back while a person waits for an answer.
_LONGEST_WAIT = 3.0
_BY_WORDS = {
    Failure.NO_QUOTA: (
        "insufficient_quota", "insufficient balance", "current quota", "exceeded_current_quota", "arrearage",
    ),
    Failure.TOO_LONG: (
        "context_length", "maximum context", "too long", "context size", "context window", "max_model_len",
    ),
    Failure.FILTERED: ("content_filter", "content_policy", "inappropriate content", "data_inspection"),
}  # fmt: skip
_BY_STATUS = {
    401: Failure.KEY, 402: Failure.NO_QUOTA, 403: Failure.KEY, 404: Failure.UNKNOWN, 405: Failure.UNKNOWN,
    413: Failure.TOO_LONG,
}  # fmt: skip
_PASSING = (408, 409, 429)


class Trouble(Exception):
    """A request that failed. `passes` says that asking again may help, `wait` after how many seconds.

    `refused` is what a server says of a request it does not accept, to look for the names of fields in.
    """

    def __init__(self, failure: Failure, passes: bool = False, wait: float | None = None, refused: str = "") -> None:
        super().__init__(failure.value)
        self.failure, self.passes, self.refused = failure, passes, refused
        self.wait = PAUSE if wait is None else wait


def trouble(error: Exception) -> Trouble:
    """What it means that a client raised this."""
    import openai

    if isinstance(error, Trouble):
        return error
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, error.response.headers, str(error.body).lower())
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error)
    if isinstance(error, openai.APIError):
        return _of_event(str(error.body).lower())
    return Trouble(Failure.BROKEN, passes=True)


def _of_connection(error: "openai.APIConnectionError") -> Trouble:
    import httpx2

    under = next((each for each in _causes(error) if isinstance(each, httpx2.RequestError)), None)
    if isinstance(under, httpx2.DecodingError):
        return Trouble(Failure.BROKEN, passes=True)
    if isinstance(under, httpx2.TimeoutException) and not isinstance(under, httpx2.ConnectTimeout):
        return Trouble(Failure.SLOW)
    return Trouble(Failure.UNREACHABLE, passes=not isinstance(under, httpx2.TimeoutException))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error := error and error.__cause__:
        yield error


def _of_status(status: int, headers: Mapping[str, str], said: str) -> Trouble:
    if failure := _by_words(said):
        return Trouble(failure)
    if status in (400, 422):
        return Trouble(Failure.REFUSED, refused=said)
    if status < 400:
        return Trouble(Failure.UNREACHABLE)
    if status < 500 and status not in _PASSING:
        return Trouble(_BY_STATUS.get(status, Failure.REFUSED))
    wait = _retry_after(headers)
    passes = headers.get("x-should-retry") != "false" and (wait or 0.0) <= _LONGEST_WAIT
    return Trouble(Failure.BUSY, passes, wait)


def _of_event(said: str) -> Trouble:
    """An error that came inside a stream."""
    failure = _by_words(said)
    return Trouble(failure) if failure else Trouble(Failure.BUSY, passes=True)


def _by_words(said: str) -> Failure | None:
    return next((failure for failure, words in _BY_WORDS.items() if any(each in said for each in words)), None)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds a server asks to wait, a number or a date; None when it does not say."""
    if (thousandths := _seconds(headers.get("retry-after-ms", ""))) is not None:
        return thousandths / 1000
    said = headers.get("retry-after", "")
    asked = _seconds(said)
    return _until(said) if asked is None else asked


def _seconds(said: str) -> float | None:
    try:
        return max(float(said), 0.0)
    except ValueError:
        return None


def _until(date: str) -> float | None:
    try:
        return max(parsedate_to_datetime(date).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
