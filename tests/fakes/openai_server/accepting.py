"""Whether a server of this profile would take the request at all."""

from collections.abc import Iterator
from typing import Any

from . import tokens
from .checks import Check
from .errors import Problem, Refused, refuse
from .fields import CHAT, EMBEDDING
from .limits import beyond
from .profiles import Profile
from .records import Payload, Request


def accept_chat(request: Request, profile: Profile) -> None:
    """Refused, unless every field is one that this server takes."""
    _accept_fields(request, profile, CHAT)
    for problem in (*_combinations(request.body), *_turns(request.messages), *beyond(request, profile)):
        raise Refused(problem)
    asked = tokens.count_messages(request.messages)
    wanted = asked + (request.field("max_completion_tokens", 0) or request.field("max_tokens", 0))
    if profile.context_overflow == "reject" and wanted > profile.context:
        raise Refused(too_long(profile.context, asked, wanted))


def too_long(context: int, asked: int, wanted: int) -> Problem:
    message = f"This model's maximum context length is {context} tokens. However, you requested {wanted} tokens."
    details = {"n_prompt_tokens": asked, "n_ctx": context}
    return Problem(400, message, param="messages", code="context_length_exceeded", details=details)


def accept_embeddings(request: Request, profile: Profile) -> None:
    _accept_fields(request, profile, EMBEDDING)
    inputs = request.inputs
    if profile.empty_input == "reject" and (not inputs or "" in inputs):
        raise refuse("'$.input' is invalid. Input cannot be an empty string or an empty array.", "input")
    if profile.embedding_inputs is not None and len(inputs) > profile.embedding_inputs:
        raise refuse(f"batch size is invalid, it should not be larger than {profile.embedding_inputs}.", "input")
    if profile.token_ids == "reject" and not all(isinstance(each, str) for each in inputs):
        raise refuse("invalid input type", "input")
    if profile.dimensions == "reject" and request.field("dimensions", 0):
        raise refuse("Model does not support changing output dimensions.", "dimensions")
    _accept_lengths([tokens.count(each) if isinstance(each, str) else len(each) for each in inputs], profile)


def _accept_lengths(counts: list[int], profile: Profile) -> None:
    longest, limit, all_limit = max(counts, default=0), profile.embedding_tokens, profile.embedding_tokens_in_all
    if longest > limit and profile.embedding_overflow == "reject":
        message = f"This model's maximum context length is {limit} tokens, however you requested {longest} tokens."
        raise refuse(message, "input")
    if longest > limit and profile.embedding_overflow == "crash":
        message = f"input ({longest} tokens) is too large to process. increase the physical batch size"
        raise Refused(Problem(500, message, "server_error"))
    if all_limit is not None and sum(counts) > all_limit:
        message = f"Requested {sum(counts)} tokens, max {all_limit} tokens per request"
        raise refuse(message, "input", "max_tokens_per_request")


def _accept_fields(request: Request, profile: Profile, fields: Check) -> None:
    if not isinstance(request.body, dict):
        raise refuse("We could not parse the JSON body of your request. The API expects a JSON object.")
    for problem in fields("", request.body):
        if problem.code != "unknown_parameter" or profile.unknown_fields == "reject":
            raise Refused(problem)


def _combinations(body: Payload) -> Iterator[Problem]:
    if body.get("max_tokens") and body.get("max_completion_tokens"):
        message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        yield Problem(400, message, param="max_tokens")
    for option in ("tool_choice", "parallel_tool_calls"):
        if body.get(option) not in (None, "none") and not body.get("tools"):
            yield Problem(400, f"Invalid value for '{option}': '{option}' is only allowed with 'tools'.", param=option)
    chosen = body["tool_choice"] if isinstance(body.get("tool_choice"), dict) else {}
    known = [tool.get("function", {}).get("name") for tool in body.get("tools") or []]
    if chosen.get("type") == "function" and chosen["function"]["name"] not in known:
        message = f"Tool choice '{chosen['function']['name']}' not found in 'tools' parameter."
        yield Problem(400, message, param="tool_choice")
    if body.get("top_logprobs") is not None and not body.get("logprobs"):
        yield Problem(400, "'top_logprobs' is only allowed when 'logprobs' is true.", param="top_logprobs")


def _turns(messages: list[Payload]) -> Iterator[Problem]:
    """Tool messages answer the calls just before them, each call once; an assistant's message says something."""
    open_calls: set[str] = set()
    for place, message in enumerate(messages):
        name = f"messages[{place}]"
        if message["role"] == "tool":
            yield from _answer_to(open_calls, message, name)
            continue
        if open_calls:
            yield _unanswered(name)
        open_calls = {call["id"] for call in message.get("tool_calls", [])}
        if message["role"] == "assistant" and not _says_something(message):
            yield Problem(400, f"Invalid value for '{name}.content': expected a string, got null.", param=name)
    if open_calls:
        yield _unanswered("messages")


def _answer_to(open_calls: set[str], message: Payload, name: str) -> Iterator[Problem]:
    if message["tool_call_id"] not in open_calls:
        problem = "messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
        yield Problem(400, f"Invalid parameter: {problem}", param=f"{name}.role")
    open_calls.discard(message["tool_call_id"])


def _unanswered(name: str) -> Problem:
    problem = "An assistant message with 'tool_calls' must be followed by tool messages responding to each call."
    return Problem(400, problem, param=name)


def _says_something(message: dict[str, Any]) -> bool:
    parts = ("tool_calls", "refusal", "function_call", "audio")
    return message.get("content") is not None or any(message.get(part) for part in parts)
