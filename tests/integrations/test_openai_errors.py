"""What errors of a client mean."""

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import Failure
from integrations.openai_errors import PAUSE, Trouble, trouble


def refused(status: int, body: object = None, **headers: str) -> Trouble:
    named = {name.replace("_", "-"): value.encode("utf-8", "replace") for name, value in headers.items()}
    asked = httpx2.Request("POST", "http://localhost/v1/chat/completions")
    answered = httpx2.Response(status, headers=list(named.items()), request=asked)  # type: ignore[arg-type]
    return trouble(openai.APIStatusError("no", response=answered, body=body))


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (429, {"message": "You exceeded your current quota"}, Failure.NO_QUOTA),
        (429, {"type": "exceeded_current_quota_error"}, Failure.NO_QUOTA),
        (400, {"code": "Arrearage"}, Failure.NO_QUOTA),
        (402, {"message": "Insufficient Balance"}, Failure.NO_QUOTA),
        (400, {"message": "the request exceeds the available context size"}, Failure.TOO_LONG),
        (413, "<html>413 Request Entity Too Large</html>", Failure.TOO_LONG),
        (400, {"code": "data_inspection_failed"}, Failure.FILTERED),
        (401, None, Failure.KEY),
        (403, None, Failure.KEY),
        (404, None, Failure.UNKNOWN),
        (405, None, Failure.UNKNOWN),
        (418, None, Failure.REFUSED),
        (422, {"message": "extra fields not permitted"}, Failure.REFUSED),
        (302, None, Failure.UNREACHABLE),
        (408, None, Failure.BUSY),
        (503, "upstream connect error", Failure.BUSY),
    ],
)
def test_a_status_and_its_words_mean_one_thing(status: int, body: object, failure: Failure) -> None:
    assert refused(status, body).failure is failure


@pytest.mark.parametrize(
    ("said", "passes", "wait"),
    [({"retry_after": "2"}, True, 2.0), ({"retry_after": "-1"}, True, 0.0), ({"retry_after_ms": "250"}, True, 0.25)]
    + [({"retry_after": each}, False, None) for each in ("3.1", "90", "inf", "nan")]
    + [({"retry_after": each}, True, PAUSE) for each in ("soon", "", "0 JAN 10000 0:0")]
    + [({"retry_after": "Fri, 01 Jan 2021 00:00:00 GMT"}, True, 0.0)]
    + [({"retry_after": "Wed, 01 Jan 2200 00:00:00 GMT"}, False, None)],
)
def test_only_a_short_wait_is_worth_it(said: dict[str, str], passes: bool, wait: float | None) -> None:
    met = refused(429, **said)
    assert met.passes is passes
    assert wait is None or met.wait == wait


@given(st.one_of(st.text(max_size=30), st.floats().map(str)), st.text(max_size=30))
def test_no_word_on_when_to_come_back_makes_it_fail(said: str, thousandths: str) -> None:
    met = refused(503, retry_after=said, retry_after_ms=thousandths)
    assert not met.passes or 0.0 <= met.wait <= 3.0


@pytest.mark.parametrize(
    ("under", "failure", "passes"),
    [
        (httpx2.ConnectError("refused"), Failure.UNREACHABLE, True),
        (httpx2.RemoteProtocolError("hung up"), Failure.UNREACHABLE, True),
        (httpx2.ConnectTimeout("nobody there"), Failure.UNREACHABLE, False),
        (httpx2.ReadTimeout("silence"), Failure.SLOW, False),
        (httpx2.DecodingError("no gzip"), Failure.BROKEN, True),
    ],
)
def test_what_lies_under_a_lost_connection_is_looked_for(under: Exception, failure: Failure, passes: bool) -> None:
    lost = openai.APIConnectionError(request=httpx2.Request("POST", "http://localhost"))
    lost.__cause__ = under
    again = openai.APIConnectionError(request=lost.request)
    again.__cause__ = lost
    for error in (lost, again):
        met = trouble(error)
        assert (met.failure, met.passes) == (failure, passes)


@pytest.mark.parametrize("error", [ValueError("x"), AttributeError("x"), UnicodeDecodeError("utf-8", b"", 0, 1, "x")])
def test_anything_else_is_a_reply_that_cannot_be_read(error: Exception) -> None:
    assert trouble(error).failure is Failure.BROKEN
