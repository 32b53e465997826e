"""What went wrong with an OpenAI-compatible server, by what its client raises; no words of the server are passed on."""

import email.utils
import time
from typing import Any

from assistant.errors import Failure

# Nobody waits longer than this for a server to come back while a person waits for an answer.
_WAIT = 3.0
_PAUSE = 0.5
_TOO_LONG = ("context_length", "maximum context", "too long", "context size", "context window", "max_model_len")
_FILTERED = ("content_filter", "content_policy", "inappropriate content", "data_inspection")
_BY_STATUS = {
    400: Failure.REFUSED, 401: Failure.KEY, 402: Failure.NO_QUOTA, 403: Failure.KEY, 404: Failure.UNKNOWN,
    408: Failure.BUSY, 409: Failure.BUSY, 413: Failure.TOO_LONG, 422: Failure.REFUSED, 429: Failure.BUSY,
}  # fmt: skip


class Trouble(Exception):
    """A request that failed. `passes` says that asking again may help, `wait` after how many seconds.

    `refused` is what a server says of a request it does not accept, to look for the name of a field in.
    """

    def __init__(self, failure: Failure, wait: float = _PAUSE, passes: bool = False, refused: str = "") -> None:
        super().__init__(failure.value)
        self.failure, self.wait, self.passes, self.refused = failure, wait, passes, refused


def trouble(error: Exception) -> Trouble:
    """What it means that a client raised this."""
    import openai

    if isinstance(error, Trouble):
        return error
    if isinstance(error, openai.APITimeoutError):
        return Trouble(Failure.SLOW)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, error.response.headers, error.body)
    if isinstance(error, openai.APIConnectionError):
        return Trouble(Failure.UNREACHABLE, passes=True)
    if isinstance(error, openai.APIError):
        return _of_event(error.body)
    return Trouble(Failure.BROKEN, passes=True)


def _of_status(status: int, headers: Any, body: object) -> Trouble:
    said = str(body).lower()
    if "insufficient_quota" in said or "insufficient balance" in said:
        return Trouble(Failure.NO_QUOTA)
    if status in (400, 413, 422):
        return _refused(said)
    wait = _retry_after(headers)
    passes = (status >= 500 or status in (408, 409, 429)) and headers.get("x-should-retry") != "false"
    failure = Failure.BUSY if status >= 500 else _BY_STATUS.get(status, Failure.REFUSED)
    return Trouble(failure, wait, passes and wait <= _WAIT)


def _refused(said: str) -> Trouble:
    if any(each in said for each in _TOO_LONG):
        return Trouble(Failure.TOO_LONG)
    if any(each in said for each in _FILTERED):
        return Trouble(Failure.FILTERED)
    return Trouble(Failure.REFUSED, passes=True, refused=said)


def _of_event(body: object) -> Trouble:
    """An error that came inside a stream."""
    said = str(body).lower()
    if any(each in said for each in _FILTERED):
        return Trouble(Failure.FILTERED)
    return Trouble(Failure.BUSY, passes=True)


def _retry_after(headers: Any) -> float:
    """Seconds a server asks to wait: a number, or a date; a short pause when it does not say."""
    if (thousandths := _seconds(headers.get("retry-after-ms"))) is not None:
        return thousandths / 1000
    said = headers.get("retry-after")
    if (asked := _seconds(said)) is not None:
        return asked
    date = email.utils.parsedate_tz(said or "")
    return max(email.utils.mktime_tz(date) - time.time(), 0.0) if date else _PAUSE


def _seconds(said: str | None) -> float | None:
    try:
        return float(said) if said else None
    except ValueError:
        return None
