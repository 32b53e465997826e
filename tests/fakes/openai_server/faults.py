"""Everything that can be made to go wrong with a reply, by name: `Reply(text, fault="reset_mid_reply")`.

What each does to the two clients is in the tests. A fault applies only where its table says; asking for it elsewhere is
a complaint and a 500, never silence.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import answers, damage
from .damage import Events, Rows
from .errors import Problem
from .messages import DONE, Event, Message
from .records import CHAT, EMBEDDINGS, Pace, Request
from .wire import End

BROKEN_EVENT = 'data: {"id": "chatcmpl-7", "choices": [{"index": 0, "delta": {"content": "br'
ERROR = {"error": {"message": "The server had an error", "type": "server_error", "param": None, "code": "server_error"}}
NAMED_ERROR = f"event: error\ndata: {damage.dumped(ERROR)}"
OUT_OF_RESOURCES = "insufficient_system_resource"
SPOILT = "\ud83d"


def same(given: Any) -> Any:
    return given


@dataclass(frozen=True)
class Fault:
    """What is done to a reply; every field left alone does nothing."""

    answer: Callable[[Request], Problem | answers.Page] | None = None
    """Sent instead of the reply."""
    message: Callable[[Message], Message] = same
    events: Callable[[Events], Iterable[Event]] = same
    body: Callable[[Any], Any] = same
    rows: Callable[[Rows], Rows] = same
    line: Callable[[Event], bytes] = damage.line
    wire: Callable[[Iterable[bytes]], Iterable[bytes]] = same
    headers: Mapping[str, str] = field(default_factory=dict)
    other_way: bool = False
    """Streamed if a body was asked for, and a body if a stream was."""
    pace: Pace | None = None
    sent: float = 1.0
    with_headers: bool = True
    end: End = End.CLEAN


ANYWHERE = {
    # Refused, with and without a word on when to come back
    "rate_limited": Fault(answers.rate_limited()),
    "rate_limited_for_1_s": Fault(answers.rate_limited({"Retry-After": "1"})),
    "rate_limited_for_90_s": Fault(answers.rate_limited({"Retry-After": "90"})),
    "rate_limited_for_121_s": Fault(answers.rate_limited({"Retry-After": "121"})),
    "rate_limited_for_20_ms": Fault(answers.rate_limited({"retry-after-ms": "20"})),
    "rate_limited_until_a_date": Fault(answers.rate_limited_until_a_date),
    "rate_limited_for_nonsense": Fault(answers.rate_limited({"Retry-After": "soon"})),
    "not_to_be_retried": Fault(answers.rate_limited({"x-should-retry": "false"})),
    "insufficient_quota": Fault(answers.insufficient_quota),
    "insufficient_balance": Fault(answers.problem(402, "Insufficient Balance", "unknown_error")),
    "request_timeout": Fault(answers.problem(408, "Request timed out", "server_error")),
    "conflict": Fault(answers.problem(409, "The resource is locked", "conflict_error")),
    "server_error": Fault(answers.problem(500, "The server had an error", "server_error")),
    "bad_gateway": Fault(answers.problem(502, "Bad gateway", "server_error")),
    "unavailable": Fault(answers.problem(503, "The engine is currently overloaded", "server_error")),
    "gateway_timeout": Fault(answers.problem(504, "Upstream timed out", "server_error")),
    "overloaded": Fault(answers.problem(529, "Overloaded", "overloaded_error")),
    "unauthorized": Fault(answers.problem(401, "Incorrect API key provided", code="invalid_api_key")),
    "forbidden": Fault(answers.problem(403, "Country, region, or territory not supported", "request_forbidden")),
    "model_not_found": Fault(answers.problem(404, "The model does not exist", code="model_not_found")),
    "unprocessable": Fault(answers.problem(422, "Input validation error", param="messages")),
    "unknown_parameter": Fault(answers.unknown_parameter),
    "context_length_exceeded": Fault(answers.context_length_exceeded),
    "content_policy": Fault(answers.content_policy),
    # Answered by something that is not the server
    "html_page": Fault(answers.page(200, answers.LOGIN)),
    "html_not_found": Fault(answers.page(404, answers.NGINX.format("404 Not Found"))),
    "html_too_large": Fault(answers.page(413, answers.NGINX.format("413 Request Entity Too Large"))),
    "html_bad_gateway": Fault(answers.page(502, answers.NGINX.format("502 Bad Gateway"))),
    "empty_body": Fault(answers.page(200, "", "application/json")),
    "empty_server_error": Fault(answers.page(500, "", "text/plain")),
    "broken_json": Fault(answers.page(200, '{"id": "chatcmpl-7", "choices": [{"index"', "application/json")),
    "null_body": Fault(answers.page(200, "null", "application/json")),
    "array_body": Fault(answers.page(200, "[]", "application/json")),
    "error_in_ok": Fault(answers.page(200, damage.dumped(ERROR), "application/json")),
    "plain_text_error": Fault(answers.page(503, "upstream connect error", "text/plain")),
    "redirect": Fault(answers.redirect(307)),
    "redirect_as_get": Fault(answers.redirect(302)),
    "redirect_to_nowhere": Fault(answers.redirect(308, "http://127.0.0.1:9/v1/chat/completions")),
    # The connection
    "reset_before_headers": Fault(with_headers=False, end=End.RESET),
    "closed_before_headers": Fault(with_headers=False, end=End.CLOSE),
    "never_answers": Fault(with_headers=False, end=End.SILENCE),
    "silent_after_headers": Fault(sent=0, end=End.SILENCE),
    "reset_mid_reply": Fault(sent=0.5, end=End.RESET),
    "closed_mid_reply": Fault(sent=0.5, end=End.CLOSE),
    "stall_mid_reply": Fault(sent=0.5, end=End.SILENCE),
    "slow_first_byte": Fault(pace=Pace(first=0.3)),
    "slow_drip": Fault(pace=Pace(each=0.1)),
    # Whole, but odd
    "wrong_content_type": Fault(headers={"Content-Type": "text/plain; charset=latin-1"}),
    "gzipped": Fault(wire=damage.zipped, headers={"Content-Encoding": "gzip"}),
    "gzip_in_name_only": Fault(headers={"Content-Encoding": "gzip"}),
    "byte_order_mark": Fault(wire=damage.marked),
    "broken_utf8": Fault(wire=damage.garbled),
}

CHATTING = {
    # What the model says, or will not say
    "cut_at_length": Fault(message=damage.text(damage.half, finish="length")),
    "filtered": Fault(message=damage.text(damage.half, finish="content_filter")),
    "filtered_from_the_start": Fault(message=damage.instead(content="", finish="content_filter")),
    "out_of_resources": Fault(message=damage.text(damage.half, finish=OUT_OF_RESOURCES)),
    "refusal": Fault(message=damage.instead(content=None, refusal="I cannot help with that.")),
    "tool_calls_unasked": Fault(message=damage.TOOL_CALLS),
    "null_content": Fault(message=damage.instead(content=None)),
    "empty_content": Fault(message=damage.instead(content="")),
    "only_reasoning": Fault(message=damage.text(lambda _: None, reasoning="First I read the passages.")),
    "think_block": Fault(message=damage.text(damage.thought)),
    "unclosed_think_block": Fault(message=damage.text(damage.never_done_thinking)),
    "fenced": Fault(message=damage.text(damage.fenced)),
    "line_separators": Fault(message=damage.text(damage.with_separators)),
    "lone_surrogate": Fault(message=damage.text(lambda content: content + SPOILT)),
    "huge": Fault(message=damage.huge),
    # How it is said
    "without_finish_reason": Fault(events=damage.finished_as(None), body=damage.unfinished),
    "no_choices": Fault(events=damage.every(damage.no_choices), body=damage.no_choices),
    "null_choices": Fault(events=damage.every(damage.null_choices), body=damage.null_choices),
    "two_choices": Fault(events=damage.every(damage.two_choices), body=damage.two_choices),
    "without_usage": Fault(events=damage.without(damage.is_usage), body=damage.no_usage),
    "other_way": Fault(other_way=True),
}

STREAMED = {
    # Cut short
    "silent_end": Fault(events=damage.stop_after_half()),
    "done_at_half": Fault(events=damage.stop_after_half(DONE)),
    "end_inside_an_event": Fault(wire=damage.cut_inside),
    "last_line_unterminated": Fault(wire=damage.unterminated),
    "without_done": Fault(events=damage.without(damage.is_done)),
    "broken_chunk": Fault(sent=0.5, end=End.BROKEN_CHUNK),
    "endless": Fault(events=damage.endless, pace=Pace(each=0.001)),
    # Broken in the middle
    "broken_event": Fault(events=damage.stop_after_half(BROKEN_EVENT, DONE)),
    "null_event": Fault(events=damage.after_half("data: null")),
    "error_event": Fault(events=damage.stop_after_half(ERROR)),
    "named_error_event": Fault(events=damage.stop_after_half(NAMED_ERROR)),
    "chunk_without_delta": Fault(events=damage.after_half({"id": "", "choices": [{"index": 0}], "model": ""})),
    "null_delta": Fault(events=damage.after_half({"choices": [{"index": 0, "delta": None}]})),
    "chunk_without_choices": Fault(events=damage.after_half({"id": "", "choices": [], "model": ""})),
    "chunk_without_a_choices_field": Fault(events=damage.after_half({"id": "", "model": ""})),
    "text_after_finish": Fault(events=damage.text_after_finish),
    "events_after_done": Fault(events=lambda events: [*events, {"choices": []}, "data: [DONE]"]),
    # Odd, but right
    "repeated_roles": Fault(events=damage.each_choice(damage.with_role)),
    "usage_everywhere": Fault(events=damage.usage_everywhere),
    "keep_alive_comments": Fault(line=damage.with_comment),
    "crlf_lines": Fault(line=damage.ended_by(b"\r\n")),
    "cr_lines": Fault(line=damage.ended_by(b"\r")),
    "no_space_after_data": Fault(line=damage.without_space),
    "many_data_lines": Fault(line=damage.many_lines),
    "other_sse_fields": Fault(line=damage.with_other_fields),
    "escaped_text": Fault(line=damage.escaped),
}

NOT_STREAMED = {
    "after_blank_lines": Fault(wire=damage.after_blank_lines),
}

EMBEDDING = {
    "fewer_vectors": Fault(rows=lambda rows: rows[:-1]),
    "no_vectors": Fault(rows=lambda rows: []),
    "shuffled_vectors": Fault(rows=lambda rows: rows[::-1]),
    "short_vectors": Fault(rows=damage.every_vector(lambda vector: vector[:-1])),
    "zero_vectors": Fault(rows=damage.every_vector(lambda vector: [0.0] * len(vector))),
    "nan_vectors": Fault(rows=damage.every_vector(lambda vector: [float("nan")] * len(vector))),
    "long_vectors": Fault(rows=damage.every_vector(lambda vector: [3 * each for each in vector])),
}

FAULTS = ANYWHERE | CHATTING | STREAMED | NOT_STREAMED | EMBEDDING
NONE = Fault()


def applicable(request: Request) -> Mapping[str, Fault]:
    """The faults that can befall this request."""
    if request.endpoint == CHAT:
        return ANYWHERE | CHATTING | (STREAMED if request.streamed else NOT_STREAMED)
    return ANYWHERE | EMBEDDING if request.endpoint == EMBEDDINGS else ANYWHERE
